"""Pages of a list of documents of which some stand under another."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from council import Filters
from search.fulltext import FullText
from search.fusion import Fused
from search.papers import Papers
from search.ranking import Ranked
from search.register import Register
from search.selection import Listing, Selection
from tests.fakes import a_document


@given(
    under=st.lists(st.integers(0, 3), max_size=6),
    below=st.integers(0, 6),
    others=st.integers(0, 6),
    limit=st.integers(1, 7),
)
def test_pages_one_after_the_other_give_every_document_once(
    under: list[int], below: int, others: int, limit: int
) -> None:
    """This test ensures that paging through shows the first as folded, then the ranked, then the rest, none twice."""
    documents = [a_document(str(at)) for at in range(sum(under) + len(under) + below + others)]
    items = [Ranked(document=one, passages=(Fused(id=at, score=1.0),), score=1.0) for at, one in enumerate(documents)]
    ranked = items[: len(items) - others]
    first, rest = [], list(ranked)
    for count in under:
        head, *twins = rest[: count + 1]
        first.append(head._replace(twins=tuple(twins)))
        rest = rest[count + 1 :]
    every = np.ones(len(documents), np.bool_)
    listing = Listing(
        ranked,
        np.arange(len(ranked)),
        first,
        selection=Selection(
            filters=Filters(),
            kept_out=frozenset(),
            possible=True,
            within=every,
            matching=every,
            documents=every,
        ),
        fulltext=cast(FullText, SimpleNamespace(owners=np.arange(len(documents)), ids=np.arange(len(documents)))),
        register=cast(Register, SimpleNamespace(papers=Papers.of(documents))),
    )
    pages = [listing.page(offset, limit) for offset in range(0, len(listing) + limit, limit)]
    shown = [one.document for page in pages for item in page for one in (item, *item.twins)]
    assert sorted(one.sha256 for one in shown) == sorted(one.sha256 for one in documents)
    assert shown[: len(ranked)] == [item.document for item in ranked]
    assert sum(map(len, pages)) == len(listing) == len(documents) - sum(under)
    assert all(len(page) == limit for page in pages[: len(listing) // limit])
    assert listing.folded == sum(under) and listing.alike == 0
