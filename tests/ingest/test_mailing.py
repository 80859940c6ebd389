"""The figures of a night by mail, taken by a mail server that this test runs."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from council import DataError, DataFolder, Refusal, UsageError
from council.settings import Settings
from ingest.__main__ import main
from ingest.kept import Keeper, newest
from ingest.mailing import mail_newest
from tests.ingest.test_kept import BAD, REPORT, keep

SECRET = replace(BAD, path="geheim/dossier Jansen.pdf", reason="reden van Jansen")
TONIGHT = replace(REPORT, added=("a.pdf",) * 1234, refused=(SECRET,), held=(SECRET, SECRET), unchanged=7)


class _Talk(socketserver.StreamRequestHandler):
    """Enough of SMTP (RFC 5321) to take a mail."""

    def handle(self) -> None:
        server = self.server
        assert isinstance(server, MailServer)
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].split(":")[0].upper()
            if word == "DATA":
                self.wfile.write(b"354 go on\r\n")
                server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            elif word == "EHLO":
                self.wfile.write(b"250-test\r\n" + b"250-STARTTLS\r\n" * bool(server.tls) + b"250 AUTH PLAIN\r\n")
                continue
            elif word == "STARTTLS" and server.tls is not None:
                self.wfile.write(b"220 go on in secret\r\n")
                try:
                    self.request = server.tls.wrap_socket(self.request, server_side=True)
                except ssl.SSLError:
                    return
                self.setup()
                server.lines.append("STARTTLS")
                continue
            elif word == "AUTH":
                name, password = b64decode(line.split(" ")[2]).split(b"\0")[1:]
                server.logins.append((name.decode(), password.decode()))
                self.wfile.write(b"235 welcome\r\n" if password == b"sesam" else b"535 wrong\r\n")
                continue
            elif word == "RCPT" and server.refusing in line and server.refusing:
                self.wfile.write(b"550 nobody of that name\r\n")
                continue
            elif word == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            server.lines.append(line)
            self.wfile.write(b"250 ok\r\n")

    def finish(self) -> None:
        """Close what this made of the connection; the server knows only the plain one."""
        super().finish()
        self.request.close()


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it is sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[bytes] = []
        self.lines: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.refusing = ""
        self.tls: ssl.SSLContext | None = None

    @property
    def mail(self) -> EmailMessage:
        """The one mail that came."""
        (raw,) = self.mails
        parsed = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,))
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def settings(server: MailServer) -> Settings:
    return Settings(mail_to="griffie@example.nl", smtp=f"127.0.0.1:{server.server_address[1]}")


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.root.mkdir()
    return made


def a_keeper(data: DataFolder, *, ago: dt.timedelta = dt.timedelta(hours=5)) -> Keeper:
    begun = dt.datetime.now().astimezone() - ago
    return Keeper(folder=data.reports, most=9, begun=begun, municipality="gm9901", source="/bron", warn=pytest.fail)


def parts(mail: EmailMessage) -> tuple[str, str]:
    """Return the plain and the HTML part."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def test_a_mail_has_the_figures_and_no_names(data: DataFolder, settings: Settings, server: MailServer) -> None:
    """This test ensures that both parts say how many papers there were of each sort and where the report lies, and that
    no name, reason or place of a paper leaves the machine."""
    keep(a_keeper(data), TONIGHT)
    mail_newest(data, settings)
    assert server.mail["To"] == "griffie@example.nl"
    assert server.mail["From"] == "griffie@example.nl"
    assert server.mail["Subject"] == "Raadspoor: de stukken zijn bijgewerkt, meldingen: 3"
    plain, html = parts(server.mail)
    for line in ("Toegevoegd: 1.234", "Niet veranderd: 7", "Niet gelezen: 1", "Tegengehouden: 2", "Dubbel: 0"):
        assert line in plain
    assert '>Toegevoegd</th><td style="text-align: right">1.234</td>' in html
    for text in (plain, html):
        assert str(data.reports) in text
        assert not [name for name in ("Jansen", "a.pdf", "/bron") if name in text]


@pytest.mark.parametrize(
    ("changes", "count"), [({}, 0), ({"held": (SECRET,)}, 1), ({"waiting": (SECRET,)}, 1), ({"partly": (SECRET,)}, 1)]
)
def test_the_subject_counts_what_somebody_has_to_look_at(
    data: DataFolder, settings: Settings, server: MailServer, changes: dict[str, tuple[Refusal, ...]], count: int
) -> None:
    """This test ensures that a paper that is held back, or waits, is a remark like one that could not be read."""
    keeper = a_keeper(data)
    files = keeper.made(replace(REPORT, refused=(), **changes))  # type: ignore[arg-type]
    assert files is not None and keeper.put(files)
    mail_newest(data, settings)
    assert server.mail["Subject"] == f"Raadspoor: de stukken zijn bijgewerkt, meldingen: {count}"
    assert ("In het verslag staat wat niet" in parts(server.mail)[0]) == bool(count)


