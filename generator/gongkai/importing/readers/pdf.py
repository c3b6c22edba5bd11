"""Reader of PDF: ruled tables by their lines, everything else as lines of text, page numbers and running heads out.

Pages are read one by one and let go; a document of more than 200 pages, one without text (a scan) and one whose fonts
have no characters behind them are refused.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_text

from gongkai.importing.blocks import Cell, LeftOut, Line, Lines, Reading, Refusal, Table, width
from gongkai.importing.readers.decoding import damage
from gongkai.importing.readers.pdf_bounds import Bounds, bounded, draw
from gongkai.importing.readers.text import without_page_marks
from gongkai.text.blanks import squeeze, without_digit_spaces
from gongkai.text.characters import unlike
from gongkai.text.patterns import anywhere

_DIGITS = anywhere(r"\d+")

_MOST_PAGES, _MOST_COUNTED = 200, 5_000
_REPEATED = 3
_EDGE = 2
_ROLE_END = anywhere(r"(落实|负责|配合|牵头)[；;。]?$")
_CID = anywhere(r"\(cid:\d+\)")
_ONE_LINE = 5
"""Points: digits of another font stand up to so much higher or lower than the Chinese characters of their line."""
_OCR = "请找到文字版，或先用文字识别（OCR）软件转成文字并校对后再导入"
Run = list[Line] | Table


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
    return _reading(pages, count)


def _too_long(count: int) -> Refusal:
    said = f"{_MOST_COUNTED} 页以上" if count == _MOST_COUNTED else f"{count} 页"
    return Refusal(f"PDF 有 {said}，超过可以导入的 {_MOST_PAGES} 页", "请只导出需要的那几页再导入")


def _broken(bounds: Bounds) -> Refusal:
    if bounds.exceeded:
        return Refusal(bounds.exceeded, "请核对来源；若确是公文，请用 Word 或 WPS 重新导出 PDF，或只导出需要的几页")
    return Refusal("PDF 已损坏，打不开", "请重新下载或请发来的人重新导出")


def _reading(pages: list[list[Run]], count: int) -> Reading | Refusal:
    texts = ["".join(_run_text(run) for run in page) for page in pages]
    blank = [number for number, text in enumerate(texts, start=1) if not squeeze(text)]
    if len(blank) == count:
        return Refusal(f"PDF 共 {count} 页都没有文字层，是扫描件", _OCR)
    whole = "\n".join(texts)
    if len(_CID.findall(whole)) * 20 > len(whole):
        return Refusal("PDF 的字体没有对应的文字，取出来的是乱码", _OCR)
    refused = damage(whole)
    if refused:
        return refused
    pages, left_out = _without_running_heads(pages)
    doubts = [f"第 {'、'.join(map(str, blank))} 页没有文字（可能是扫描的），没有导入，请核对"] if blank else []
    return Reading("PDF", tuple(_joined(pages)), tuple(left_out), tuple(doubts))


def _run_text(run: Run) -> str:
    match run:
        case list():
            return "\n".join(text for _, text in run)
        case Table():
            return "\n".join(cell.text for row in run.rows for cell in row)


def _page(page: Any, number: int, bounds: Bounds) -> list[Run]:
    """Lines and tables of one page from top to bottom."""
    draw(page, bounds)
    found = [
        table for table in page.find_tables() if len(table.rows) > 0 and max(len(row.cells) for row in table.rows) > 1
    ]
    boxes = [table.bbox for table in found]
    outside = page.filter(lambda item: not any(_inside(item, box) for box in boxes)) if boxes else page
    lines = [
        (line["top"], unlike(line["text"]))
        for line in outside.extract_text_lines(return_chars=False, y_tolerance=_ONE_LINE)
    ]
    runs: list[Run] = []
    pending: list[Line] = []
    for table, box in sorted(zip(found, boxes, strict=True), key=lambda pair: pair[1][1]):
        pending = [(number, text) for top, text in lines if top < box[1]]
        lines = [(top, text) for top, text in lines if top >= box[1]]
        runs += [pending, Table(tuple(_rows(page, table)), number)]
    runs.append([(number, text) for _, text in lines])
    page.close()
    return runs


def _inside(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    if "top" not in item or "x0" not in item:
        return False
    across, down = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _rows(page: Any, table: Any) -> Iterator[tuple[Cell, ...]]:
    """Rows of a ruled table. A missing cell continues the one above when that one reaches down into this row."""
    spans: dict[int, float] = {}
    for row in table.rows:
        middle = (row.bbox[1] + row.bbox[3]) / 2
        cells: list[Cell] = []
        for column, box in enumerate(row.cells):
            if box is None:
                cells.append(Cell("", merged=spans.get(column, 0.0) > middle))
                continue
            spans[column] = box[3]
            cells.append(Cell(without_digit_spaces(_text_in(page, box))))
        yield tuple(cells)


def _text_in(page: Any, box: tuple[float, float, float, float]) -> str:
    """The characters whose middle lies in the cell; wrapped lines are closed, a role at a short line's end ends it."""
    chars = [char for char in page.chars if _inside(char, box)]
    lines = (
        [line.strip() for line in unlike(str(extract_text(chars, y_tolerance=_ONE_LINE))).split("\n")] if chars else []
    )
    longest = max((width(line) for line in lines), default=0)
    ends = [_ROLE_END.search(line) and width(line) * 10 < longest * 8 for line in lines]
    return "".join(line + ("\n" if end else "") for line, end in zip(lines, ends, strict=True)).strip()


