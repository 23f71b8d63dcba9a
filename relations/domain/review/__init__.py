"""What an editor does with a reading: the draft as a form has it, its words in the text, and documents that it may repeat."""

from .draft import Draft, Flaw, Statement, changed, dyad_of, flaws, form_of, parted, proposed_title, written
from .duplicates import Document, reach, same_documents
from .evidence import Segment, Span, segments
from .keeping import KEPT_FOR, forgotten_before
from .presence import OPEN_FOR, still_open
from .repeats import Repeat, Stated, plain, repeats

__all__ = [
    "KEPT_FOR",
    "OPEN_FOR",
    "Document",
    "Draft",
    "Flaw",
    "Repeat",
    "Segment",
    "Span",
    "Stated",
    "Statement",
    "changed",
    "dyad_of",
    "flaws",
    "forgotten_before",
    "form_of",
    "parted",
    "plain",
    "proposed_title",
    "reach",
    "repeats",
    "same_documents",
    "segments",
    "still_open",
    "written",
]
