"""Results and answers as the command line prints them, in Dutch."""

from __future__ import annotations

from collections.abc import Iterator

from council import Answer, Cause, Expression, Hit, Match, Misread, Results, plain

_HINTS = {
    "empty": "De vraag bevat geen woorden. Typ een paar woorden of een vraag.",
    "only_stop_words": "De vraag bevat alleen woorden als 'de' en 'van'. Noem een onderwerp.",
    "cut_short": "De vraag is erg lang. Alleen het begin is gebruikt.",
    "newest_first": "Er is geen onderwerp genoemd. De nieuwste stukken staan bovenaan.",
}
_REMARKS = {
    Misread.UNCLOSED_QUOTE: "aanhalingsteken zonder einde",
    Misread.UNKNOWN_KIND: "onbekende soort",
    Misread.BAD_DATE: "geen datum",
    Misread.SWAPPED_DATES: "de laatste dag ligt voor de eerste",
    Misread.EMPTY_FIELD: "veld zonder waarde",
    Misread.FIELD_WITHOUT: "een minteken voor een veld kan niet",
    Misread.ONLY_WITHOUT: "er staat alleen wat niet mag voorkomen",
    Misread.LOOSE_OR: "OF zonder iets aan weerszijden",
    Misread.SENTENCE: "in een hele zin is dit geen eis",
    Misread.UNKNOWN_NAME: "onbekende naam",
}

_CAUSES = {
    Cause.LISTING: "noemt alleen onderwerpen",
    Cause.KIN: "geleend van stukken met dezelfde titel en datum",
    Cause.DECISION: "besluit",
    Cause.NEWER: "nieuwer",
    Cause.RERANKER: "opnieuw geordend door een tweede model",
}


def as_text(results: Results, answer: Answer, *, explain: bool = False) -> str:
    """Return a search with its answer as lines for a terminal.

    Args:
        results: the documents.
        answer: the quotes.
        explain: say of each document which words it was found by.
    """
    lines = [*_about(results)]
    for rank, hit in enumerate(results.hits, start=1):
        lines += _hit(rank, hit)
        if explain:
            lines += _explained(hit)
    lines.append("")
    if answer.sentences:
        lines.append("Antwoord in citaten, automatisch gekozen (AI):" if answer.verdict == "answered"
                     else "Gedeeltelijk antwoord in citaten, automatisch gekozen (AI):")  # fmt: skip
        for sentence in answer.sentences:
            span = sentence.citation.spans[0]
            lines.append(f"  - “{plain(sentence.text)}”")
            if sentence.under:
                lines.append(f"    onder: {' › '.join(map(plain, sentence.under))}")
            lines.append(f"    {plain(sentence.document.title)}, p. {span.page} [{span.start}-{span.end}]")
    elif results.hint != "newest_first":
        until = f" tot en met {results.latest:%d-%m-%Y}" if results.latest else ""
        lines.append(f"Geen antwoord gevonden in {results.searched} documenten{until}.")
    return "\n".join(lines)


def _about(results: Results) -> Iterator[str]:
    if results.hint:
        yield _HINTS[results.hint]
    for remark in (results.expression or Expression()).remarks:
        yield f"Niet begrepen: {plain(remark.text)} ({_REMARKS[remark.code]}). Gezocht als gewone woorden."
    if results.meant:
        yield f"Bedoelde u: {plain(results.meant)}"
    if results.nowhere:
        yield f"Staat in geen enkel openbaar stuk: {plain(', '.join(results.nowhere))}"
    more = f", en {results.alike} die erop lijken" if results.alike else ""
    yield f"{results.total} documenten{more}"


def _hit(rank: int, hit: Hit) -> Iterator[str]:
    document = hit.document
    page = hit.citation.spans[0].page if hit.citation.spans else 1
    legs = ", ".join(f"{leg.value} {place.rank or '–'}" for leg, place in hit.legs.items())
    spans = " ".join(f"{span.page}:{span.start}-{span.end}" for span in hit.citation.spans)
    yield f"{rank:2}. {plain(document.title)}"
    yield f"    {document.kind.value}, {document.date or 'zonder datum'}, {plain(document.filename)}, p. {page}"
    yield f"    score {hit.score:.3f} ({legs}) [{spans}]"
    yield f"    {plain(hit.snippet.text)}"
    for twin in hit.twins:
        yield f"    bijna dezelfde tekst in: {plain(twin.document.title)} ({twin.document.date or 'zonder datum'})"


def _explained(hit: Hit) -> Iterator[str]:
    for leg, place in hit.legs.items():
        yield f"    > {leg.value}: " + (
            f"plaats {place.rank}, score {place.score:.3f}" if place.rank else "niet gevonden"
        )
    for match in hit.matches:
        yield f"    > {_told(match)}"
    for one in hit.adjustments:
        lenders = f" ({len(one.lenders)} andere)" if one.lenders else ""
        yield f"    > {_CAUSES[one.cause]}{lenders}: {one.change:+.3f}"
    if not hit.matches and any(place.rank for place in hit.legs.values()):
        yield "    > geen woord van de vraag: lijkt erop in betekenis of in letters"


def _told(match: Match) -> str:
    rare = f"in {match.passages} openbare tekstdelen"
    if not match.term:
        return f"letterlijk “{plain(match.word)}” ({rare})"
    how = "een deel of andere vorm van" if match.part else "woord"
    return f"{how} {plain(match.word)}: {plain(match.term)} ({rare}, gewicht {match.weight:.2f})"
