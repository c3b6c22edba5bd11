"""Reader of PDF: what its pages print.

Pages are read one by one and let go; a document of more than 200 pages, one without text (a scan) and one whose fonts
have no characters behind them are refused.
"""

from __future__ import annotations

import io
import logging
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import PdfminerException

from gongkai.importing.blocks import Reading, Refusal
from gongkai.importing.readers.pages import reading_of
from gongkai.importing.readers.pdf_bounds import Bounds, bounded, draw
from gongkai.importing.readers.printed_page import PrintedPage, Run

_MOST_PAGES, _MOST_COUNTED = 200, 5_000


def read_pdf(data: bytes) -> Reading | Refusal:
    """Read a PDF, or say why it cannot be read."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with bounded() as bounds:
        try:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                count = sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), _MOST_COUNTED))
                if count > _MOST_PAGES:
                    return _too_long(count)
                pages = [_page(page, number, bounds) for number, page in enumerate(pdf.pages, start=1)]
        except PdfminerException as error:
            causes = (error.__cause__, error.__context__, *error.args)
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
                return Refusal("PDF 设了打开密码", "请取消密码后另存，再导入")
            return _broken(bounds)
        except Exception:  # noqa: BLE001  pdfminer raises nearly anything on a broken file; the editor needs one sentence
            return _broken(bounds)
    if bounds.exceeded:
        return _broken(bounds)
    return reading_of(pages, "PDF")


def _too_long(count: int) -> Refusal:
    said = f"{_MOST_COUNTED} 页以上" if count == _MOST_COUNTED else f"{count} 页"
    return Refusal(f"PDF 有 {said}，超过可以导入的 {_MOST_PAGES} 页", "请只导出需要的那几页再导入")


def _broken(bounds: Bounds) -> Refusal:
    if bounds.exceeded:
        return Refusal(bounds.exceeded, "请核对来源；若确是公文，请用 Word 或 WPS 重新导出 PDF，或只导出需要的几页")
    return Refusal("PDF 已损坏，打不开", "请重新下载或请发来的人重新导出")


def _page(page: Any, number: int, bounds: Bounds) -> list[Run]:
    """Lines and tables of one page from top to bottom."""
    draw(page, bounds)
    runs = PrintedPage(number, page.chars, page.edges, float(page.width), float(page.height)).runs()
    page.close()
    return runs
