"""How does a council member or a resident ask, read, check and share what the council said?

==================  ==================================================================
``app``             the application: headers, errors, what is mounted where
``routes``          which address gives which page
``reader``          what the readers of the web may see at all
``urls``            the address is the whole state: reading and writing it
``pages``           a frozen record for each page
``paper_pages``     the records for the pages of one document
``search_page``     results and answer become the search page
``narrowing``       names to narrow a search to, as links
``source_page``     a citation becomes the page that it stands on
``origins``         where each derived fact comes from, as a link
``page_image``      page images and where characters stand on them, through PDFium
``page_boxes``      characters become boxes to mark
``counting``        what is counted of a reader's way, where it is counted at all
``usage_routes``    judging an answer, and the figures of use: their addresses
``usage_page``      counts become the page of use and its CSV
``cited``           what stands at an address that anybody can write
``examples``        questions that this collection answers
``rendering``       a record and a template become HTML
``wording``         every sentence that the pages say
``texts``           those of one language, and how they are filled in
``texts_nl``        in plain Dutch
``texts_en``        in English
==================  ==================================================================

``create_app`` is taken in at its first use, so that ``raadspoor-web --help`` answers at once.
"""

from typing import TYPE_CHECKING

from council import lazily

if TYPE_CHECKING:
    from web.app import create_app
else:
    __getattr__ = lazily(__name__, {"app": "create_app"})

__all__ = ["create_app"]
