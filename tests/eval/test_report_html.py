"""The report as a page: its figures are those of the result, whatever the result is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from council import UsageError, Verdict
from eval.averages import mean
from eval.reporting.formats import between, number, signed
from eval.reporting.paired import within
from eval.reporting.writing import report_html, write_report
from eval.result import Result
from eval.significance import interval
from tests.eval.made_up import BM25, FIRST, PRODUCT, a_given, a_mixed_result, a_ranked, a_result, an_asked
from tests.eval.report_reading import ReadReport


@pytest.fixture(scope="module")
def result() -> Result:
    return a_mixed_result()


@pytest.fixture(scope="module")
def page(result: Result) -> ReadReport:
    return ReadReport(report_html(result))


def test_the_scores_are_those_of_the_result(result: Result, page: ReadReport) -> None:
    """This test ensures that every mean and interval in the page is worked out from the values in the result."""
    shown = page.table("scores")
    assert page.columns("scores") == ["measure", "questions", PRODUCT, BM25, FIRST]
    assert {"nDCG@10", "recall@20", "first sentence", "any sentence", "keeps silent"} <= shown.keys()
    assert not {"judged@10", "verified"} & shown.keys()
    for measure, (count, *cells) in shown.items():
        assert count == str(len(result.values(PRODUCT, measure)))
        means = [mean(result.values(system, measure).values()) for system in (PRODUCT, BM25, FIRST)]
        assert cells == [number(value) for value in means]
        intervals = [
            between(interval(tuple(values), seed=result.seed))
            for system in (PRODUCT, BM25, FIRST)
            if (values := result.values(system, measure).values())
        ]
        assert page.notes("scores", measure) == intervals
    assert shown["first sentence"][2] == "–"  # BM25 ranks and does not answer


def test_the_differences_are_those_of_the_result(result: Result, page: ReadReport) -> None:
    """This test ensures that each comparison stands in the page with its means, difference, p-value and conclusion."""
    shown = page.rows("differences")
    compared = within(result)
    assert len(shown) == len(compared) > 10
    for row, one in zip(shown, compared, strict=True):
        found = one.difference
        means = [number(found.before), number(found.after), signed(found.change)]
        assert row[:6] == [one.measure.name, one.against, str(found.questions), *means]
        assert row[7] == f"{len(found.wins)} / {len(found.losses)}"
        assert row[8] == ("better" if one.better else "worse" if one.worse else "no difference shown")
    assert f"Holm (1979) for the {len(compared)} comparisons" in page.text


def test_what_nobody_judged_is_told(result: Result, page: ReadReport) -> None:
    """This test ensures that a reader sees how much of what came back nobody looked at."""
    sentences = [sentence for given in result.given(PRODUCT) for sentence in given.sentences]
    unjudged = sum(not sentence.judged for sentence in sentences)
    assert 0 < unjudged < len(sentences)
    row = page.table("unjudged")[PRODUCT]
    assert row == ["0.800", "1.000", str(len(sentences)), str(unjudged), number(unjudged / len(sentences)), "0"]
    assert f"{unjudged} of {len(sentences)} quoted sentences (counted as wrong)" in page.text


@pytest.mark.parametrize("by", ["type", "form", "why", "kind", "length", "dossier"])
def test_each_group_has_the_figures_of_its_questions(result: Result, page: ReadReport, by: str) -> None:
    """This test ensures that figures per group are those of the questions in it, and that the groups are all there."""
    keys: dict[str, Callable[..., str]] = {
        "type": lambda asked: asked.type.value,
        "form": lambda asked: asked.form.value,
        "why": lambda asked: asked.why.value.replace("_", " ") if asked.why else "",
        "kind": lambda asked: asked.kind,
        "length": lambda asked: asked.length,
        "dossier": lambda asked: asked.dossier,
    }
    names = {keys[by](asked) for asked in result.questions} - {""}
    shown, columns = page.table(f"by-{by}-numbers"), page.columns(f"by-{by}-numbers")[1:]
    assert shown.keys() == names
    measure = "keeps silent" if by == "why" else "any sentence"
    for name in names:
        ids = {asked.id for asked in result.questions if keys[by](asked) == name}
        values = [value for id_, value in result.values(PRODUCT, measure).items() if id_ in ids]
        row = dict(zip(columns, shown[name], strict=True))
        assert row["questions"] == str(len(ids))
        assert row[measure] == number(mean(values))


def test_a_group_of_four_is_marked_as_too_small() -> None:
    """This test ensures that nobody reads a conclusion from four questions, and that five are not marked."""
    asked = [an_asked(number, dossier="vier" if number < 4 else "vijf") for number in range(9)]
    page = ReadReport(report_html(a_result(asked, map(a_given, asked))))
    rows = {row.all("th")[0].text: row for row in page.by_id("by-dossier").all("tbody")[0].all("tr")}
    assert rows["vier"].attributes.get("class") == "small"
    assert "class" not in rows["vijf"].attributes
    assert page.notes("by-dossier-numbers", "vier")[0] == "4: too few"
    assert page.notes("by-dossier-numbers", "vijf")[0] == "0.500 to 0.500 of 5"


def test_silence_is_held_against_what_can_be_answered(result: Result, page: ReadReport) -> None:
    """This test ensures that the confusion table, precision and recall are counted from the questions."""
    pairs = [
        (asked.answerable, given.verdict) for asked, given in zip(result.questions, result.given(PRODUCT), strict=True)
    ]
    order = (Verdict.ANSWERED, Verdict.PARTIAL, Verdict.NOT_FOUND)
    for answerable, head in ((True, "can be answered"), (False, "nothing answers")):
        counts = [pairs.count((answerable, verdict)) for verdict in order]
        assert page.table("confusion")[head] == [*map(str, counts), str(sum(counts))]
    silent = sum(verdict is Verdict.NOT_FOUND for _, verdict in pairs)
    rightly, nothing = pairs.count((False, Verdict.NOT_FOUND)), sum(not answerable for answerable, _ in pairs)
    assert page.table("abstention")[PRODUCT] == [
        str(silent), str(rightly), number(rightly / silent), str(nothing), number(rightly / nothing),
    ]  # fmt: skip
    assert BM25 not in page.table("abstention")  # it only ranks, so its silence says nothing


def test_the_bins_hold_every_question(result: Result, page: ReadReport) -> None:
    """This test ensures that the table behind the reliability plot accounts for all questions."""
    rows = page.rows("bins")
    assert sum(int(row[1]) for row in rows) == len(result.questions)
    assert all(row[0][:3] <= row[2][:3] for row in rows)


def test_costs_are_those_of_the_result(result: Result, page: ReadReport) -> None:
    """This test ensures that times are the result's, in milliseconds."""
    half, most = (f"{1000 * result.seconds(PRODUCT, share):.1f}" for share in (0.5, 0.95))
    assert page.table("cost")[PRODUCT][:2] == [half, most]
    assert page.table("cost")[PRODUCT][3] == "0.020"
    assert "at most 812 MiB" in page.text


