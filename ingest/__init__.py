"""Here are tonight's papers. What changed, what do they say, and what could not be read?

==================  ==================================================================
``source``          the folder and its PDFs
``scope``           how much of it a run looks at
``absent``          what there is where the manifest names a paper and none is
``names``           how names of files are compared
``manifest``        what its ``manifest.jsonl`` says
``changes``         what is new, changed, gone, or said otherwise
``comparing``       all that follows from that before anything is read
``planning``        what a run would do, and does not
``intake``          files into the data folder, documents into the catalogue
``workers``         processes with bounds on time and memory
``reading``         what is read of one PDF there
``pdf_text``        page text through PDFium
``worth``           whether the text of a page is worth anything
``pdf_repair``      damaged and locked files through pypdf
``derive``          what a paper says about itself: ``kinds``, ``titles``, ``dates``, ``bodies``, from its ``lines``,
                    of which one may go on with another (``flow``)
``letters``         how a letter opens, and whether the town hall wrote one to the council
``invitations``     how members are asked to come to a meeting
``held``            which papers are held back
``forgetting``      a source folder that is gone
``releasing``       what a clerk decides about that
``showing``         what is known of one paper, and why, for the clerk
``measuring``       how often ``derive`` is right, by hand-made ``labels``
``detecting``       how good the detector of service numbers is
``standing``        where a document stands, from everything that is known of it
``openness``        which papers became public, and which stay closed in silence
``scans``           scanned pages, through ``ocr`` in a process that is ``bounded``
``ocr_plugin``      how sure that is of each page, laid level by its ``skew``
``programs``        outside programs, which end when the run does
``side_by_side``    documents on the cores of one machine
``lock``            one run at a time
``stopping``        a run that is stopped from outside
``running``         what a run has at hand
``run``             the recipe
``progress``        how far it is, on a terminal or in a log
``pace``            how fast that goes, and what is left
``report``          what it did
``kept``            reports in the data folder, for the morning after
``report_html``     one of them as a page in Dutch
``mailing``         its figures by e-mail
``in_dutch``        reasons and remedies for it
==================  ==================================================================
"""

from typing import TYPE_CHECKING

from council import lazily

if TYPE_CHECKING:
    from ingest.progress import Progress
    from ingest.report import as_json, as_text, exit_code
    from ingest.run import ingest, return_to_former
    from ingest.scope import Scope
else:
    __getattr__ = lazily(
        __name__,
        {
            "progress": "Progress",
            "report": "as_json as_text exit_code",
            "run": "ingest return_to_former",
            "scope": "Scope",
        },
    )

__all__ = ["Progress", "Scope", "as_json", "as_text", "exit_code", "ingest", "return_to_former"]
