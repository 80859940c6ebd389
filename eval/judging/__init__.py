"""How people judge what nobody judged yet, and how that comes into the gold set.

================  ===================================================================
``pool``          what waits to be judged: records, and their file
``pooling``       what several results hold that nobody judged
``feedback``      questions of readers, or of your own, that wait to be judged
``judgements``    what one judge said: records, and their file
``describing``    what a judge says of a question that is new
``session``       the way of one judge through a pool
``page``          what a page for judging shows
``texts``         its words, in Dutch and English
``app``           the page itself, for this machine alone
``server``        the page served until it is stopped
``agreement``     two judges side by side, through scikit-learn
``merging``       what of it goes into the gold set
``gold_writing``  the gold set's file with that in it
``terminal``      pools, agreement and merges on a terminal, through Rich
================  ===================================================================
"""