def test_the_circumstances_are_there(page: ReadReport) -> None:
    """This test ensures that a reader can repeat the measurement and sees which settings were not as shipped."""
    shown = {name: cells[0] for name, cells in page.table("circumstances").items()}
    assert shown["commit"] == "0123456789abcdef"
    assert shown["settings other than the default"] == "weight_dense 0.7 (default 0.4)"
    assert shown["questions"] == "40 (20 dev, 20 test): 30 can be answered, 10 not"
    assert shown["seed"] == "7"
    assert {"gold set", "papers", "machine", "made", "embedding model", "not judged"} <= shown.keys()


def test_wins_and_losses_against_bm25(result: Result, page: ReadReport) -> None:
    """This test ensures that the questions on which most was won and lost are listed, and no more than fifteen."""
    ours, theirs = result.values(PRODUCT, "nDCG@10"), result.values(BM25, "nDCG@10")
    gains = sorted(((ours[name] - theirs[name], name) for name in ours), key=lambda pair: (-pair[0], pair[1]))
    wins = [(name, signed(gain)) for gain, name in gains if gain > 0]
    assert [(row[0], row[4]) for row in page.rows("wins")] == wins[:15]
    assert len(page.rows("losses")) == sum(gain < 0 for gain, _ in gains)
    assert sum(int(row[1]) for row in page.rows("changes-numbers")) == len(ours)
    assert "versions" not in page.html


def test_wins_and_losses_against_another_version(result: Result) -> None:
    """This test ensures that another version takes the place of the baseline, on the questions that are the same."""
    other = replace(
        result,
        systems={PRODUCT: tuple(a_ranked(asked, 0.9) for asked in result.questions)},
        questions=(replace(result.questions[0], mark="judged anew"), *result.questions[1:]),
        made_by=replace(result.made_by, commit="fedcba9876543210"),
    )
    page = ReadReport(report_html(result, against=other))
    assert "the other version (fedcba987654), on 39 questions" in page.text
    assert "1 question of this result is left out" in page.text
    versions = {row[0]: row for row in page.rows("versions")}
    assert versions["nDCG@10"][2:4] == ["29", "0.900"]
    assert page.columns("wins")[2] == "the other version"
    assert result.questions[0].id not in {row[0] for row in page.rows("losses")}


