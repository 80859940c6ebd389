"""A night over a part of a source, over a source that lists only what is new, and the way back from one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from council import Access, DataError, NotIngested, PersonalCounts, UsageError
from council.settings import Settings
from ingest.__main__ import main
from ingest.planning import plan
from ingest.run import return_to_former
from ingest.scope import Scope
from search.generation import must_be_live
from tests.fakes import FakeEmbedder
from tests.ingest.conftest import LIVE, WITHDRAWN, Town
from tests.ingest.papers import a_pdf, put
from tests.ingest.test_nights import BATH, BATH_2, PARK

KEEP = Scope(keep_missing=True)


def test_a_pattern_limits_what_is_read_and_what_is_withdrawn(town: Town) -> None:
    """This test ensures that what the pattern does not match is neither read, changed nor withdrawn, nor counted."""
    town.put(bath=BATH, moties__park=PARK, moties__old=a_pdf("Motie\nOnderwerp: een brug"))
    town.night()
    town.take("bath", "moties__old")
    town.put(moties__new=BATH_2, other=a_pdf("Brief\nOnderwerp: een boom"))
    report = town.night(Scope(only=("moties/*",)))
    assert (report.added, report.withdrawn, report.unchanged) == (("moties/new.pdf",), ("moties/old.pdf",), 1)
    assert report.only == ("moties/*",)
    assert town.live() == {"bath", "moties/park", "moties/new"}
    report = town.night()
    assert (report.added, report.withdrawn, report.only) == (("other.pdf",), ("bath.pdf",), ())


def test_a_name_with_an_accent_matches_however_it_is_written(town: Town) -> None:
    """This test ensures that a pattern of one sign finds a file of two, and that any of several will do."""
    papers = {"cafe\u0301": BATH, "park": PARK, "rest": BATH_2}
    town.put(**papers)
    assert town.night(Scope(only=("caf\u00e9*", "park.*"))).added == ("cafe\u0301.pdf", "park.pdf")


def test_a_pattern_that_matches_nothing_is_a_mistake(town: Town) -> None:
    """This test ensures that a mistyped pattern is told before a data folder is made, and before a run is written."""
    town.put(bath=BATH)
    with pytest.raises(UsageError, match=r"--only motie/\* matches nothing in .*Nothing was changed"):
        town.night(Scope(only=("motie/*",)))
    assert not town.data.root.exists()
    town.night()
    with pytest.raises(UsageError, match="matches nothing"):
        town.night(Scope(only=("motie/*",)))
    assert town.live() == {"bath"}


def test_a_line_that_closes_a_file_elsewhere_still_makes_new_files_wait(town: Town) -> None:
    """This test ensures that a pattern cannot open what a restricting line without a file may have been meant for."""
    town.put(a=BATH)
    town.say({"file": "elders/b.pdf", "access": "geheim"})
    report = town.night(Scope(only=("a.pdf",)))
    assert [(one.path, "restricts access" in one.reason) for one in report.refused] == [("a.pdf", True)]
    assert town.live() == set()


def test_what_is_not_delivered_again_stays(town: Town) -> None:
    """This test ensures that a source of news only withdraws nothing, not even when it is empty, and that a whole run
    over the same folder does."""
    town.put(bath=BATH)
    town.night(KEEP)
    town.take("bath")
    town.put(park=PARK)
    report = town.night(KEEP)
    assert (report.added, report.withdrawn, report.keep_missing) == (("park.pdf",), (), True)
    town.take("park")
    assert town.night(KEEP).withdrawn == ()
    assert town.live() == {"bath", "park"}
    town.put(other=BATH_2)
    assert town.night().withdrawn == ("bath.pdf", "park.pdf")


def test_a_line_reaches_a_paper_that_was_delivered_before(city: Town) -> None:
    """This test ensures that a kept paper can be closed and withdrawn by the manifest alone, and that a night without
    a line leaves that as it was."""
    city.put(bath=BATH, park=PARK)
    city.night(KEEP)
    city.take("bath", "park")
    city.say({"file": "bath.pdf", "access": "geheim"}, {"file": "park.pdf", "withdrawn": "2024-01-01"})
    report = city.night(KEEP)
    assert (report.refused, report.withdrawn) == ((), ("park.pdf",))
    city.say()
    city.night(KEEP)
    assert city.hits("zwembad") == []
    assert city.standing() == {"bath": LIVE, "park": WITHDRAWN}


def test_personal_data_are_counted_and_not_kept(town: Town) -> None:
    """This test ensures that the report says how many there are in what was read tonight, and never which."""
    text = "Mail jan@dalmeren.example of piet@dalmeren.example, bel 06-12345678\nRekening NL91 ABNA 0417 1643 00"
    town.put(brief=a_pdf(text, text), bath=BATH)
    report = town.night()
    assert report.personal == PersonalCounts(documents=1, email_addresses=4, telephone_numbers=2, bank_accounts=2)
    assert "jan@" not in str(report)
    assert town.night().personal == PersonalCounts()


def test_the_time_of_each_stage_is_in_the_report(town: Town) -> None:
    """This test ensures that all stages are there, once each, and together take no longer than the run."""
    town.put(bath=BATH)
    report = town.night()
    assert [stage.name for stage in report.stages] == ["compare", "read", "recut", "index", "scan"]
    assert all(stage.seconds >= 0 for stage in report.stages)
    assert sum(stage.seconds for stage in report.stages) <= report.seconds


def test_the_generation_before_answers_again_until_the_next_night(city: Town) -> None:
    """This test ensures that the way back is a whole index, shows nothing that was withdrawn since, and is left by the
    next run."""
    city.put(bath=BATH, park=PARK)
    first = city.night().generation
    city.take("bath")
    city.put(other=BATH_2)
    second = city.night().generation
    assert return_to_former(city.data, city.settings, embedder=FakeEmbedder) == first
    assert city.hits("stadspark") == ["park"]
    assert not {"bath", "other"} & set(city.hits("zwembad"))
    third = city.night().generation
    assert len({first, second, third}) == 3
    assert "other" in city.hits("zwembad")


def test_nobody_goes_back_to_what_is_damaged(city: Town) -> None:
    """This test ensures that the way back does not lead from an index that answers to one that does not."""
    city.put(bath=BATH)
    first = city.night().generation
    city.put(park=PARK)
    second = city.night().generation
    (city.data.index / first / "words" / "ids.npy").unlink()
    with pytest.raises(DataError, match=r"ids\.npy.*run raadspoor-ingest"):
        return_to_former(city.data, city.settings, embedder=FakeEmbedder)
    assert must_be_live(city.data).name == second


def test_there_must_be_something_to_go_back_to(city: Town) -> None:
    """This test ensures that each reason why there is no way back is told, and changes nothing."""
    with pytest.raises(NotIngested):
        return_to_former(city.data, city.settings, embedder=FakeEmbedder)
    assert not city.data.root.exists()
    city.put(bath=BATH)
    city.night()
    with pytest.raises(DataError, match="no generation before"):
        return_to_former(city.data, city.settings, embedder=FakeEmbedder)
    city.put(park=PARK)
    city.night()
    with pytest.raises(DataError, match="another model, engine or program"):
        return_to_former(city.data, city.settings)
    on_server = city.settings.model_copy(update={"qdrant_url": "http://127.0.0.1:1"})
    with pytest.raises(DataError, match="another model, engine or program"):
        return_to_former(city.data, on_server, embedder=FakeEmbedder)
    assert city.hits("stadspark")[0] == "park"


@pytest.mark.parametrize("more", [["SOURCE"], ["--only", "x"], ["--keep-missing"], ["--withdraw-all"], ["--show", "x"]])
def test_the_way_back_is_asked_for_alone(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """This test ensures that --rollback is never taken for part of a run."""
    with pytest.raises(SystemExit) as ended:
        main([*more, "--rollback", "--data", "nowhere"])
    assert ended.value.code == 2
    assert "--rollback" in capsys.readouterr().err


def test_a_scope_is_a_value() -> None:
    """This test ensures that no pattern means everything, and that case counts."""
    assert Scope().holds("a/b.pdf")
    assert not replace(Scope(), only=("A/*",)).holds("a/b.pdf")


def many(town: Town, folder: str, number: int) -> None:
    """Deliver so many papers in a folder."""
    town.put(**{f"{folder}__{each}": a_pdf(f"Nota {folder}\nOnderwerp: zaak {each}") for each in range(number)})


def test_most_papers_do_not_go_in_silence(town: Town) -> None:
    """This test ensures that a share that is not there tonight withdraws nothing, in a run and in a plan, while what
    the manifest closes or withdraws is so; that it is told what to do, and that this works."""
    many(town, "een", 11)
    many(town, "twee", 9)
    town.night()
    (town.source / "een").rename(town.source.parent / "een")
    town.say({"file": "twee/1.pdf", "access": "geheim"}, {"file": "een/2.pdf", "withdrawn": "2024-01-01"})
    with pytest.raises(UsageError, match=r"11 of 20 papers are no longer there.*--withdraw-all"):
        plan(town.source, town.data, town.settings, municipality="gm9901", scope=Scope())
    with pytest.raises(UsageError, match=r"11 of 20 papers are no longer there.*--withdraw-all"):
        town.night()
    assert len(town.live()) == 19
    assert town.papers()["twee/1"].access is Access.GEHEIM
    kept = [path.read_text(encoding="utf-8") for path in town.data.reports.glob("*.json")]
    assert sum("11 of 20" in text for text in kept) == 1
    # With the one that the manifest took back in the night that was stopped, which no report told.
    assert len(town.night(Scope(withdraw_all=True)).withdrawn) == 11
    (town.source.parent / "een").rename(town.source / "een")
    assert len(town.night().added) == 10


@pytest.mark.parametrize(
    ("first", "second", "settings"),
    [(10, 10, {}), (11, 8, {}), (19, 1, {"most_withdrawn": 0.95}), (19, 1, {"most_withdrawn": 1.0})],
)
def test_some_papers_may_go(town: Town, first: int, second: int, settings: dict[str, float]) -> None:
    """This test ensures that half may go, more of a few papers, and as many as the setting says."""
    many(town, "een", first)
    many(town, "twee", second)
    town.night()
    (town.source / "een").rename(town.source.parent / "een")
    assert len(town.night(**settings).withdrawn) == first


def test_what_was_moved_or_lies_elsewhere_too_is_not_missed(town: Town) -> None:
    """This test ensures that a folder that got another name, and copies that go, stop no night; and that a pattern is
    held to what it looks at."""
    many(town, "een", 20)
    town.put(blijft=BATH)
    town.night()
    (town.source / "een").rename(town.source / "elders")
    assert town.night().withdrawn == ()
    put(town.source, {f"kopie/{file.name}": file.read_bytes() for file in (town.source / "elders").iterdir()})
    town.night()
    (town.source / "elders").rename(town.source.parent / "elders")
    assert town.night().withdrawn == ()
    many(town, "veel", 30)
    town.night()
    (town.source / "kopie").rename(town.source.parent / "kopie")
    with pytest.raises(UsageError, match="20 of 20 papers"):
        town.night(Scope(only=("kopie/*",)))
    assert len(town.night().withdrawn) == 20


def test_a_share_of_what_may_go_is_one() -> None:
    """This test ensures that a number that is no share is told before anything happens."""
    with pytest.raises(UsageError, match="RAADSPOOR_MOST_WITHDRAWN"):
        Settings(most_withdrawn=1.5)
