"""What readers found -> paragraphs and tables in reading order: lines are put together, annexes follow their notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from gongkai.importing.blocks import Block, Found, LeftOut, Line, Lines, PageTable, Paragraph, Reading
from gongkai.importing.recognise.continued import continued, has_heads
from gongkai.importing.recognise.pasted_tables import table_at
from gongkai.importing.recognise.posts import as_documents
from gongkai.importing.recognise.titles import payload_title, title_length
from gongkai.importing.recognise.wrapping import page_width, paragraphs, wrap_width
from gongkai.text.patterns import anywhere, whole
from gongkai.text.phrases import PAYLOAD_WORD

_NUMBERED = anywhere(r"^(?:附件|附表|附)?\s*(?:[\d一二三四五六七八九十]{1,3}\s*)?(?:[.、:：．_-]\s*)?")
_HEAD = 20
_LAST = 10
"""No portal's footer has more lines."""
_FOOTER = anywhere(r"版权所有|网站标识码|ICP备|公网安备|技术支持[:：]")
_ABOVE_FOOTER = whole(r"(?:主办|承办|维护|协办)(?:单位)?\s*[:：].*")
_AROUND = "网页上正文以外的文字（导航、按钮、页脚等）"


def laid_out(reading: Reading) -> tuple[tuple[Block, ...], list[LeftOut]]:
    """The paragraphs and tables of a file, or of all files of a bundle, and what is left out of them."""
    left_out: list[LeftOut] = []
    own = _without_footer(_assembled(reading.blocks, left_out), left_out)
    files = [(name, _without_footer(_assembled(found, left_out), left_out)) for name, found in reading.files]
    files.sort(key=lambda file: not _is_notice(file[1]))
    for at, (name, blocks) in enumerate(files):
        own += _titled(name, blocks) if at else blocks
    return continued(as_documents(own)), left_out


def _assembled(found: Sequence[Found], gone: list[LeftOut]) -> list[Block]:
    """Lines -> tables and paragraphs; the wrap width is that of all lines together."""
    parts: list[list[Line] | Block] = []
    for run in _runs(found, gone):
        parts += _parts(run) if isinstance(run, list) else [run]
    lines = [line for part in parts if isinstance(part, list) for line in part]
    printed = any(isinstance(each, Lines) and each.printed for each in found)
    told = wrap_width(lines)
    full = told or (page_width(lines) if printed else None)
    blocks: list[Block] = []
    for part in parts:
        blocks += paragraphs(part, full, few=told is None and printed) if isinstance(part, list) else [part]
    return blocks


def _runs(found: Sequence[Found], gone: list[LeftOut]) -> list[list[Line] | Block]:
    """Blocks, and runs of lines between them; a table that only places text is lines."""
    runs: list[list[Line] | Block] = []
    for each in found:
        block = each.grid if isinstance(each, PageTable) and has_heads(each.grid) else each
        if not isinstance(block, Lines | PageTable):
            runs.append(block)
            continue
        gone += block.beside if isinstance(block, PageTable) else ()
        if runs and isinstance(above := runs[-1], list):
            above += block.lines
        else:
            runs.append(list(block.lines))
    return runs


def _parts(lines: list[Line]) -> list[list[Line] | Block]:
    """The tables, and between them the runs of plain lines."""
    parts: list[list[Line] | Block] = [[]]
    at = 0
    while at < len(lines):
        table, after = table_at(lines, at)
        if table is None:
            plain = parts[-1]
            if isinstance(plain, list):
                plain.append(lines[at])
            at += 1
        else:
            parts += [table, []]
            at = after
    return parts


def _without_footer(blocks: list[Block], gone: list[LeftOut]) -> list[Block]:
    """The footer of a portal begins with who runs it and goes on to the end of the page."""
    for at in range(max(len(blocks) - _LAST, 1), len(blocks)):
        block = blocks[at]
        if isinstance(block, Paragraph) and _FOOTER.search(block.text):
            first = at
            while (
                first > 1 and isinstance(above := blocks[first - 1], Paragraph) and _ABOVE_FOOTER.fullmatch(above.text)
            ):
                first -= 1
            tail = [each for each in blocks[first:] if isinstance(each, Paragraph)]
            if len(tail) == len(blocks) - first:
                gone += [LeftOut(each.text, _AROUND, each.line) for each in tail]
                return blocks[:first]
    return blocks


def _is_notice(blocks: Sequence[Block]) -> bool:
    return any(title_length(blocks, at) for at in range(min(len(blocks), _HEAD)))


def _titled(name: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """An annex that prints no title has that of its file."""
    title = _NUMBERED.sub("", PurePosixPath(name).stem)
    named = any(payload_title(blocks, at) for at in range(min(len(blocks), _HEAD)))
    return blocks if named or not PAYLOAD_WORD.search(title) else (Paragraph(title, 0), *blocks)
