"""Page text as printed lines."""

from hypothesis import given
from hypothesis import strategies as st

from council import Span, printed_lines
from tests.fakes import odd_text


def shown(text: str, *spans: tuple[int, int]) -> list[list[tuple[str, bool]]]:
    found = printed_lines(text, [Span(page=1, start=start, end=end) for start, end in spans])
    return [[(part.text, part.marked) for part in line.parts] for line in found]


def test_lines_are_counted_without_the_empty_ones() -> None:
    """This test ensures that a line number is one that a reader can count on the page."""
    found = printed_lines("Eerste\r\n\r\n  \r\nTweede\nDerde", [])
    assert [(line.number, line.parts[0].text) for line in found] == [(1, "Eerste"), (2, "Tweede"), (3, "Derde")]


def test_a_mark_runs_over_a_line_end() -> None:
    """This test ensures that both lines show their part of the quote."""
    assert shown("De raad besluit\r\ntot aankoop.", (3, 20)) == [
        [("De ", False), ("raad besluit", True)],
        [("tot", True), (" aankoop.", False)],
    ]


def test_a_broken_word_is_two_lines_with_a_hyphen() -> None:
    """This test ensures that PDFium's sign for a hyphen at a line end is shown as the hyphen and the line end it is."""
    assert shown("gemeente\ufffebestuur beslist", (0, 16)) == [
        [("gemeente-", True)],
        [("bestuur", True), (" beslist", False)],
    ]


def test_a_soft_hyphen_within_a_line_is_not_shown() -> None:
    """This test ensures that only a hyphen that is printed is shown."""
    assert shown("zwem\u00adbad") == [[("zwembad", False)]]


def test_what_turns_the_reading_direction_is_left_out() -> None:
    """This test ensures that a paper cannot make its text look like another."""
    assert shown("tegen\u202e voor\x1b[31m\x00") == [[("tegen voor[31m", False)]]


@given(st.text(alphabet="ab \r\n\ufffe\x02\u00ad-é🚲", max_size=60), st.data())
def test_the_marked_parts_are_the_span(text: str, data: st.DataObject) -> None:
    """This test ensures that, whatever the text, exactly the visible signs of the span are marked."""
    spans = []
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        spans = [Span(page=1, start=start, end=data.draw(st.integers(start + 1, len(text))))]
    visible = {"a", "b", "é", "🚲"}
    marked = "".join(part.text for line in printed_lines(text, spans) for part in line.parts if part.marked)
    wanted = "".join(text[span.start : span.end] for span in spans)
    assert [c for c in marked if c in visible] == [c for c in wanted if c in visible]
    everything = "".join(part.text for line in printed_lines(text, spans) for part in line.parts)
    assert [c for c in everything if c in visible] == [c for c in text if c in visible]


@given(odd_text(), st.data())
def test_every_letter_is_shown_and_marked_as_it_stands(text: str, data: st.DataObject) -> None:
    """This test ensures that a reader sees exactly the sentence that a span names, on any page."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = printed_lines(text, [Span(page=1, start=start, end=end)] if end > start else [])
    parts = [part for line in found for part in line.parts]

    def bare(shown: str) -> str:
        return "".join(c for c in shown if c.isalnum())

    assert bare("".join(part.text for part in parts)) == "".join(c for c in text if c.isalnum() and c.isprintable())
    marked = "".join(part.text for part in parts if part.marked)
    assert bare(marked) == "".join(c for c in text[start:end] if c.isalnum() and c.isprintable())
    for line in found:
        assert sum(part.marked for part in line.parts) == line.marked
