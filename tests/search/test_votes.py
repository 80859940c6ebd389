"""Votes: each stands under what it is on, which was tabled pages before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from council import DataFolder, Passage, readable
from search.ballots import is_ballot
from search.fusion import Fused
from search.intent import Moment
from search.passages import cut, text_of
from search.quoting import candidates
from search.ranking import Ranked
from search.votes import Votes, is_vote, next_tabled, tables
from tests.fakes import a_catalogue, a_document, odd_text, pages_of

TREES = "12° Motie van het raadslid Bos inzake het parkplan (kap van linden) (Gemeenteblad afd. 1, nr. 190)"
PONDS = "13° Motie van het raadslid Bos inzake het parkplan (vijvers) (Gemeenteblad afd. 1, nr. 191)"
ITEM = "7\r\nVoordracht van het college tot vaststellen van het parkplan (Gemeenteblad afd. 1, nr. 150)"
DEBATE = f"""Notulen van de vergadering van de raad.\r
De voorzitter opent de vergadering.\r
{ITEM}\r
De voorzitter geeft het woord aan de heer Bos.\r
De heer BOS: Voorzitter. De linden aan de Molenlaan zijn honderd jaar oud en geven schaduw aan de hele buurt.\r
De voorzitter deelt mee dat de volgende moties zijn ingekomen:\r
{TREES}.\r
Verzoekt het college van burgemeester en wethouders:\r
- de oude bomen langs de Molenlaan met rust te laten.\r
{PONDS}.\r
Verzoekt het college van burgemeester en wethouders:\r
- het water van de plassen elk voorjaar te verversen.\r
De heer BOS: Dank u wel.\r
Wethouder SMIT: Motie nr. 190 gaat over bomen, en die ontraad ik.\r
Mevrouw PIEK: Wij zullen tegen de motie over de vijvers stemmen."""
VOTED = """Aan de orde is de stemming over de motie-Bos (Gemeenteblad afd. 1, nr. 190).\r
De motie-Bos (Gemeenteblad afd. 1, nr. 190) wordt bij zitten en opstaan verworpen.\r
De VOORZITTER constateert dat de motie-Bos (Gemeenteblad afd. 1, nr. 190) is verworpen met de stemmen van DV voor.\r
Aan de orde is de stemming over de motie-Bos (Gemeenteblad afd. 1, nr. 191).\r
De motie-Bos (Gemeenteblad afd. 1, nr. 191) wordt bij zitten en opstaan aangenomen.\r
De VOORZITTER constateert dat de motie-Bos (Gemeenteblad afd. 1, nr. 191) is aangenomen met de stemmen van LB tegen.\r
Aan de orde is de stemming over de voordracht.\r
De voordracht wordt bij zitten en opstaan aangenomen."""


def passages() -> dict[str, Passage]:
    """Return the passages of minutes with a debate and, on the next page, its votes, by their text."""
    pages = pages_of(DEBATE, VOTED)
    texts = {page.number: page.text for page in pages}
    return {text_of(one, texts.__getitem__): one for one in cut(a_document("minutes"), pages)}


def test_each_vote_is_a_passage_under_the_line_that_tabled_its_motion() -> None:
    """This test ensures that two votes never share a passage, and that each says what it is about."""
    found = {text: one.headings[-1] for text, one in passages().items() if "constateert" in text or "zitten en" in text}
    item = readable(ITEM)
    assert [(heading, "190" in text, "191" in text) for text, heading in found.items()] == [
        (TREES, True, False),
        (PONDS, False, True),
        (item, False, False),
    ]


SPOKEN = """Notulen van de vergadering van de raad.\r
Amendement A3 ‘Linden blijven staan’ van Dorpsbelang.\r
De heer Bos (DB): Voorzitter. Wie een boom kapt, plant er twee.\r
De voorzitter: Ik breng amendement A3 in stemming.\r
De voorzitter: Voor zijn Dorpsbelang en Groen Dalmeren, samen tien stemmen. Het amendement is verworpen.\r
Mevrouw Piek (LB): Voorzitter, een punt van orde.\r
De voorzitter: Ik schors de vergadering."""


def test_the_chair_counts_a_vote_in_more_than_one_contribution() -> None:
    """This test ensures that what the chair says until a member speaks stands under what was put to the vote."""
    pages = pages_of(SPOKEN)
    texts = {page.number: page.text for page in pages}
    found = {text_of(one, texts.__getitem__): one for one in cut(a_document("minutes"), pages)}
    (vote,) = [one for text, one in found.items() if "tien stemmen" in text]
    assert vote.headings[-1].startswith("Amendement A3 ‘Linden blijven staan’")
    assert is_ballot(vote)
    (after,) = [one for text, one in found.items() if "schors" in text]
    assert not is_ballot(after)


def test_what_a_member_says_of_a_motion_is_no_vote_on_it() -> None:
    """This test ensures that a contribution stands under its agenda item and not under a motion that it names."""
    for text, one in passages().items():
        if one.speaker:
            assert one.headings == (readable(ITEM),), text
            assert not is_ballot(one), text


@pytest.mark.parametrize(
    ("tabled", "vote"),
    [
        ("35º Motie van het raadslid Bos inzake linden (nr. 190).", "De motie-Bos (nr. 190) wordt verworpen."),
        ("Motie van de leden Bos en Van 't Wout over linden", "De motie-Bos en Van ’t Wout wordt aangenomen."),
        ("Motie M-2024-03: linden blijven staan", "De voorzitter: Ik breng motie M 2024-03 in stemming."),
        ("Amendement 12 inzake linden", "Amendement 12 is verworpen met 3 stemmen voor."),
        ("Het amendement A3 ‘Linden blijven staan’", "Dan de stemming over A3."),
        ("Initiatiefvoorstel nr. 5 over linden", "Het initiatiefvoorstel nr. 5 wordt aangenomen."),
    ],
)
def test_a_vote_is_known_by_number_or_by_name(tabled: str, vote: str) -> None:
    """This test ensures that the ways in which councils number and name what is tabled lead back to it."""
    votes = Votes()
    assert votes.on(tabled, spoken=False) == ""
    assert votes.on(vote, spoken=False) == tabled.removesuffix(".")


def test_another_number_is_another_motion() -> None:
    """This test ensures that a vote on what was never seen to be tabled stands under nothing, whoever tabled it."""
    votes = Votes()
    votes.on(TREES, spoken=False)
    assert votes.on("De motie-Bos (Gemeenteblad afd. 1, nr. 333) is aangenomen.", spoken=False) == ""


def test_a_vote_goes_on_until_something_else_comes() -> None:
    """This test ensures that the chair who counts speaks of the same vote, and that a clerk's next line ends it."""
    votes = Votes()
    votes.on(TREES, spoken=False)
    assert votes.on("De voorzitter: Ik breng motie nr. 190 in stemming.", spoken=True) == TREES
    assert votes.on("De voorzitter: Wie is voor? Dat zijn er vijf.", spoken=True) == TREES
    assert votes.on("De voorzitter: De motie is verworpen.", spoken=True) == TREES
    assert votes.on("De voorzitter: Het voorstel is aangenomen.", spoken=True) == ""
    votes.on("De motie-Bos (nr. 190) is verworpen.", spoken=False)
    assert votes.on("De vergadering wordt geschorst.", spoken=False) == ""


