"""Is it better than yesterday, by how much, and are we sure?

======================  =============================================================
``lines``               text files of one record a line, and what is wrong in which line
``gold``                the gold set: questions and judgements, as they are written
``places``              where judged quotes stand in the papers
``exchange``            the gold set in the forms of others, and back
``systems``             what is compared: functions of a question
``baseline``            plain BM25 through ``bm25s``
``extra``               what to say where a package of the extra ``eval`` is missing
``lexrank``             central sentences through ``sumy``
``measures``            what is measured, by name, each explained in a sentence
``ranking``             rankings measured through ``ir_measures``
``answers``             answers measured by addresses, facts, and reading back
``scoring``             what came back held against what was judged
``run``                 a gold set put to the systems
``foreign``             a run that another system made, measured the same way
``result``              what came of it: records, and their file
``averages``            means and quantiles
``significance``        whether a difference is more than chance, through SciPy
``summary``             means with intervals, groups of questions, what went wrong
``comparing``           two results side by side, if they can be compared
``accepting``           the gate, and what it holds versions against
``ablating``            what each part is worth
``ablating_beir``       the same on a BEIR folder, by its ranking
``beir``                a BEIR folder searched by the product's own road
``collection``          what a BEIR folder holds
``trec``                run and qrels files that other tools read
``links``               addresses in the running product
``html``                templates filled in through Jinja2
``provenance``          commit, model, settings, data and machine beside every figure
``as_json``             results as plain values
``terminal``            results as tables, and progress, through Rich
``terminal_ablating``   what each part is worth, as a table
``commands_measuring``  arguments of run, answers, score, beir
``commands_comparing``  arguments of compare, gate, accept, ablate
``commands_gold``       arguments of check, export, import
``commands_report``     arguments of report
``commands_judging``    arguments of pool, judge, agree, merge and add
======================  =============================================================

``reporting`` makes the page of ``report``; ``judging`` is how people judge what nobody judged yet.

The door opens each name only when it is asked for: ``--help`` must not wait for a search engine.
"""

from typing import TYPE_CHECKING

from council import lazily

if TYPE_CHECKING:
    from eval.beir import BeirResult, evaluate_beir
    from eval.collection import Collection, read_collection
    from eval.gold import Gold, Judgement, Question, QuestionForm, QuestionType, Split, Why, only, read_gold
    from eval.places import CataloguePapers, Judged, Papers, locate
    from eval.result import Result, read_result, write_result
    from eval.run import evaluate
else:
    __getattr__ = lazily(
        __name__,
        {
            "beir": "BeirResult evaluate_beir",
            "collection": "Collection read_collection",
            "gold": "Gold Judgement Question QuestionForm QuestionType Split Why only read_gold",
            "places": "CataloguePapers Judged Papers locate",
            "result": "Result read_result write_result",
            "run": "evaluate",
        },
    )

__all__ = [
    "BeirResult",
    "CataloguePapers",
    "Collection",
    "Gold",
    "Judged",
    "Judgement",
    "Papers",
    "Question",
    "QuestionForm",
    "QuestionType",
    "Result",
    "Split",
    "Why",
    "evaluate",
    "evaluate_beir",
    "locate",
    "only",
    "read_collection",
    "read_gold",
    "read_result",
    "write_result",
]
