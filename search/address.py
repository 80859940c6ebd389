"""Forms of address: what stands before a name, in minutes, in letters and in questions."""

from __future__ import annotations

import re

_FORM = (
    r"(?:de\s+)?heer|dhr\.?|mevrouw|mevr\.?|mw\.?|(?:de\s+)?(?:wethouder|burgemeester|loco-?burgemeester|raadslid|"
    r"commissielid|burgerlid|duoraadslid|fractievoorzitter|portefeuillehouder|inspreekster|inspreker|griffier|"
    r"raadsgriffier|gemeentesecretaris|secretaris)"
)
ADDRESSED = re.compile(rf"(?:{_FORM})(?:\s+(?:{_FORM}))*(?=\s)", re.IGNORECASE)
"""One form or more, up to the name that follows: *de heer*, *Mevrouw de wethouder*."""
OFFICE = re.compile(
    r"(?:de\s+)?(?:(?:plaatsvervangend|plv\.?|waarnemend|wnd\.?|technisch)\s+)?(?:voorzitter|voorzitster|burgemeester|"
    r"griffier|raadsgriffier|gemeentesecretaris|secretaris|wethouder|inspreker|inspreekster|insprekers)",
    re.IGNORECASE,
)
"""An office that speaks without a name: *De voorzitter*; to be matched with all of a label."""
GUESTS = ("inspreker", "inspreekster", "de inspreker", "de inspreekster")
"""Who speaks for himself: what stands between brackets behind one says who that is, and is no party."""
ANYBODYS = "heer mevrouw mevr mw dhr raadslid"
"""What may stand before every name, and so tells nobody from another."""
