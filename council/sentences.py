"""Where sentences begin and end in Dutch council text.

``sentencex`` (Wikimedia; Dutch rules and abbreviations, no model) proposes the borders. Council papers abbreviate
more than the encyclopaedia that it was made for, so a border is taken back where it follows an abbreviation that
needs a next word, an initial, a list number, or a month before a year. A border that is missed joins two sentences;
one that is wrong shows half a sentence as a quote, which is worse: in doubt, join.
"""

from __future__ import annotations

import re

import sentencex

from council.calendar import SHORT_MONTHS

_NEEDS_NEXT = frozenset(
    """aant afb afd afz alg alin art artt bijl bijv blz burg bv bw ca cf chr c.q d.d dd dhr dir dr drs e.v excl fam fig
    gebr gem get h.o.a hfd hfdst hfst i.c i.c.m i.h.a i.h.b i.o i.p.v i.s.m i.v.m i.z ing incl inz ir jhr jkvr
    joh jr kamerst lib m.a.w m.b.t m.b.v m.i.v m.m.v m.n m.u.v mej mevr mevr mnd mr mva mw mw n.a.v n.o nl nr nrs
    o.a o.b.v o.g.v o.i o.l.v o.m onderd opm p p.a p.p par pag ph plv pnt prof pt publ red resp rt s.v.p sr st
    stb stcrt t.a.v t.b.v t.g.v t.h.v t.k.n t.n.v t.o t.o.v t.w tel th toel t/m trb u.a v v.a v.d v.h v.w.b vgl w.o
    wm wnd weth z.g z.i zgn""".split()
)
_MONTHS = frozenset({*SHORT_MONTHS, "febr", "sept"})
_LAST_WORD = re.compile(r"([^\s(\[„“\"']+)\.[\"'”’)\]]*\s*$")
_LIST_NUMBER = re.compile(r"^\W*(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s*$")
# White space as one plain space each: sentencex panics on "A", a space of more than one byte (U+00A0) and a full stop.
_SHADOW = {ord(c): " " for c in map(chr, range(0x3001)) if c.isspace()} | dict.fromkeys((0x02, 0xAD, 0xFFFE), " ")


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Split a block of running text into sentences.

    Args:
        text: one paragraph, list item or contribution, line ends included; its offsets are kept.

    Returns:
        (start, end) of each sentence within ``text``, without the white space around it, in order and not overlapping.
    """
    # Line ends say nothing about sentences within a block, and two in a row would count as a paragraph border.
    pieces = _proposed(text.translate(_SHADOW))
    spans: list[tuple[int, int]] = []
    start = end = 0
    for piece in pieces:
        end += len(piece)
        if end < len(text) and _runs_on(text[start:end], text[end:]):
            continue
        _append(spans, text, start, end)
        start = end
    _append(spans, text, start, len(text))
    return tuple(spans)


def _proposed(text: str) -> list[str]:
    """Return the pieces that sentencex makes of a text; one piece when it breaks down over it."""
    try:
        return list(sentencex.segment("nl", text))
    except BaseException as error:
        # A panic in Rust is no Exception, and one strange PDF must not end the night's run.
        if type(error).__name__ != "PanicException":
            raise
        return [text]


def _runs_on(sentence: str, rest: str) -> bool:
    """Say whether a proposed border stands inside a sentence."""
    following = rest.lstrip()[:1]
    if not following:
        return True
    if _LIST_NUMBER.match(sentence):
        return True
    # Nothing before the last white space can belong to it.
    found = _LAST_WORD.search(next(iter(sentence.rsplit(None, 1)[-1:]), ""))
    if found is None:
        return following.islower() and not sentence.rstrip().endswith((":", ";"))
    word = found.group(1).lower().rstrip(".")
    if word in _MONTHS and following.isdigit():
        return True
    if word in _NEEDS_NEXT:
        return True
    if len(word) == 1 and found.group(1).isupper():
        return True
    return following.islower()


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    body = piece.strip()
    if body:
        spans.append((start + lead, start + lead + len(body)))
