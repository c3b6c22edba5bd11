"""Printed pages, one after the other -> a reading: page numbers and running heads out, tables that go on are one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.importing.blocks import LeftOut, Line, Lines, Reading, Refusal, Table
from gongkai.importing.readers.decoding import damage
from gongkai.importing.readers.printed_page import Run
from gongkai.importing.readers.text import without_page_marks
from gongkai.text.blanks import squeeze
from gongkai.text.patterns import anywhere

_DIGITS = anywhere(r"\d+")
_REPEATED = 3
_EDGE = 2
_CID = anywhere(r"\(cid:\d+\)")
_OCR = "请找到文字版，或先用文字识别（OCR）软件转成文字并校对后再导入"


def reading_of(pages: list[list[Run]], source: str) -> Reading | Refusal:
    """The reading of all pages of a file, or why it has none; ``source`` is what the kind of file is called."""
    texts = ["".join(_run_text(run) for run in page) for page in pages]
    blank = [number for number, text in enumerate(texts, start=1) if not squeeze(text)]
    if len(blank) == len(pages):
        return Refusal(f"{source} 共 {len(pages)} 页都没有文字层，是扫描件", _OCR)
    whole = "\n".join(texts)
    if len(_CID.findall(whole)) * 20 > len(whole):
        return Refusal(f"{source} 的字体没有对应的文字，取出来的是乱码", _OCR)
    refused = damage(whole)
    if refused:
        return refused
    pages, left_out = _without_running_heads(pages)
    doubts = [f"第 {'、'.join(map(str, blank))} 页没有文字（可能是扫描的），没有导入，请核对"] if blank else []
    return Reading(source, tuple(_joined(pages)), tuple(left_out), tuple(doubts))


def _run_text(run: Run) -> str:
    match run:
        case list():
            return "\n".join(text for _, text in run)
        case Table():
            return "\n".join(cell.text for row in run.rows for cell in row)


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
    yield from (Lines(tuple(run), printed=True) if isinstance(run, list) else run for run in runs)


def _first(page: Sequence[Run]) -> Run | None:
    """What stands first on a page."""
    return next((run for run in page if isinstance(run, Table) or any(text.strip() for _, text in run)), None)


def _as_wide(above: Table, below: Table) -> bool:
    return len(below.rows[0]) in {len(row) for row in above.rows}
