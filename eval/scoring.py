"""What a system gave for a question is held against what was judged there: outcome and judgements become values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from council import Catalogue, Verdict
from eval.answers import can_be_right, facts_held, is_judged, is_right, is_verified, precision, recall
from eval.gold import Question
from eval.measures import About, about
from eval.places import Judged
from eval.ranking import document_grades, page_grades, page_name, score_rankings
from eval.result import Found, Given, Quoted
from eval.systems import Outcome

SHOWN = 20
"""How many documents of a ranking a result keeps."""


def score(
    questions: Sequence[Question],
    judged: Mapping[str, Sequence[Judged]],
    outcomes: Mapping[str, Outcome],
    *,
    catalogue: Catalogue,
    ranks: bool = True,
    answers: bool = True,
) -> tuple[Given, ...]:
    """Measure what one system gave.

    Args:
        questions: all questions, answerable or not.
        judged: what was judged, by question.
        outcomes: what came back, by question.
        catalogue: where quotes are read back.
        ranks: whether the system ranks documents; one that does not has no values for that.
        answers: whether it answers in sentences.
    """
    ranked = _ranked(questions, judged, outcomes) if ranks else {}
    found = []
    for question in questions:
        outcome, known = outcomes[question.id], judged[question.id]
        grades = document_grades(known)
        sentences = tuple(
            Quoted(
                citation=sentence.citation,
                right=is_right(sentence.citation, known),
                judged=is_judged(sentence.citation, known),
                verified=is_verified(catalogue, sentence.citation, sentence.text),
            )
            for sentence in outcome.sentences
        )
        found.append(
            Given(
                found=tuple(
                    Found(document=item.document, pages=item.pages, score=item.score, grade=grades.get(item.document))
                    for item in outcome.documents[:SHOWN]
                ),
                sentences=sentences,
                verdict=outcome.verdict,
                confidence=outcome.confidence,
                seconds=outcome.seconds,
                cpu_seconds=outcome.cpu_seconds,
                measures={
                    **ranked.get(question.id, {}),
                    **(_answered(question, known, outcome, sentences) if answers else {}),
                },
            )
        )
    return tuple(found)


def _ranked(
    questions: Sequence[Question], judged: Mapping[str, Sequence[Judged]], outcomes: Mapping[str, Outcome]
) -> Mapping[str, Mapping[str, float]]:
    """Return the values of the ranking measures by question; one that nothing answers has none."""
    answerable = [question.id for question in questions if question.answerable]
    values: dict[str, dict[str, float]] = {id_: {} for id_ in answerable}
    of_documents = (
        {id_: document_grades(judged[id_]) for id_ in answerable},
        {id_: [item.document for item in outcomes[id_].documents] for id_ in answerable},
    )
    # A question of which only papers as a whole were judged says nothing of pages.
    with_pages = [id_ for id_ in answerable if page_grades(judged[id_])]
    of_pages = (
        {id_: page_grades(judged[id_]) for id_ in with_pages},
        {id_: _pages(outcomes[id_]) for id_ in with_pages},
    )
    for kind, (qrels, rankings) in ((About.DOCUMENTS, of_documents), (About.PAGES, of_pages)):
        measures = about(kind)
        scores = score_rankings(qrels, rankings, [measure.standard for measure in measures])
        for id_, by_name in scores.items():
            values[id_] |= {measure.name: by_name[measure.standard] for measure in measures}
    return values


def _pages(outcome: Outcome) -> list[str]:
    names = (page_name(item.document, page) for item in outcome.documents for page in item.pages)
    return list(outcome.pages or dict.fromkeys(names))


def _answered(
    question: Question, known: Sequence[Judged], outcome: Outcome, sentences: Sequence[Quoted]
) -> dict[str, float]:
    """Return the values of the answer measures that can be taken on a question."""
    silent = float(outcome.verdict is Verdict.NOT_FOUND)
    right = [sentence.right for sentence in sentences]
    values = {"answers": 1.0 - silent} if question.answerable else {"keeps silent": silent}
    if sentences:
        values["verified"] = sum(sentence.verified for sentence in sentences) / len(sentences)
    if question.answerable and can_be_right(known):
        values["first sentence"] = float(right[:1] == [True])
        values["any sentence"] = float(any(right))
        values["sentence precision"] = precision(right)
        values["sentence recall"] = recall([sentence.citation for sentence in sentences], known)
    if question.facts:
        values["facts"] = facts_held(question.facts, "\n".join(sentence.text for sentence in outcome.sentences))
    return values
