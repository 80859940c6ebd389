"""How fast is it, in how much memory, and how do others do? ``python -m bench`` writes ``bench/results.json``.

================  ======================================================================
``plan``          which measurements there are, and what each needs
``running``       each in a process of its own; a failure costs only what stands on it
``measure``       one measurement, by name: reading, embedding and filling are here
``asking``        latency of searches and answers, opening, memory, eight readers at once
``dense``         what the dense leg finds of what brute force finds
``nights``        many real papers at once, a night without news, one with a few
``naive``         the afternoon's way of doing it, to measure beside
``quantising``    what smaller vectors save and cost
``side_by_side``  one way to search on one collection: quality, time, memory
``rivals``        the ways to search, each behind the same small door
``collections``   what is measured on: the sample, law text, judged public sets
``questions``     what is asked, each once
``timing``        milliseconds and percentiles
``machine``       which machine and which commit the figures are of; memory
``pace``          how quick the machine is at that moment
``results``       the file of figures
``targets``       what is promised
``table``         the figures as tables in the documents
================  ======================================================================
"""
