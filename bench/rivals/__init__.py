"""Other ways to search the same passages, each behind the same small door.

=============  ==================================================================
``rival``      what each must do, and how one is opened
``raadspoor``  this product, behind that door
``fts5``       SQLite FTS5 with ``bm25()``: no library at all
``txtai``      txtai's hybrid of BM25 and vectors, with this product's model
``qdrant``     qdrant-client's local mode: our terms and vectors, its fusion by rank
=============  ==================================================================
"""
