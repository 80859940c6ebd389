"""Reasons and remedies in Dutch, for the page that the clerk reads. A test holds the list to what the ingest says."""

from __future__ import annotations

import re
from functools import cache

_STILL = "; until then its former version is not shown either"
_STILL_DUTCH = " Tot dan is de vorige versie ook niet te vinden."

_REASONS = {
    "it is locked with a password": "Het bestand is op slot met een wachtwoord.",
    "it is damaged and could not be repaired": "Het bestand is kapot en kon niet worden hersteld.",
    "the file is empty": "Het bestand is leeg.",
    "it is not a PDF": "Het bestand is geen pdf.",
    "it has (*) pages": "Het stuk heeft te veel bladzijden: (*).",
    "it holds more than (*) characters": "Het stuk is te lang: meer dan (*) tekens.",
    "the file is (*) MiB": "Het bestand is te groot: (*) MiB.",
    "page (*) could not be read": "Deze bladzijden konden niet worden gelezen: (*).",
    "it changed while it was being read": "Het bestand veranderde terwijl het werd gelezen.",
    "the file cannot be opened ((*))": "Het bestand kan niet worden geopend ((*)).",
    "the folder cannot be opened ((*))": "De map kan niet worden geopend ((*)).",
    "it is a link that leads nowhere": "Het is een snelkoppeling naar een bestand dat er niet is.",
    "the manifest names it and it is not there": "Het manifest noemt dit bestand, maar het is er niet.",
    "the manifest names it, and its name or that of its folder begins with a dot": (
        "Het manifest noemt dit bestand. De naam, of die van de map, begint met een punt. Dan wordt het overgeslagen."
    ),
    "the manifest names it and it is a link, or lies behind one, that is not followed": (
        "Het manifest noemt dit bestand. Het is een verwijzing naar een andere plek, en die wordt niet gevolgd."
    ),
    "the manifest names it and it is a folder": "Het manifest noemt dit als bestand, maar het is een map.",
    "the manifest names it and it is no file but a pipe, a socket or a device": (
        "Het manifest noemt dit bestand, maar het is geen gewoon bestand. De beheerder kan zien wat het is."
    ),
    "the manifest names it and its name does not end in .pdf": (
        "Het manifest noemt dit bestand. Het is er, maar de naam eindigt niet op .pdf."
    ),
    "it has no line in the manifest, and the line for (*) restricts access and has no file": (
        "Het bestand staat niet in het manifest. Het manifest maakt wel een ander stuk besloten of geheim, (*), en dat "
        "bestand is er niet. Misschien is dit dat stuk."
    ),
    "it crashed the process that read it": "Het programma dat het bestand las, liep erop vast.",
    "it could not be read ((*))": "Het bestand kon niet worden gelezen ((*)).",
    "reading took over (*) s": "Het lezen duurde langer dan (*) seconden.",
    "reading took over (*) MiB": "Voor het lezen was meer dan (*) MiB geheugen nodig.",
    "reading the scan took over (*) s": "Het lezen van de scan duurde langer dan (*) seconden.",
    "reading the scan took over (*) MiB": "Voor het lezen van de scan was meer dan (*) MiB geheugen nodig.",
    "reading the scan failed ((*))": "Het lezen van de scan is mislukt ((*)).",
    "reading the scan gave another number of pages": "Na het lezen had de scan een ander aantal bladzijden.",
    "its file is missing from the data folder": "Het bestand ontbreekt in de gegevensmap van Raadspoor.",
    "it seems to hold a citizen service number, on page (*)": (
        "Er lijkt een burgerservicenummer in te staan, op bladzijde (*)."
    ),
    "a clerk held it back on (*)": "De griffie heeft het zelf tegengehouden, op (*).",
    "the manifest said that it is (*) and says nothing of that any more": (
        "Nog gesloten: het manifest zei dat dit stuk (*) is. Nu zegt het manifest er niets meer over."
    ),
    "the manifest says that it replaces (*), and no such file was ever there": (
        "Het manifest zegt dat dit stuk een ander vervangt: (*). Dat bestand is er nooit geweest."
    ),
    "it looks like a manifest and is not read": "Dit lijkt een manifest, maar het wordt niet gelezen.",
    "it has scanned pages and no OCR is at hand": "Er zijn scans, en het programma dat scans leest, is er niet.",
    "it has scanned pages and Tesseract does not know (*)": (
        "Er zijn scans, en het programma dat scans leest, kent deze taal niet: (*)."
    ),
    "it has scanned pages and OCR is switched off": "Er zijn scans, en het lezen van scans staat uit.",
    "the clock of this machine says (*), and an earlier run began at (*); set it right. What was withdrawn by then "
    "stays so": (
        "De klok van de computer staat verkeerd: die zegt (*), maar Raadspoor begon eerder al op (*). Laat de "
        "beheerder de klok goed zetten. Stukken die toen al waren teruggenomen, blijven weg."
    ),
}
_REMEDIES = {
    "ask the sender for an open copy, or put the password in the file that RAADSPOOR_PASSWORDS names": (
        "Vraag de afzender om een exemplaar zonder wachtwoord. Of laat de beheerder het wachtwoord toevoegen "
        "(RAADSPOOR_PASSWORDS)."
    ),
    "open it in a viewer and save it anew": "Open het bestand, sla het opnieuw op en zet het weer in de map.",
    "open it in a viewer, save it anew and deliver it again": (
        "Open het bestand, sla het opnieuw op en zet het weer in de map."
    ),
    "save it anew": "Sla het bestand opnieuw op en zet het weer in de map.",
    "ask the sender for the document again": "Vraag de afzender het stuk opnieuw te sturen.",
    "convert it to PDF": "Maak er een pdf van.",
    "split it, or raise RAADSPOOR_MAX_PAGES": (
        "Knip het stuk in delen. Of laat de beheerder de grens verhogen (RAADSPOOR_MAX_PAGES)."
    ),
    "split it, or check what was put into it": "Knip het stuk in delen, of kijk na wat erin staat.",
    "make it smaller, or raise RAADSPOOR_MAX_MEGABYTES": (
        "Maak het bestand kleiner. Of laat de beheerder de grens verhogen (RAADSPOOR_MAX_MEGABYTES)."
    ),
    "raise RAADSPOOR_READ_SECONDS, or ask for a simpler PDF": (
        "Vraag om een eenvoudiger pdf. Of laat de beheerder de grens verhogen (RAADSPOOR_READ_SECONDS)."
    ),
    "raise RAADSPOOR_READ_MEGABYTES": "Laat de beheerder de grens verhogen (RAADSPOOR_READ_MEGABYTES).",
    "raise RAADSPOOR_OCR_SECONDS": "Laat de beheerder de grens verhogen (RAADSPOOR_OCR_SECONDS).",
    "scan it anew, or ask for the original file": "Scan het stuk opnieuw, of vraag om het oorspronkelijke bestand.",
    "run again when it is complete": "Het wordt de volgende keer gelezen, als het dan helemaal in de map staat.",
    "run without it, deliver it again and run again": (
        "Haal het bestand uit de map en wacht een nacht. Zet het dan opnieuw in de map."
    ),
    "let the user who runs this read it; what was known of it stays as it was": (
        "Laat de beheerder zorgen dat Raadspoor het mag lezen. Wat er al van te vinden was, blijft zo."
    ),
    "deliver the file itself, or take the link away; what was known of it stays as it was": (
        "Zet het bestand zelf in de map, of haal de snelkoppeling weg. Wat er al van te vinden was, blijft zo."
    ),
    "correct the name in the manifest, so that nothing secret is shown by mistake": (
        "Verbeter de naam in het manifest. Zo wordt niets geheims per ongeluk getoond."
    ),
    "deliver the file, correct the name, or take the line out": (
        "Zet het bestand in de map, verbeter de naam in het manifest, of haal de regel weg."
    ),
    "have the number removed and deliver the document again, or have the administrator release it: raadspoor-ingest "
    "--release (*)": (
        "Laat het nummer weghalen en zet het stuk opnieuw in de map. Is het geen burgerservicenummer, of mag iedereen "
        "het zien? Vraag dan de beheerder om het stuk vrij te geven: raadspoor-ingest --release (*)"
    ),
    "release it again when it may be found: raadspoor-ingest --release (*)": (
        "Mag het stuk weer te vinden zijn? Vraag dan de beheerder om het vrij te geven: raadspoor-ingest --release (*)"
    ),
    "write in the manifest what it is: openbaar opens it, besloten or geheim keeps it closed": (
        "Zet in het manifest wat het stuk is. Met openbaar gaat het open. Met besloten of geheim blijft het dicht."
    ),
    "correct the name of what it replaces in the manifest, or take that out": (
        "Verbeter in het manifest de naam van wat het vervangt, of haal dat weg."
    ),
    "put its lines into manifest.jsonl in SOURCE itself, or give it another name": (
        "Zet de regels in manifest.jsonl, in de map met stukken zelf. Of geef dit bestand een andere naam."
    ),
    "give it a name without a dot in front, or take the line out": (
        "Geef het een naam zonder punt ervoor, of haal de regel weg."
    ),
    "deliver the file itself, or take the line out": "Zet het bestand zelf in de map, of haal de regel weg.",
    "name each file in it, or take the line out": "Noem elk bestand uit die map apart, of haal de regel weg.",
    "deliver it as a PDF whose name ends in .pdf, or take the line out": (
        "Zet er een pdf van in de map, met een naam die eindigt op .pdf. Of haal de regel weg."
    ),
    "install Tesseract with Dutch (Debian: tesseract-ocr tesseract-ocr-nld) and run again": (
        "Laat de beheerder Tesseract met Nederlands installeren (tesseract-ocr tesseract-ocr-nld)."
    ),
    "install (*) for Tesseract, or correct RAADSPOOR_OCR_LANGUAGE, and run again": (
        "Laat de beheerder deze taal installeren voor Tesseract: (*). Of laat de beheerder de instelling verbeteren "
        "(RAADSPOOR_OCR_LANGUAGE)."
    ),
    "set RAADSPOOR_OCR to true and run again": "Laat de beheerder RAADSPOOR_OCR op true zetten.",
}


def in_dutch(text: str) -> str:
    """Return a reason or a remedy in Dutch, with what it tells of this one file left as it is.

    Returns:
        An empty text where it is none of ours: from a program before this one, perhaps, that said it otherwise.
    """
    kept = text.removesuffix(_STILL)
    after = _STILL_DUTCH if kept != text else ""
    for shape, dutch in _shapes():
        if found := shape.fullmatch(kept):
            first, *more = dutch.split("(*)")
            return first + "".join(map("".join, zip(found.groups(), more, strict=True))) + after
    return ""


@cache
def _shapes() -> list[tuple[re.Pattern[str], str]]:
    """Return what is looked for; ``(*)`` stands for what differs from file to file."""
    return [
        (re.compile(re.escape(english).replace(re.escape("(*)"), "(.*)"), re.DOTALL), dutch)
        for english, dutch in (_REASONS | _REMEDIES).items()
    ]
