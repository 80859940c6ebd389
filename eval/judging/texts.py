"""The words of the page for judging, in plain Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """Every word that the page says itself."""

    code: str
    title: str
    skip_link: str
    judge: str
    question: str
    need: str
    new_question: str
    grades_heading: str
    grades: tuple[str, str, str, str]
    place_heading: str
    sentence_task: str
    page_task: str
    page: str
    ocr: str
    gone: str
    open_product: str
    text_label: str
    marked: str
    jump: str
    note: str
    skip: str
    back: str
    forward: str
    progress: str
    progress_question: str
    before: str
    before_skip: str
    keys_on: str
    keys_off: str
    keys_help: str
    describe_heading: str
    describe_lead: str
    own_words: str
    words: str
    type: str
    types: Mapping[str, str]
    choose: str
    answerable: str
    yes: str
    no: str
    why: str
    whys: Mapping[str, str]
    why_none: str
    need_field: str
    facts: str
    facts_hint: str
    save: str
    reject: str
    done_title: str
    done: str
    again: str
    begin: str
    unsaved: str
    wrong: Mapping[str, str]
    errors: Mapping[int, str]


DUTCH = Texts(
    code="nl",
    title="Beoordelen",
    skip_link="Naar de knoppen",
    judge="Beoordelaar: {judge}",
    question="Vraag",
    need="Wat de vrager wil weten",
    new_question="nieuwe vraag",
    grades_heading="Uw oordeel",
    grades=(
        "gaat er niet over",
        "gaat erover, maar geeft geen antwoord",
        "geeft een deel van het antwoord, of steunt het",
        "geeft het antwoord",
    ),
    place_heading="De bladzijde",
    sentence_task="Beoordeel de gemarkeerde zin. Lees gerust wat eromheen staat.",
    page_task="Beoordeel de hele bladzijde: telt het beste wat erop staat.",
    page="bladzijde {page} van {pages}",
    ocr="Deze tekst is door een computer van een scan gelezen. Er kunnen leesfouten in staan.",
    gone="Dit stuk is niet meer openbaar, of het is ingetrokken. Sla het over.",
    open_product="Bekijk de echte bladzijde in Raadspoor",
    text_label="Tekst van de bladzijde",
    marked="gemarkeerd",
    jump="Naar de gemarkeerde zin",
    note="Notitie (mag leeg blijven)",
    skip="Sla over",
    back="Eén terug",
    forward="Eén verder",
    progress="Stap {number} van {total}. Klaar: {done}.",
    progress_question="Bij deze vraag: {number} van {total}.",
    before="U gaf hier eerder een {grade}. Een nieuw oordeel vervangt dat.",
    before_skip="U sloeg dit eerder over. Een nieuw oordeel vervangt dat.",
    keys_on="Toetsen aanzetten",
    keys_off="Toetsen uitzetten",
    keys_help="Toetsen: 0, 1, 2, 3 = oordeel; s = sla over; b = één terug; n = notitie; Esc = notitie uit.",
    describe_heading="Over deze vraag",
    describe_lead="Deze vraag is nieuw. Wat moet er in de testset komen?",
    own_words=(
        "Schrijf de vraag in uw eigen woorden. De lezer is beloofd dat zijn eigen tekst op {date} wordt gewist. "
        "Noem geen personen die geen openbare rol hebben."
    ),
    words="De vraag zoals die in de testset komt",
    type="Waar wordt naar gevraagd?",
    types={
        "amount": "een bedrag of aantal",
        "date": "een datum",
        "person": "een persoon",
        "vote": "een stemming",
        "decision": "een besluit",
        "reason": "een reden",
        "promise": "een toezegging",
        "comparison": "een vergelijking",
        "list": "een opsomming",
        "keyword": "losse trefwoorden",
        "vague": "een vage herinnering",
        "other": "iets anders",
    },
    choose="Kies",
    answerable="Staat het antwoord in de stukken?",
    yes="Ja",
    no="Nee",
    why="Zo nee: waarom niet?",
    whys={
        "absent": "de stukken gaan erover, maar zeggen dit niet",
        "later": "het kwam na het laatste stuk",
        "false_premise": "de vraag gaat uit van iets dat niet klopt",
        "hidden": "het staat alleen in stukken die niet openbaar of niet leesbaar zijn",
    },
    why_none="niet van toepassing",
    need_field="Wat wil de vrager weten? Eén zin.",
    facts="Wat moet in een volledig antwoord staan?",
    facts_hint="Eén feit per regel, zoals het in de stukken staat: € 18.550.000",
    save="Bewaar",
    reject="Deze vraag hoort niet in de testset",
    done_title="Klaar",
    done="Alles is beoordeeld: {total} stappen. U kunt dit venster sluiten en het programma stoppen met Ctrl+C.",
    again="Terug naar de laatste stap",
    begin="Naar de eerste open stap",
    unsaved="Het oordeel kon niet worden opgeslagen.",
    wrong={
        "own words": "Schrijf de vraag in uw eigen woorden; dit is nog de tekst van de lezer.",
        "text": "Vul de vraag in. Hij mag niet te lang zijn.",
        "type": "Kies waar naar wordt gevraagd.",
        "answerable": "Kies of het antwoord in de stukken staat.",
        "why": "Een reden waarom er geen antwoord is past niet bij ‘ja’.",
        "facts": "Feiten passen niet bij een vraag zonder antwoord, en mogen niet te lang zijn.",
        "need": "De zin over wat de vrager wil weten is te lang.",
        "note": "De notitie is te lang.",
        "grade": "Kies een oordeel van 0 tot 3, of sla over.",
    },
    errors={
        400: "Dit adres hoort niet bij dit programma. Open de pagina op 127.0.0.1 of localhost.",
        403: "Dit formulier kwam niet van deze pagina, en is niet opgeslagen.",
        404: "Deze pagina is er niet.",
        405: "Zo kan deze pagina niet worden gevraagd.",
        409: "De lijst is veranderd sinds deze pagina werd getoond. Er is niets opgeslagen.",
        413: "Dit formulier is te groot, en is niet opgeslagen.",
        500: "Er ging iets mis. Kijk in het venster waarin het programma draait.",
    },
)

ENGLISH = Texts(
    code="en",
    title="Judging",
    skip_link="To the buttons",
    judge="Judge: {judge}",
    question="Question",
    need="What the asker wants to know",
    new_question="new question",
    grades_heading="Your judgement",
    grades=(
        "beside the point",
        "about it, but does not answer",
        "part of the answer, or supports it",
        "answers it",
    ),
    place_heading="The page",
    sentence_task="Judge the marked sentence. Do read what stands around it.",
    page_task="Judge the page as a whole: the best that stands on it counts.",
    page="page {page} of {pages}",
    ocr="A computer read this text from a scan. It may hold reading errors.",
    gone="This paper is not public any more, or was withdrawn. Pass it over.",
    open_product="See the real page in Raadspoor",
    text_label="Text of the page",
    marked="marked",
    jump="To the marked sentence",
    note="Note (may stay empty)",
    skip="Pass over",
    back="One back",
    forward="One on",
    progress="Step {number} of {total}. Done: {done}.",
    progress_question="Of this question: {number} of {total}.",
    before="You gave this a {grade} before. A new judgement replaces it.",
    before_skip="You passed this over before. A new judgement replaces that.",
    keys_on="Switch keys on",
    keys_off="Switch keys off",
    keys_help="Keys: 0, 1, 2, 3 = judgement; s = pass over; b = one back; n = note; Esc = leave the note.",
    describe_heading="About this question",
    describe_lead="This question is new. What should the gold set say?",
    own_words=(
        "Put the question in your own words. Its reader was promised that their text is gone on {date}. "
        "Name nobody who has no public role."
    ),
    words="The question as the gold set will have it",
    type="What is asked for?",
    types={
        "amount": "an amount or number",
        "date": "a date",
        "person": "a person",
        "vote": "a vote",
        "decision": "a decision",
        "reason": "a reason",
        "promise": "a promise",
        "comparison": "a comparison",
        "list": "a list",
        "keyword": "mere keywords",
        "vague": "a vague memory",
        "other": "something else",
    },
    choose="Choose",
    answerable="Do the papers answer it?",
    yes="Yes",
    no="No",
    why="If not: why not?",
    whys={
        "absent": "the papers are about it, but do not say this",
        "later": "it came after the last paper",
        "false_premise": "the question takes for granted what is not so",
        "hidden": "it stands only in papers that are not public or cannot be read",
    },
    why_none="does not apply",
    need_field="What does the asker want to know? One sentence.",
    facts="What does a full answer hold?",
    facts_hint="One fact a line, as the papers put it: € 18.550.000",
    save="Save",
    reject="This question does not belong in the gold set",
    done_title="Done",
    done="Everything was judged: {total} steps. You can close this window and stop the program with Ctrl+C.",
    again="Back to the last step",
    begin="To the first open step",
    unsaved="The judgement could not be saved.",
    wrong={
        "own words": "Put the question in your own words; this is still the reader's text.",
        "text": "Fill in the question. It must not be too long.",
        "type": "Choose what is asked for.",
        "answerable": "Choose whether the papers answer it.",
        "why": "A reason why nothing answers does not go with “yes”.",
        "facts": "Facts do not go with a question that nothing answers, and must not be too long.",
        "need": "The sentence on what the asker wants to know is too long.",
        "note": "The note is too long.",
        "grade": "Choose a judgement from 0 to 3, or pass over.",
    },
    errors={
        400: "This address is not one of this program. Open the page on 127.0.0.1 or localhost.",
        403: "This form did not come from this page, and was not saved.",
        404: "This page is not there.",
        405: "This page cannot be asked for in this way.",
        409: "The list has changed since this page was shown. Nothing was saved.",
        413: "This form is too large, and was not saved.",
        500: "Something went wrong. Look in the window in which the program runs.",
    },
)

LANGUAGES: Mapping[str, Texts] = {"nl": DUTCH, "en": ENGLISH}
"""The words by the code of their language."""
