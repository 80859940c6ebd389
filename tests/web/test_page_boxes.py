"""Characters become boxes."""

from web.page_boxes import Box, Character, joined


def letter(left: float, top: float, *, size: float = 10.0) -> Character:
    """Return a letter as wide as half its size, whose ink fills the middle of its room."""
    room = Box(left=left, top=top, width=size / 2, height=size)
    ink = Box(left=left + 0.5, top=top + 0.25 * size, width=size / 2 - 1, height=size / 2)
    return Character(room=room, ink=ink, size=size)


def line(top: float, *, start: float = 0.0, count: int = 8, slope: float = 0.0) -> list[Character]:
    return [letter(start + 5 * at, top + slope * 5 * at) for at in range(count)]


def test_letters_on_a_line_share_a_box() -> None:
    """This test ensures that a word is one box, from its first letter to its last."""
    (box,) = joined(line(100))
    assert (box.left, box.right) == (0, 40)
    assert 100 <= box.top < 102.5
    assert 107.5 < box.bottom <= 110


def test_a_new_line_is_a_new_box() -> None:
    """This test ensures that the white between two lines is not marked."""
    boxes = joined([*line(100), *line(114)])
    assert len(boxes) == 2
    assert boxes[0].bottom < boxes[1].top


def test_the_next_column_is_a_new_box() -> None:
    """This test ensures that a mark does not run over the gutter between columns or cells."""
    assert len(joined([*line(100), *line(100, start=90)])) == 2


def test_a_word_space_is_no_gap() -> None:
    """This test ensures that white between words is marked along, as a pen would."""
    assert len(joined([*line(100), *line(100, start=48)])) == 1


def test_a_slanting_line_climbs_in_steps() -> None:
    """This test ensures that the mark on a skewed scan follows its line and does not cover the next."""
    boxes = joined(line(100, count=60, slope=0.03))
    assert len(boxes) > 2
    assert all(box.height < 14 for box in boxes)
    assert boxes[-1].top > boxes[0].top + 5


def test_a_raised_sign_stays_on_its_line() -> None:
    """This test ensures that a footnote mark does not break a line in two lines of boxes."""
    raised = Character(
        room=Box(left=40, top=100.5, width=3, height=5), ink=Box(left=40.5, top=101, width=2, height=4), size=5
    )
    boxes = joined([*line(100), raised, *line(100, start=44)])
    assert len(boxes) == 1


def test_a_font_with_too_much_room_is_cut_to_its_ink() -> None:
    """This test ensures that the tall invisible font of a text layer does not mark the line above."""
    tall = Character(
        room=Box(left=0, top=80, width=5, height=40), ink=Box(left=0.5, top=98, width=4, height=8), size=10
    )
    (box,) = joined([tall])
    assert 96 < box.top < 98
    assert 106 < box.bottom < 108


def test_nothing_gives_no_box() -> None:
    """This test ensures that white space alone marks nothing."""
    assert joined([]) == []
