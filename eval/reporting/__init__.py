"""A result as one page that stands by itself, for a reader who has never seen the program.

===============  ====================================================================
``writing``      the page, from a result and what belongs to it
``context``      its head: what this is, and the circumstances
``verdict``      what the figures say, in words chosen by rules
``quality``      every measure, and each baseline
``paired``       the product beside each baseline, p corrected over all
``groups``       figures by type, form, reason, kind, length, dossier
``silence``      "not found", confidence, risk
``calibration``  does confidence mean what it says, risk and coverage
``changes``      wins and losses, question by question
``cost``         time and memory
``failures``     every failing question, and what came instead
``wordings``     titles and words at an address, if everyone may see them
``tables``       what the page is made of: tables and plots
``formats``      figures and texts as they are printed
``plots``        drawings through Matplotlib
``svg``          a drawing made fit for a page
===============  ====================================================================
"""
