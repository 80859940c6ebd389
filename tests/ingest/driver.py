"""``python -m tests.ingest.driver SOURCE DATA [SECONDS]``: a whole run with a small embedder, to be killed in a test.

With SECONDS it holds the lock of the data folder for so long and does nothing else.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from council import DataFolder
from council.settings import Settings
from ingest import as_text, ingest
from ingest.lock import only_run
from tests.fakes import FakeEmbedder

if __name__ == "__main__":
    source, folder, *seconds = sys.argv[1:]
    data = DataFolder(Path(folder))
    if seconds:
        with only_run(data.lock):
            sys.stdout.write("locked\n")
            sys.stdout.flush()
            time.sleep(float(seconds[0]))
    else:
        settings = Settings(ocr=False, workers=1)
        report = ingest(Path(source), data, settings, municipality="gm9901", embedder=FakeEmbedder)
        sys.stdout.write(as_text(report))
