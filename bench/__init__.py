"""How fast is it, and in how much memory? ``python -m bench`` measures and writes ``bench/results.json``.

===============  ======================================================================
``collections``  what is measured on: the sample, and law text up to 100,000 passages
``measure``      one measurement in one process: ingest, embedding, questions
``machine``      which machine and which commit the figures are of
===============  ======================================================================
"""
