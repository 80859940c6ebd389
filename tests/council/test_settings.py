"""The settings, and the page of documentation that lists them."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError
from pydantic.fields import FieldInfo

from council import UsageError
from council.settings import SHIPPED_MODEL, Settings, from_environment, misspelt, model_folder

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "settings.md"
TYPES: dict[object, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    SecretStr: "secret",
}


def documented() -> dict[str, tuple[str, str, str]]:
    """Return type, default and meaning of every variable in the tables of the documentation."""
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| (.+) \|$", DOCUMENTATION.read_text(encoding="utf-8"), re.M)
    assert len({row[0] for row in rows}) == len(rows)
    return {name: (kind, default, meaning) for name, kind, default, meaning in rows}


def shown(field: FieldInfo) -> str:
    """Return a default as the documentation writes it."""
    value = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    return "*empty*" if value == "" else f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_the_documentation_lists_every_setting_and_no_other() -> None:
    """This test ensures that a setting cannot come or go without its documentation."""
    assert set(documented()) == {f"RAADSPOOR_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_documentation_gives_the_type_and_the_default_of_a_setting(name: str) -> None:
    """This test ensures that what the documentation says of a setting is what the program does without it."""
    field = Settings.model_fields[name]
    kind, default, meaning = documented()[f"RAADSPOOR_{name.upper()}"]
    assert field.annotation is not None
    assert kind.partition(",")[0] == TYPES[field.annotation]
    assert default == shown(field)
    assert len(meaning) > 20
    assert field.description


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that each kind of value is read as what it is, and that what is not ours is left alone."""
    for name, value in {
        "RAADSPOOR_MODEL": "/models/ander",
        "RAADSPOOR_OCR": "false",
        "RAADSPOOR_WEIGHT_DENSE": "0.25",
        "RAADSPOOR_WORKERS": "3",
        "RAADSPOOR_OF_A_LATER_VERSION": "x",
        "MODEL": "not ours",
    }.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.model, settings.ocr, settings.weight_dense, settings.workers) == ("/models/ander", False, 0.25, 3)
    assert model_folder(settings) == "/models/ander"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "-1"),
        ("WORKERS", "veel"),
        ("WEIGHT_TERMS", "-0.1"),
        ("READ_MEGABYTES", "8"),
        ("RENDER_SCALE", "0"),
        ("RENDER_SCALE", "5"),
        ("OCR", "misschien"),
    ],
)
def test_a_value_that_a_setting_cannot_have_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """This test ensures that a mistyped setting stops the command instead of doing something else than was meant."""
    monkeypatch.setenv(f"RAADSPOOR_{name}", value)
    with pytest.raises(UsageError, match=rf"RAADSPOOR_{name}.*docs/settings\.md"):
        Settings()


def test_settings_cannot_change_after_they_were_read() -> None:
    """This test ensures that no part of the program can change what another part was told."""
    with pytest.raises(ValidationError, match="frozen"):
        Settings().workers = 2


def test_the_key_of_the_server_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a secret does not end up in a log through the settings."""
    monkeypatch.setenv("RAADSPOOR_QDRANT_API_KEY", "zeer-geheim")
    settings = Settings()
    assert "zeer-geheim" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert settings.qdrant_api_key.get_secret_value() == "zeer-geheim"


def test_the_shipped_model_is_a_folder_of_this_project() -> None:
    """This test ensures that the default model needs no network."""
    assert Settings.model_fields["model"].default == SHIPPED_MODEL
    assert (Path(model_folder(Settings(model=SHIPPED_MODEL))) / "modules.json").is_file()


def test_a_misspelt_setting_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that a variable that does nothing is named with the one that was meant, and no other is."""
    monkeypatch.setenv("RAADSPOOR_WORKRES", "2")
    monkeypatch.setenv("RAADSPOOR_WORKERS", "3")
    monkeypatch.setenv("raadspoor_max_pages", "4")
    assert from_environment().workers == 3
    said = capsys.readouterr().err.splitlines()
    wanted = "raadspoor: RAADSPOOR_WORKRES is no setting and does nothing; did you mean RAADSPOOR_WORKERS?"
    assert [line for line in said if "WORK" in line or "max_pages" in line.lower()] == [wanted]
    assert misspelt(["RAADSPOOR_XYZXYZ", "PATH"]) == ("RAADSPOOR_XYZXYZ is no setting and does nothing",)