def test_the_chair_names_what_nobody_was_seen_to_table() -> None:
    """This test ensures that votes on two motions are told apart where nothing but the chair tells which is which, that
    members who explain their votes do not end a vote, and that its outcome does."""
    votes = Votes()
    assert (
        votes.on("De voorzitter: Ik breng eerst amendement A-2023-02 in stemming.", spoken=True)
        == "amendement A-2023-02"
    )
    votes.member()
    assert (
        votes.on("De voorzitter: Voor zijn er zes. Het amendement is aangenomen.", spoken=True)
        == "amendement A-2023-02"
    )
    assert votes.on("De voorzitter: Voor het voorstel zijn allen. Het voorstel is aangenomen.", spoken=True) == ""
    assert votes.on("De voorzitter: Motie M-2023-04, Stem van het dorp. Wie is voor?", spoken=True) == "Motie M-2023-04"
    assert votes.on("De voorzitter: Tegen zijn de overige fracties. De motie is verworpen.", spoken=True) != ""
    assert votes.on("De voorzitter: Dan sluit ik de vergadering.", spoken=True) == ""


def test_what_was_tabled_first_stays() -> None:
    """This test ensures that somebody who names a motion later, in other words, does not change what a vote is on."""
    votes = Votes()
    votes.on(TREES, spoken=False)
    votes.on("De motie over bomen (nr. 190) maakt deel uit van de beraadslaging.", spoken=False)
    assert votes.on("De motie-Bos (nr. 190) is verworpen.", spoken=False) == TREES


@given(odd_text(200))
def test_no_text_is_too_odd(text: str) -> None:
    """This test ensures that whatever a paper holds is looked at without an error."""
    votes = Votes()
    assert isinstance(votes.on(text, spoken=False), str)
    assert isinstance(is_vote(text) and tables(text), bool)
    assert 0 <= next_tabled(text, 0) <= len(text)


def test_who_asks_for_a_vote_gets_those_of_the_debate(tmp_path: Path) -> None:
    """This test ensures that the votes are among what could be quoted where only the debate was found, with what they
    are on, and leaning on the text of the motion; and that nobody else gets them."""
    document = a_document("minutes")
    catalogue = a_catalogue(DataFolder(tmp_path), {document: [DEBATE, VOTED]})
    found = [one for one in catalogue.passages_of(document.sha256) if one.spans[0].page == 1]
    ranked = [Ranked(document=document, passages=tuple(Fused(id=one.id, score=0.5) for one in found), score=0.5)]
    assert not [one for one in candidates(catalogue, ranked, Moment.ANY) if "constateert" in one.text]
    quoted = {one.text: one for one in candidates(catalogue, ranked, Moment.ANY, votes=True)}
    vote = next(one for text, one in quoted.items() if "constateert" in text and "190" in text)
    assert vote.under == (readable(ITEM), TREES)
    assert "oude bomen langs de Molenlaan" in vote.before and "plassen" not in vote.before
    assert vote.rank_score == 0.5
    catalogue.close()