def test_a_night_that_failed_is_mailed_without_its_message(
    data: DataFolder, settings: Settings, server: MailServer
) -> None:
    """This test ensures that the mail says that it failed and with which code, and not the name in the message."""
    with pytest.raises(UsageError), a_keeper(data).keeping_failure():
        raise UsageError("manifest.jsonl: line 2: geheim/dossier Jansen.pdf")
    mail_newest(data, settings)
    assert server.mail["Subject"] == "Raadspoor: de stukken zijn niet bijgewerkt"
    for text in parts(server.mail):
        assert "gestopt met code 2: de map met stukken ontbreekt, of het manifest" in text
        assert "Jansen" not in text


def test_a_night_that_never_was_is_mailed_too(data: DataFolder, settings: Settings, server: MailServer) -> None:
    """This test ensures that the clerk hears of it when the newest report is older than a day, or when none was ever
    kept."""
    mail_newest(data, settings)
    assert "Er is nog geen verslag" in parts(server.mail)[0]
    server.mails.clear()
    keep(a_keeper(data, ago=dt.timedelta(hours=29)), TONIGHT)
    mail_newest(data, settings)
    assert server.mail["Subject"] == "Raadspoor: geen verslag van de afgelopen 24 uur"
    assert "1.234" not in parts(server.mail)[0]


def test_the_newest_report_is_found_by_its_name(data: DataFolder) -> None:
    """This test ensures that the tenth run of a second comes after the second one."""
    data.reports.mkdir(parents=True)
    stem = "2026-11-25T020001"
    for name in (f"{stem}.json", f"{stem}-2.json", f"{stem}-10.json", f"{stem}-11.html", "zz.json"):
        (data.reports / name).touch()
    found = newest(data.reports)
    assert found is not None
    assert found.name == f"{stem}-10.json"


@pytest.mark.parametrize(
    "changes",
    [
        {"mail_to": ""},
        {"mail_to": "griffie@example.nl\r\nBcc: ander@example.nl"},
        {"mail_to": "griffie"},
        {"mail_to": "griffie@"},
        {"mail_from": "raadspoor@example.nl\nSubject: iets anders"},
        {"mail_from": "<>"},
        {"smtp": "mail.example.nl"},
        {"smtp": "mail.example.nl:0"},
        {"smtp": ":25"},
    ],
)
def test_an_address_that_is_none_sends_nothing(
    data: DataFolder, settings: Settings, server: MailServer, changes: dict[str, str]
) -> None:
    """This test ensures that a setting cannot add a header or a reader, and that a mistake is named by its variable."""
    with pytest.raises(UsageError, match="RAADSPOOR_"):
        mail_newest(data, settings.model_copy(update=changes))
    assert server.mails == []
    assert server.lines == []


def test_a_server_without_tls_gets_nothing_where_tls_is_wanted(
    data: DataFolder, settings: Settings, server: MailServer
) -> None:
    """This test ensures that a mail that must be encrypted does not go in the clear."""
    with pytest.raises(DataError, match=r"RAADSPOOR_SMTP: .* nothing was sent"):
        mail_newest(data, settings.model_copy(update={"smtp_starttls": True}))
    assert server.mails == []


def a_certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate of this machine's own; return it, and what a server needs to show it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, both = folder / "mail.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    both.write_bytes(secret + certificate.read_bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return certificate, context


@pytest.mark.parametrize("trusted", [True, False])
def test_a_login_over_tls_goes_to_a_server_that_is_trusted_only(
    data: DataFolder,
    settings: Settings,
    server: MailServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
) -> None:
    """This test ensures that a real handshake comes before the password, and that nobody's certificate stops it."""
    certificate, server.tls = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate) if trusted else "/nothing")
    chosen = _with_login(settings, tmp_path, "sesam", smtp_starttls=True)
    if trusted:
        mail_newest(data, chosen)
        assert server.lines[0] == "STARTTLS"
        assert server.logins == [("raadspoor", "sesam")]
        assert len(server.mails) == 1
    else:
        with pytest.raises(DataError, match=r"certificate.*nothing was sent"):
            mail_newest(data, chosen)
        assert server.logins == server.mails == []


