"""Dense vectors: the shipped model, any other model, and none."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from council import DataError
from council.settings import SHIPPED_MODEL, Settings, model_folder
from search.embedding import SentenceTransformerEmbedder
from search.word_pieces import is_word_by_word
from tests.fakes import ODD

SHIPPED = Path(model_folder(Settings(model=SHIPPED_MODEL)))
TEXTS = [
    "De raad stelt het bestemmingsplan vast.",
    "Het zwembad krijgt een nieuw dak.",
    "x",
    ODD,
    "woord " * 5_000,
    "€ 1.250.000",
]


@pytest.fixture(scope="module")
def shipped() -> SentenceTransformerEmbedder:
    """Give the model that is shipped."""
    return SentenceTransformerEmbedder.from_settings(Settings(model=SHIPPED_MODEL, query_prompt="", passage_prompt=""))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a model of 12 dimensions that knows five words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "raad": 1, "zwembad": 2, "plan": 3, "brug": 4}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    folder = tmp_path_factory.mktemp("models") / "small"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=12)], device="cpu").save(str(folder))
    return folder


def test_the_shipped_model_gives_unit_vectors_for_any_text(shipped: SentenceTransformerEmbedder) -> None:
    """This test ensures that every text, however odd, has a direction of length 1, or none at all, and never a NaN."""
    vectors = shipped.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), shipped.dimension)
    assert vectors.dtype == np.float32
    assert np.isfinite(vectors).all()
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-4)
    (empty,) = shipped.passages([""])
    assert np.isfinite(empty).all()


def test_the_shipped_model_is_the_same_every_time(shipped: SentenceTransformerEmbedder) -> None:
    """This test ensures that a text's vector depends neither on the texts beside it nor on which side it is on."""
    together = shipped.passages(TEXTS)
    for at, text in enumerate(TEXTS):
        assert shipped.passages([text])[0] == pytest.approx(together[at], abs=1e-5)
        assert shipped.queries([text])[0] == pytest.approx(together[at], abs=1e-5)


