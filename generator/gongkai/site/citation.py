"""How a page is cited: issuer, title, number, date as printed; its permanent address; and that address as a QR code."""

from __future__ import annotations

import segno
from msgspec import Struct

from gongkai.column.document import Document, chinese_date
from gongkai.column.page import Page

_MASK = 3
"""Every mask is valid (ISO/IEC 18004, 7.8); trying all eight for the prettiest costs five times as long."""


class Code(Struct, frozen=True):
    """A QR code to be drawn: modules on a side with the quiet zone, and the dark runs as an SVG path."""

    size: int
    path: str


class Citation(Struct, frozen=True):
    """``text`` names the page; ``address`` and ``code`` are None while the site has no address of its own."""

    text: str
    address: str | None
    code: Code | None


def citation(page: Page, portal: str, column: str, site_url: str) -> Citation:
    """The citation of a page; ``site_url`` is empty for a demonstration without an address."""
    address = site_url + page.url if site_url else None
    return Citation(_text(page, portal, column), address, qr_code(address) if address else None)


def _text(page: Page, portal: str, column: str) -> str:
    document = page.view.get("document")
    if not isinstance(document, Document):
        return f"{portal}“{column}”栏目：{page.title}。"
    part = page.of is None and page.kind != "document"  # of a file: it is cited with the name of the whole
    title = page.crumbs[-2].label if part else page.title
    number = f"（{document.doc_number}）" if document.doc_number else ""
    signed = f"，{chinese_date(document.date_signed)}" if document.date_signed else ""
    return f"{document.issuer_name}：{_quoted(title)}{number}{f'，{page.title}' if part else ''}{signed}。"


def _quoted(title: str) -> str:
    inner = title.replace("《", "〈").replace("》", "〉")  # marks inside marks: GB/T 15834-2011, 4.15.3
    return f"《{inner}》"


def qr_code(address: str) -> Code:
    """The QR code of an address, error correction M (15 %), with the quiet zone of four modules."""
    code = segno.make_qr(address, error="m", mask=_MASK)
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                runs.append(f"M{x + 4} {y + 4}h{length}v1h-{length}z")
            x += length
    return Code(len(code.matrix) + 8, "".join(runs))