def _with_login(settings: Settings, folder: Path, password: str, **changes: object) -> Settings:
    path = folder / "wachtwoord"
    path.write_text(password, encoding="utf-8")
    return settings.model_copy(update={"smtp_user": "raadspoor", "smtp_password": str(path), **changes})


def test_a_server_that_wants_a_login_gets_it(
    data: DataFolder, settings: Settings, server: MailServer, tmp_path: Path
) -> None:
    """This test ensures that name and password are those of the settings and the file, without its line end."""
    mail_newest(data, _with_login(settings, tmp_path, "sesam\n"))
    assert server.logins == [("raadspoor", "sesam")]
    assert len(server.mails) == 1


def test_a_wrong_password_sends_nothing_and_is_not_told(
    data: DataFolder, settings: Settings, server: MailServer, tmp_path: Path
) -> None:
    """This test ensures that a refused login is an error that names the server and never the password."""
    with pytest.raises(DataError, match="did not take the mail") as error:
        mail_newest(data, _with_login(settings, tmp_path, "verkeerd"))
    assert server.mails == [] and "verkeerd" not in str(error.value)


@pytest.mark.parametrize(
    ("password", "changes", "named"),
    [
        ("sesam", {"smtp": "mail.example.nl:25"}, "RAADSPOOR_SMTP_USER"),
        ("", {}, "RAADSPOOR_SMTP_PASSWORD"),
        ("gehéim", {}, "RAADSPOOR_SMTP_PASSWORD"),
        ("sesam", {"smtp_password": "/nergens/wachtwoord"}, "RAADSPOOR_SMTP_PASSWORD"),
        ("sesam", {"smtp_password": ""}, "RAADSPOOR_SMTP_PASSWORD is empty"),
        ("sesam", {"smtp_user": "griffié"}, "RAADSPOOR_SMTP_USER"),
    ],
)
def test_a_login_that_cannot_be_used_asks_nothing_of_the_server(
    data: DataFolder,
    settings: Settings,
    server: MailServer,
    tmp_path: Path,
    password: str,
    changes: dict[str, object],
    named: str,
) -> None:
    """This test ensures that a password never goes in the clear to another machine, and that a file without one is
    named and not quoted."""
    with pytest.raises(UsageError, match=named) as error:
        mail_newest(data, _with_login(settings, tmp_path, password, **changes))
    assert server.logins == [] and server.mails == []
    assert "gehéim" not in str(error.value)


def test_a_reader_who_is_refused_is_named(data: DataFolder, settings: Settings, server: MailServer) -> None:
    """This test ensures that one wrong address among several is told, and that the others get their mail."""
    server.refusing = "weg@example.nl"
    several = settings.model_copy(update={"mail_to": "griffie@example.nl, weg@example.nl"})
    with pytest.raises(DataError, match=r"refused weg@example\.nl; the others were sent it"):
        mail_newest(data, several)
    assert len(server.mails) == 1


@pytest.mark.parametrize(
    "content", ["", "[]", '{"form": 2}', '{"form": 1}', '{"form": 1, "begun": "gisteren"}', "{}", '{"form":']
)
def test_a_report_that_is_damaged_is_told(data: DataFolder, settings: Settings, content: str) -> None:
    """This test ensures that a report that cannot be used is an error with its name, and not a mail with half of it."""
    data.reports.mkdir(parents=True)
    (data.reports / "2026-11-25T020001.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"2026-11-25T020001\.json"):
        mail_newest(data, settings)


def test_the_command_says_whether_it_mailed(
    data: DataFolder,
    settings: Settings,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """This test ensures that --mail ends with 0 when the mail was taken, 4 when no server is there, and 2 beside a
    source or without the data folder: a misspelt one is no night without a report."""
    keep(a_keeper(data), TONIGHT)
    monkeypatch.setenv("RAADSPOOR_MAIL_TO", settings.mail_to)
    monkeypatch.setenv("RAADSPOOR_SMTP", settings.smtp)
    assert main(["--mail", "--data", str(data.root)]) == 0
    assert capsys.readouterr().out == "mailed to griffie@example.nl\n"
    assert len(server.mails) == 1
    assert main(["--mail", "--data", f"{data.root}x"]) == 2
    assert "is not there; give the data folder" in capsys.readouterr().err
    assert len(server.mails) == 1
    server.shutdown()
    server.server_close()
    assert main(["--mail", "--data", str(data.root)]) == 4
    assert "did not take the mail" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main([str(data.root), "--mail", "--data", str(data.root)])
    assert json.loads(next(data.reports.glob("*.json")).read_bytes())["exit_code"] == 3
