"""What is not public is not there, and nothing gives it away."""

import pytest
from fastapi.testclient import TestClient

from council import Access, Filters, Query
from tests.web.conftest import HIDDEN, Town

NOBODY = "0" * 64
ADDRESSES = (
    "/document/{}",
    "/bron/{}/1",
    "/bron/{}/1?span=1-0-20",
    "/pagina/{}/1.png",
    "/pagina/{}/1.png?maat=klein",
    "/pdf/{}",
    "/api/document/{}",
    "/zoeken?q=zwembad&document={}",
    "/api/zoeken?q=zwembad&document={}",
)


@pytest.mark.parametrize("why", HIDDEN)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hidden_paper_looks_like_one_that_never_was(client: TestClient, town: Town, why: str, address: str) -> None:
    """This test ensures that no address tells a secret, withdrawn, held or replaced paper from an unknown one."""
    sha = town.sha(HIDDEN[why])
    hidden, unknown = client.get(address.format(sha)), client.get(address.format(NOBODY))
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.text.replace(sha, NOBODY) == unknown.text
    assert {**hidden.headers, "content-length": ""} == {**unknown.headers, "content-length": ""}
    assert town.document(HIDDEN[why]).title not in hidden.text


@pytest.mark.parametrize("why", HIDDEN)
def test_a_hidden_paper_is_in_no_result_and_no_answer(client: TestClient, town: Town, why: str) -> None:
    """This test ensures that asking for a hidden paper in its own words finds other papers or nothing."""
    document = town.document(HIDDEN[why])
    text = town.catalogue.pages(document.sha256)[0].text
    for question in (document.title, " ".join(text.split()[10:40])):
        for address in ("/zoeken", "/api/zoeken"):
            answer = client.get(address, params={"q": question})
            assert answer.status_code == 200
            assert document.sha256 not in answer.text


def test_the_secret_paper_can_be_found_by_who_may_see_it(town: Town) -> None:
    """This test ensures that the tests here would see it if the web did not keep it away."""
    secret = town.document(HIDDEN["secret"])
    results = town.engine.search(Query(text=secret.title, filters=Filters(access=frozenset({Access.GEHEIM}))))
    assert [hit.document.sha256 for hit in results.hits] == [secret.sha256]


def test_counts_do_not_give_a_secret_paper_away(client: TestClient, town: Town) -> None:
    """This test ensures that the number of papers searched, found and counted per kind holds public papers only."""
    public = sum(1 for each in town.catalogue.documents() if each.access is Access.OPENBAAR)
    everything = sum(1 for _ in town.catalogue.documents())
    assert public < everything
    found = client.get("/api/zoeken", params={"q": "huurvoorwaarden De Kroon gemeente Dalmeren"}).json()
    assert found["searched_documents"] == public
    assert found["total"] <= public
    for values in found["facets"].values():
        assert sum(value["count"] for value in values) <= public
    assert f"<strong>{public}</strong>" in client.get("/").text


def test_no_parameter_widens_what_may_be_seen(client: TestClient, town: Town) -> None:
    """This test ensures that access cannot be asked for in an address."""
    secret = town.sha(HIDDEN["secret"])
    for name in ("access", "toegang", "filters"):
        answer = client.get("/zoeken", params={"q": "huurvoorwaarden De Kroon", name: "geheim"})
        assert secret not in answer.text