def test_the_shipped_model_knows_dutch_words_that_mean_the_same(shipped: SentenceTransformerEmbedder) -> None:
    """This test ensures that the model says something: each question is nearest to the passage on its topic."""
    passages = shipped.passages(
        [
            "De parkeervergunning geldt voor bewoners en kost per auto een bedrag per jaar.",
            "Huishoudens laten restafval en papier ophalen en betalen daarvoor afvalstoffenheffing.",
            "De omgevingsvergunning voor het bouwen van een dakkapel wordt aangevraagd bij het college.",
            "De leerling met een indicatie krijgt vervoer naar de school van zijn richting.",
        ]
    )
    asked = shipped.queries(
        ["bewoners parkeren auto", "papier en restafval van huishoudens", "dakkapel bouwen", "vervoer leerling school"]
    )
    assert (asked @ passages.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert shipped.knows_words


def test_no_texts_give_no_vectors(shipped: SentenceTransformerEmbedder) -> None:
    """This test ensures that an empty list keeps its shape."""
    assert shipped.passages([]).shape == (0, shipped.dimension)
    assert shipped.queries([]).shape == (0, shipped.dimension)


def test_a_fingerprint_tells_models_prompts_and_files_apart(small: Path, tmp_path: Path) -> None:
    """This test ensures that vectors that cannot be compared never carry the same mark, wherever the model lies."""

    def mark(folder: Path, query: str = "", passage: str = "") -> str:
        return SentenceTransformerEmbedder(str(folder), query_prompt=query, passage_prompt=passage).fingerprint

    copy = tmp_path / "small"
    shutil.copytree(small, copy)
    assert mark(small) == mark(copy)
    marks = [mark(small), mark(small, "query: "), mark(small, "", "query: "), mark(small, "a", "b"), mark(SHIPPED)]
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    marks.append(mark(copy))
    (copy / "vocab.txt").write_text("raad", encoding="utf-8")
    marks.append(mark(copy))
    assert len(set(marks)) == len(marks)
    (copy / "README.md").write_text("Anders", encoding="utf-8")
    assert mark(copy) == marks[-1]


def test_any_other_model_in_a_folder_works(small: Path) -> None:
    """This test ensures that a municipality can use a model of its own, of another size, by setting alone."""
    embedder = SentenceTransformerEmbedder.from_settings(Settings(model=str(small), model_threads=1))
    assert (embedder.name, embedder.dimension) == ("small", 12)
    vectors = embedder.passages(["raad zwembad", "zwembad raad", "brug"])
    assert vectors.shape == (3, 12)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert vectors[0] == pytest.approx(vectors[1], abs=1e-5)
    assert vectors[0] != pytest.approx(vectors[2], abs=1e-2)


def test_a_question_alone_has_the_vector_that_it_has_among_others(shipped: SentenceTransformerEmbedder) -> None:
    """This test ensures that the short way for one question gives the same vector to the last bit, also of no word."""
    together = shipped.queries([*TEXTS, ""])
    alone = np.concatenate([shipped.queries([text]) for text in (*TEXTS, "")])
    assert alone.tobytes() == together.tobytes()


def test_many_texts_in_one_thread_have_the_vectors_of_several(small: Path) -> None:
    """This test ensures that sparing threads changes no vector, and leaves other models the threads that they had."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        ours = SentenceTransformerEmbedder(str(small)).passages(["raad plan", "brug", "zwembad raad brug"] * 200)
        assert torch.get_num_threads() == 2
        asked = SentenceTransformerEmbedder(str(small), threads=2).passages(
            ["raad plan", "brug", "zwembad raad brug"] * 200
        )
    finally:
        torch.set_num_threads(before)
    assert (ours == asked).all()


def test_prompts_stand_before_the_text(small: Path) -> None:
    """This test ensures that models that ask for a prompt get it, each side its own."""
    plain = SentenceTransformerEmbedder(str(small))
    prompted = SentenceTransformerEmbedder(str(small), query_prompt="raad ", passage_prompt="brug ")
    assert prompted.queries(["plan"]) == pytest.approx(plain.queries(["raad plan"]), abs=1e-6)
    assert prompted.passages(["plan"]) == pytest.approx(plain.passages(["brug plan"]), abs=1e-6)


@pytest.mark.parametrize("name", ["/no/such/folder", "./nothing", "../nothing", "~/nothing"])
def test_a_folder_that_is_not_there_gives_the_setting_to_change(name: str) -> None:
    """This test ensures that a lost model is named at once, and is not looked for on the network."""
    embedder = SentenceTransformerEmbedder(name)
    for ask in (lambda: embedder.fingerprint, lambda: embedder.dimension, lambda: embedder.queries(["x"])):
        with pytest.raises(DataError, match=r"nothing|/no/such/folder") as raised:
            ask()
        assert "RAADSPOOR_MODEL" in str(raised.value)


@pytest.mark.parametrize("damage", ["weights", "modules", "empty"])
def test_a_model_that_is_damaged_gives_the_setting_to_change(small: Path, tmp_path: Path, damage: str) -> None:
    """This test ensures that half a download is an error with a remedy and not a traceback."""
    copy = tmp_path / "half"
    if damage == "empty":
        copy.mkdir()
    else:
        shutil.copytree(small, copy)
        file = copy / {"weights": "model.safetensors", "modules": "modules.json"}[damage]
        file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(DataError, match=r"half.*RAADSPOOR_MODEL"):
        SentenceTransformerEmbedder(str(copy)).queries(["raad"])


def test_cutting_word_by_word_changes_no_vector(shipped: SentenceTransformerEmbedder) -> None:
    """This test ensures that passages, whose words are cut once, get what the model gives for the whole text."""
    from sentence_transformers import SentenceTransformer

    odd = [
        "",
        " \x85\x1c ",
        "\u0301a b\u0301 c",
        "raad\u00a0huis",
        "e-mail wmo\u00adraad 9\u2011daags",
        "ﬁ ½ ẞ İ Σς",
        "日本語 x",
        "١٢ ab12cd",
    ]
    texts = [*TEXTS, *odd, *TEXTS]
    whole = SentenceTransformer(str(SHIPPED), device="cpu").encode(texts, normalize_embeddings=True)
    assert shipped.passages(texts) == pytest.approx(np.nan_to_num(whole), abs=2e-7)
    one_by_one = np.concatenate([shipped.queries([text]) for text in texts])
    assert np.array_equal(shipped.passages(texts), one_by_one)


def test_a_model_that_makes_words_otherwise_is_not_given_them_one_by_one(small: Path) -> None:
    """This test ensures that only a tokenizer that is known to part words at white space is spared the whole text."""
    assert is_word_by_word(Tokenizer.from_file(str(SHIPPED / "tokenizer.json")))
    assert not is_word_by_word(Tokenizer.from_file(str(small / "tokenizer.json")))
