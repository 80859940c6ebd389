"""The measures by name."""

from __future__ import annotations

from eval.measures import MEASURES, About, about


def test_every_measure_says_what_it_says() -> None:
    """This test ensures that a reader of any figure can learn what it means, in a sentence of its own."""
    for name, measure in MEASURES.items():
        assert measure.name == name
        assert measure.says and not measure.says.endswith(".")
        assert bool(measure.standard) == (measure.about in (About.DOCUMENTS, About.PAGES))
    assert len({measure.says for measure in MEASURES.values()}) == len(MEASURES)


def test_measures_are_told_apart_by_what_they_look_at() -> None:
    """This test ensures that ranking, pages, answers and silence are measured apart."""
    assert [measure.name for measure in about(About.SILENCE)] == ["answers", "keeps silent"]
    assert sum(len(about(kind)) for kind in About) == len(MEASURES)