def _without_running_heads(pages: list[list[Run]]) -> tuple[list[list[Run]], list[LeftOut]]:
    """Take out page numbers, and lines at the edge of the page that many pages repeat."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [text for run in page if isinstance(run, list) for _, text in run]
        edges.update({_plain(text) for text in [*lines[:_EDGE], *lines[-_EDGE:]] if text.strip()})
    repeated = {text for text, count in edges.items() if count >= _REPEATED and count * 2 > len(pages)}
    gone: list[LeftOut] = []
    kept_pages: list[list[Run]] = []
    for page in pages:
        kept: list[Run] = []
        for at, run in enumerate(page):
            if not isinstance(run, list):
                kept.append(run)
                continue
            unmarked, marks = without_page_marks(run)
            gone += marks
            kept.append(list(_inner(unmarked, at in (0, len(page) - 1), repeated, gone)))
        kept_pages.append(kept)
    return kept_pages, gone


def _plain(text: str) -> str:
    return _DIGITS.sub("#", squeeze(text))


def _inner(lines: Sequence[Line], edge: bool, repeated: set[str], gone: list[LeftOut]) -> Iterator[Line]:
    for at, (number, text) in enumerate(lines):
        outer = edge and (at < _EDGE or at >= len(lines) - _EDGE)
        if outer and text.strip().isdigit() and len(text.strip()) <= 3:  # noqa: PLR2004  a page number alone
            gone.append(LeftOut(text.strip(), "页码", number))
        elif outer and _plain(text) in repeated:
            gone.append(LeftOut(text.strip(), "页眉或页脚", number))
        else:
            yield number, text


def _joined(pages: list[list[Run]]) -> Iterator[Lines | Table]:
    """All pages in a row; a table at the top of a page goes on with one as wide at the bottom of the page before."""
    runs: list[Run] = []
    for page in pages:
        for run in page:
            above = runs[-1] if runs else None
            if isinstance(run, list) and not any(text.strip() for _, text in run):
                continue
            if isinstance(run, Table) and isinstance(above, Table) and run is _first(page) and _as_wide(above, run):
                runs[-1] = Table(above.rows + run.rows, above.line)
            elif isinstance(run, list) and isinstance(above, list):
                above += run
            else:
                runs.append(list(run) if isinstance(run, list) else run)
    yield from (Lines(tuple(run)) if isinstance(run, list) else run for run in runs)


def _first(page: Sequence[Run]) -> Run | None:
    """What stands first on a page."""
    return next((run for run in page if isinstance(run, Table) or any(text.strip() for _, text in run)), None)


def _as_wide(above: Table, below: Table) -> bool:
    return len(below.rows[0]) in {len(row) for row in above.rows}
