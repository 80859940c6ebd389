"""The figures of a night by e-mail. Mail leaves the machine, so it names no paper, no path in SOURCE and no error.

It is a command of its own and no part of a run: what opens strange files needs no network then, and a mail server that
is down cannot spoil a night.
"""

from __future__ import annotations

import datetime as dt
import json
import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from council import DataError, DataFolder, UsageError, plain
from council.settings import Settings
from ingest.kept import FORM, newest
from ingest.report_html import CALLING, PARTS, dutch_moment, mail_page, number

TIMEOUT = 20
"""Seconds that the mail server may let wait each time."""
_STALE = dt.timedelta(hours=24)
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})

_WHY = {
    2: "de map met stukken ontbreekt, of het manifest of een instelling klopt niet",
    4: "er is iets met de gegevensmap, of de map met stukken viel weg",
    6: "een ander programma was bezig",
    130: "iemand heeft het gestopt",
    143: "de computer ging uit of iemand heeft het gestopt",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Letter:
    """What a mail says: only figures, and words of ours."""

    short: str
    head: str
    about: str
    counts: tuple[tuple[str, int], ...] = ()


def mail_newest(data: DataFolder, settings: Settings) -> None:
    """Mail the figures of the newest kept report, or that there is none of the last 24 hours.

    Raises:
        UsageError: there is no such data folder, nobody is to get it, an address or the mail server is written
            wrongly, or the password cannot be read or would travel in the clear.
        DataError: the report cannot be read, or the mail server did not take the mail.
    """
    if not data.root.is_dir():
        raise UsageError(f"{data.root} is not there; give the data folder that raadspoor-ingest makes")
    host, port = _server(settings)
    login = _login(settings, host)
    message = _addressed(settings)
    _fill(message, data.reports, dt.datetime.now(dt.UTC))
    try:
        with smtplib.SMTP(host, port, timeout=TIMEOUT) as server:
            if settings.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if login:
                server.login(*login)
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise DataError(f"RAADSPOOR_SMTP: {settings.smtp} did not take the mail ({error}); nothing was sent") from error
    if refused:
        raise DataError(f"RAADSPOOR_SMTP: {settings.smtp} refused {', '.join(refused)}; the others were sent it")


def _server(settings: Settings) -> tuple[str, int]:
    host, _, port = settings.smtp.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or not 0 < int(port) < 1 << 16:
        raise UsageError(f"RAADSPOOR_SMTP: {settings.smtp!r} is not like mail.example.nl:25")
    return host.strip("[]"), int(port)


def _login(settings: Settings, host: str) -> tuple[str, str] | None:
    """Return the name and the password to log in with, or None without a login."""
    if not settings.smtp_user:
        return None
    if not settings.smtp_starttls and host not in _THIS_MACHINE:
        raise UsageError(
            "RAADSPOOR_SMTP_USER: a password goes to another machine over TLS only; set RAADSPOOR_SMTP_STARTTLS=true"
        )
    if not settings.smtp_password:
        raise UsageError("RAADSPOOR_SMTP_PASSWORD is empty; set it to a file with the password of RAADSPOOR_SMTP_USER")
    path = Path(settings.smtp_password)
    try:
        (password, *_) = path.read_text(encoding="ascii").splitlines()
    except (OSError, ValueError) as error:
        why = error if isinstance(error, OSError) else "its first line must be the password, in plain ASCII"
        raise UsageError(f"RAADSPOOR_SMTP_PASSWORD: {settings.smtp_password!r} cannot be used: {why}") from None
    if not settings.smtp_user.isascii():
        raise UsageError("RAADSPOOR_SMTP_USER: a mail server knows names in plain ASCII only")
    return settings.smtp_user, password


def _addressed(settings: Settings) -> EmailMessage:
    """Return an empty mail with its addresses; a line end in one of them is an error, never another header."""
    if not settings.mail_to:
        raise UsageError("RAADSPOOR_MAIL_TO is empty; set it to who must get the figures")
    message = EmailMessage()
    try:
        message["To"] = settings.mail_to
        message["From"] = settings.mail_from or str(message["To"].addresses[0])
    except (ValueError, IndexError, MessageError) as error:
        raise UsageError(f"RAADSPOOR_MAIL_TO or RAADSPOOR_MAIL_FROM is no address ({error})") from error
    for name in ("To", "From"):
        addresses = message[name].addresses
        if not addresses or message[name].defects or not all(one.username and one.domain for one in addresses):
            raise UsageError(f"RAADSPOOR_MAIL_{name.upper()}: {message[name]!s} is no address like griffie@example.nl")
    return message


def _fill(message: EmailMessage, reports: Path, now: dt.datetime) -> None:
    path = newest(reports)
    letter = _of_newest(path, now) if path else _letter(None, now)
    where = f"De verslagen staan in {plain(str(reports))}. In deze mail staan geen namen van stukken."
    message["Subject"] = f"Raadspoor: {letter.short}"
    message["Date"] = now
    counts = "\n".join(f"{label}: {number(count)}" for label, count in letter.counts)
    message.set_content("\n\n".join(part for part in (letter.head, letter.about, counts, where) if part) + "\n")
    html = mail_page(head=letter.head, about=letter.about, counts=letter.counts, where=where)
    message.add_alternative(html, subtype="html")


def _letter(kept: dict[str, Any] | None, now: dt.datetime) -> _Letter:
    begun = dt.datetime.fromisoformat(kept["begun"]) if kept else None
    if kept is None or begun is None or now - begun > _STALE:
        return _Letter(
            short="geen verslag van de afgelopen 24 uur",
            head=f"Het laatste verslag is van {dutch_moment(begun)}" if begun else "Er is nog geen verslag",
            about="Misschien is het inlezen nog bezig, of het is niet begonnen. Vraag het de beheerder.",
        )
    head = f"Verslag van {dutch_moment(begun)}"
    if kept["report"] is None:
        return _Letter(
            short="de stukken zijn niet bijgewerkt",
            head=head,
            about=_stopped(int(kept["exit_code"])),
        )
    found = {field: _count(kept["report"].get(field, 0)) for field, _ in PARTS}
    gone = sum(not source["there"] for source in kept["report"].get("other_sources", ()))
    remarked = gone + sum(found[field] for field in CALLING)
    return _Letter(
        short=f"de stukken zijn bijgewerkt, meldingen: {number(remarked)}",
        head=head,
        about="In het verslag staat wat niet is gelezen, wat nog wacht en wat is tegengehouden."
        if remarked
        else "Wat gelezen kon worden, is gelezen.",
        counts=tuple((label, found[field]) for field, label in PARTS),
    )


def _stopped(code: int) -> str:
    """Return what went wrong as far as the code tells that; the message itself may name a paper."""
    why = _WHY.get(code, "")
    return f"Het inlezen is gestopt met code {code}{f': {why}' if why else ''}. Het bericht staat in het verslag."


def _of_newest(path: Path, now: dt.datetime) -> _Letter:
    try:
        kept: dict[str, Any] = json.loads(path.read_bytes())
        if kept["form"] == FORM:
            return _letter(kept, now)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path} cannot be read ({error}); the next run leaves another report") from error
    raise DataError(f"{path} is of another make of this program; the next run leaves one of this make")


def _count(listed: Any) -> int:  # noqa: ANN401  # a value of JSON
    return len(listed) if isinstance(listed, list) else int(listed)
