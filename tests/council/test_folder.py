"""What lies where in a data folder."""

import hashlib
import os
from pathlib import Path

import pytest

from council import DataFolder, keep, sha256_of
from tests.fakes import sha_of


def test_files_lie_by_their_hash(tmp_path: Path) -> None:
    """This test ensures that a document's bytes are found from its hash alone, and that asking makes nothing."""
    data, sha = DataFolder(tmp_path), sha_of("x")
    assert data.original(sha) == tmp_path / "documents" / sha[:2] / f"{sha}.pdf"
    assert data.readable_copy(sha) == data.original(sha)
    data.reading(sha).parent.mkdir(parents=True)
    data.reading(sha).touch()
    assert data.readable_copy(sha) == data.reading(sha)
    assert not data.catalogue.exists()
    assert not data.index.exists()
    assert not data.lock.exists()
    assert not data.usage.exists()


@pytest.mark.parametrize(
    "name", ["", "abc", "../" * 10 + "etc/passwd", "A" * 64, "a" * 63, "a" * 65, "a" * 64 + "\n", "/" * 64, "é" * 64]
)
def test_a_name_that_is_no_hash_is_no_path(tmp_path: Path, name: str) -> None:
    """This test ensures that nothing from a URL can lead out of the data folder."""
    for place in (DataFolder(tmp_path).original, DataFolder(tmp_path).reading, DataFolder(tmp_path).readable_copy):
        with pytest.raises(ValueError, match="not a SHA-256"):
            place(name)


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    """This test ensures that a document is known by the SHA-256 that anyone else would compute."""
    content = os.urandom(3_000_000)
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "empty").touch()
    assert sha256_of(tmp_path / "a") == hashlib.sha256(content).hexdigest()
    assert sha256_of(tmp_path / "empty") == hashlib.sha256().hexdigest()


def test_a_kept_file_is_there_wholly_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test ensures that a disk that fills up leaves neither half a file nor a scrap, and the old file in place."""
    source, target = tmp_path / "source", tmp_path / "a" / "b" / "target"
    source.write_bytes(b"nieuw" * 1000)
    keep(source, target)
    assert target.read_bytes() == source.read_bytes()
    target.write_bytes(b"oud")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        keep(source, target)
    assert [path.name for path in target.parent.iterdir()] == ["target"]
    assert target.read_bytes() == b"oud"
