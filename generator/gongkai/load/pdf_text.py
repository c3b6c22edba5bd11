"""The text of a PDF, as far as it has any: only to look for personal data, so layout does not matter."""

from __future__ import annotations

import logging
from io import BytesIO
from itertools import islice

_MOST_PAGES = 500
"""Pages that are read: some ten seconds. Official documents have tens."""


def pdf_words(content: bytes) -> str:
    """The words of the first pages; empty for scans, for encrypted files, and for what nobody can read."""
    from pypdf import PdfReader  # noqa: PLC0415 - only where there is a PDF
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity that it gets over
    try:
        pages = [page.extract_text() for page in islice(PdfReader(BytesIO(content)).pages, _MOST_PAGES)]
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError):
        return ""
    return "\n".join(pages)
