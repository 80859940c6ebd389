"""Here are tonight's papers. What changed, what do they say, and what could not be read?

==================  ==================================================================
``source``          the folder and its manifest
``reading``         one PDF, in a process of its own with bounds
``pdf_text``        page text through PDFium
``pdf_about``       title, labels, passwords and repair through pypdf
``ocr``             scanned pages through OCRmyPDF and Tesseract
``derive``          kind, title, date and body where no manifest says them
``personal_data``   citizen service numbers
``lock``            one run at a time
``run``             the recipe
``report``          what a run did
==================  ==================================================================
"""

from ingest.report import as_json, as_text, exit_code
from ingest.run import Progress, ingest

__all__ = ["Progress", "as_json", "as_text", "exit_code", "ingest"]
