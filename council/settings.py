"""Every setting, read once from the environment (``RAADSPOOR_…``) and never changed after."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from pydantic import Field, ModelWrapValidatorHandler, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from council.errors import UsageError

SHIPPED_MODEL = "raadspoor-static-nl"


class Settings(BaseSettings):
    """The settings of one process. ``docs/settings.md`` lists the same fields; a test compares the two.

    Raises:
        UsageError: a variable is set to something that it cannot be.
    """

    model_config = SettingsConfigDict(env_prefix="RAADSPOOR_", frozen=True, extra="ignore")

    model: str = Field(
        default=SHIPPED_MODEL,
        description="Embedding model: the shipped one, a sentence-transformers folder, or a model name.",
    )
    query_prompt: str = Field(
        default="", description="Text put before a question when it is embedded, for models that ask for one."
    )
    passage_prompt: str = Field(
        default="", description="Text put before a passage when it is embedded, for models that ask for one."
    )
    model_threads: int = Field(default=0, ge=0, description="Threads for the embedding model; 0 leaves it to torch.")
    qdrant_url: str = Field(
        default="", description="Address of a Qdrant server. Empty: the embedded engine in the data folder."
    )
    qdrant_api_key: SecretStr = Field(default=SecretStr(""), description="Key for that Qdrant server.")
    weight_terms: float = Field(default=1.0, ge=0, description="Weight of the Dutch-terms leg in the fused score.")
    weight_grams: float = Field(default=1.0, ge=0, description="Weight of the 5-gram leg in the fused score.")
    weight_dense: float = Field(default=0.4, ge=0, description="Weight of the dense leg in the fused score.")
    weight_by_question: bool = Field(
        default=True, description="Weigh the dense leg less for short questions and exact wishes, more for long ones."
    )
    prefer: float = Field(
        default=0.03, ge=0, le=0.05, description="What being a decision, and being new, may add to a score; 0: nothing."
    )
    fold: bool = Field(default=True, description="Show documents that say the same under the best of them.")
    reranker: str = Field(
        default="", description="Folder of a sentence-transformers CrossEncoder that orders the best documents anew."
    )
    rerank_depth: int = Field(default=20, ge=1, le=200, description="How many documents the reranker orders anew.")
    searchers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that search for the web page; each loads the model and what it needs of the index.",
    )
    workers: int = Field(
        default=0,
        ge=0,
        description="Processes that read PDFs, and then prepare passages; 0 means one per core.",
    )
    read_seconds: int = Field(default=120, ge=1, description="Seconds that reading one PDF may take.")
    read_megabytes: int = Field(default=2048, ge=256, description="Memory in MiB that one reading process may use.")
    max_pages: int = Field(default=5000, ge=1, description="Pages above which a PDF is refused.")
    max_megabytes: int = Field(default=500, ge=1, description="File size in MiB above which a PDF is refused.")
    ocr: bool = Field(
        default=True, description="Read scanned pages with OCRmyPDF and Tesseract, if they are installed."
    )
    ocr_language: str = Field(default="nld", description="Tesseract's name of the language of scans.")
    ocr_seconds: int = Field(default=600, ge=1, description="Seconds that OCR of one document may take.")
    passwords: str = Field(
        default="", description="Path of a text file with passwords to try on locked PDFs, one on a line."
    )
    render_scale: float = Field(default=2.0, gt=0, le=4, description="Page images: pixels per PDF point (1/72 inch).")
    show_unread: bool = Field(
        default=False, description="Show the images and the PDF of papers before all their pages were read."
    )

    keep_generations: int = Field(
        default=2, ge=2, le=100, description="Generations of the index that are kept, the live one among them."
    )

    keep_reports: int = Field(
        default=400, ge=0, le=100_000, description="Reports of runs that are kept in the data folder; 0 keeps none."
    )

    most_withdrawn: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="The share of the papers of a source, from 20 on, above which a run that misses them stops.",
    )

    mail_to: str = Field(
        default="", description="Who gets the figures of a night by e-mail, one address or several with commas."
    )
    mail_from: str = Field(default="", description="From which address; empty: from the first of those who get it.")
    smtp: str = Field(default="localhost:25", description="Host and port of the mail server.")
    smtp_starttls: bool = Field(default=False, description="Require TLS, and a certificate that this machine trusts.")
    smtp_user: str = Field(default="", description="Name to log in with at the mail server; empty: without a login.")
    smtp_password: str = Field(default="", description="Path of a text file with the password on its first line.")

    usage: bool = Field(default=False, description="Count how the pages are used, without a trace of who uses them.")
    usage_days: int = Field(default=400, ge=1, le=3650, description="Days that those counts are kept.")
    keep_questions_days: int = Field(
        default=0,
        ge=0,
        le=3650,
        description="Days that a question is kept when its reader allows it; 0 keeps none and does not ask.",
    )

    def passwords_to_try(self) -> tuple[str, ...]:
        """Return the passwords that locked PDFs are tried with, in the order of their file; none without such a file.

        Raises:
            UsageError: the file that is named cannot be read.
        """
        if not self.passwords:
            return ()
        try:
            # Notepad puts a mark before the first line, which is no part of a password.
            lines = Path(self.passwords).read_text(encoding="utf-8-sig").splitlines()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"RAADSPOOR_PASSWORDS: {self.passwords} cannot be read ({error}); give a text file in UTF-8"
            ) from error
        return tuple(filter(None, lines))

    @model_validator(mode="wrap")
    @classmethod
    def _say_which(cls, values: object, handler: ModelWrapValidatorHandler[Settings]) -> Settings:
        try:
            return handler(values)
        except ValidationError as error:
            wrong = "; ".join(
                f"RAADSPOOR_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors()
            )
            raise UsageError(f"{wrong}; docs/settings.md says what each setting can be") from None


def from_environment() -> Settings:
    """Return the settings of this process as its variables say them, and warn on standard error of misspelt ones.

    Raises:
        UsageError: a variable is set to something that it cannot be.
    """
    for text in misspelt(os.environ):
        sys.stderr.write(f"raadspoor: {text}\n")
    return Settings()


def misspelt(environment: Iterable[str]) -> tuple[str, ...]:
    """Return what to say of variables that look like settings and are none, one sentence for each; they do nothing.

    Args:
        environment: the names of variables.
    """
    known = [name.upper() for name in Settings.model_fields]
    said = []
    for name in sorted(environment):
        own = name.upper().removeprefix("RAADSPOOR_")
        if own != name.upper() and own not in known:
            near = get_close_matches(own, known, 1)
            meant = f"; did you mean RAADSPOOR_{near[0]}?" if near else ""
            said.append(f"{name} is no setting and does nothing{meant}")
    return tuple(said)


def model_folder(settings: Settings) -> str:
    """Return what sentence-transformers should load: the shipped model's folder, or the setting as it stands."""
    if settings.model == SHIPPED_MODEL:
        return str(Path(__file__).resolve().parent.parent / "search" / "models" / SHIPPED_MODEL)
    return settings.model