def test_a_result_about_other_papers_is_refused(result: Result) -> None:
    """This test ensures that two versions that read other papers are never put side by side."""
    other = replace(result, papers=replace(result.papers, sha256="0" * 64))
    with pytest.raises(UsageError, match="another corpus"):
        report_html(result, against=other)
    with pytest.raises(UsageError, match="nothing to compare"):
        report_html(result, against=replace(result, questions=tuple(
            replace(asked, mark="other") for asked in result.questions)))  # fmt: skip


def all_right(count: int = 12) -> Result:
    asked = [an_asked(at, answerable=at % 4 != 3) for at in range(count)]
    given = [
        a_given(one, right=(True,), ndcg=1.0, **({} if one.answerable else {"verdict": Verdict.NOT_FOUND}))
        for one in asked
    ]
    return a_result(asked, given)


def all_wrong(count: int = 12) -> Result:
    asked = [an_asked(at, answerable=at % 4 != 3) for at in range(count)]
    given = [
        a_given(one, right=(False,), ndcg=0.0, **({"verdict": Verdict.NOT_FOUND} if at % 4 == 0 else {}))
        for at, one in enumerate(asked)
    ]
    return a_result(asked, given)


def only_answerable() -> Result:
    asked = [an_asked(at) for at in range(6)]
    return a_result(asked, map(a_given, asked))


def only_unanswerable() -> Result:
    asked = [an_asked(at, answerable=False) for at in range(6)]
    return a_result(asked, map(a_given, asked))


def bare() -> Result:
    """Return one question, no baseline, no form, no dossier, nothing found."""
    asked = an_asked(0, form=None, split=None, dossier="", kind="", need="")
    given = replace(a_given(asked, verdict=Verdict.NOT_FOUND), found=(), measures={"nDCG@10": 0.0})
    return a_result([asked], [given], systems={PRODUCT: (given,)}, unplaced=0)


RESULTS = {
    "everything right": all_right,
    "everything wrong": all_wrong,
    "no question is unanswerable": only_answerable,
    "every question is unanswerable": only_unanswerable,
    "one question and nothing else": bare,
}


@pytest.mark.parametrize("name", RESULTS)
def test_every_section_stands_whatever_the_result_is(name: str) -> None:
    """This test ensures that no section is missing or breaks where a group is empty or all questions are alike."""
    page = ReadReport(report_html(RESULTS[name]()))
    headings = [heading.text for heading in page.root.all("h2")]
    assert len(headings) == 7
    for id_ in ("scores", "differences", "unjudged", "abstention", "confusion", "areas", "wins", "losses", "cost"):
        assert page.by_id(id_).text
    for by in ("type", "form", "why", "kind", "length", "dossier"):
        assert page.by_id(f"by-{by}-numbers").text
    assert "None" not in page.text and "nan" not in page.text.lower().split()


def test_nothing_failing_is_said_so() -> None:
    """This test ensures that a perfect result lists no question, and says no word of falling short."""
    page = ReadReport(report_html(all_right()))
    assert "0 of 12 questions failed" in page.text
    assert page.root.within("failure") == []
    assert page.text.count("No question.") == 5


def test_everything_failing_lists_every_question() -> None:
    """This test ensures that each failing question has a block of its own, under the gravest failure."""
    page = ReadReport(report_html(all_wrong()))
    assert "12 of 12 questions failed" in page.text
    assert len(page.root.within("failure")) == 12
    groups = {group.attributes["id"]: len(group.all("article")) for group in page.root.within("failing")}
    assert groups == {
        "failing-1": 3,
        "failing-2": 3,
        "failing-3": 6,
        "failing-4": 0,
        "failing-5": 0,
    }
    assert "also: no helpful document among the first ten" in page.by_id("failing-3").text


def test_the_same_result_gives_the_same_bytes(tmp_path: Path) -> None:
    """This test ensures that a report can be compared with one that was made before, byte for byte."""
    for name in ("one", "two"):
        write_report(a_mixed_result(), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """This test ensures that a report goes where it was asked to go or nowhere, and that nothing half is left."""
    with pytest.raises(UsageError, match="cannot be written"):
        write_report(bare(), tmp_path / "none" / "report.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="choose another place"):
        write_report(bare(), tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
