"""Reader of text: files saved as .txt, and what is pasted from Word, a web page or a PDF viewer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.importing.blocks import Block, LeftOut, Reading, Refusal
from gongkai.importing.readers.decoding import damage, decode
from gongkai.importing.readers.pasted_tables import table_at
from gongkai.importing.readers.wrapping import Line, paragraphs, wrap_width
from gongkai.text.phrases import META_LABEL

_PAGE_MARK = re.compile(r"\s*(?:[—–―-]+\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[—–―-]+)?(?:\s*/\s*共?\s*\d+\s*页?)?\s*")
_DASH = re.compile(r"\s*[—–―]+\s*")


def read_text(data: bytes) -> Reading | Refusal:
    """Read a text file, or refuse it when it is damaged."""
    decoded = decode(data)
    if isinstance(decoded, Refusal):
        return decoded
    text, remark = decoded
    refused = damage(text)
    return refused or parse_text(text, source="文本文件", doubts=(remark,) if remark else ())


def parse_text(text: str, *, source: str, doubts: tuple[str, ...] = ()) -> Reading:
    """Turn plain text into blocks. Page numbers are left out; everything else becomes a paragraph or a table cell."""
    lines: list[Line] = list(
        enumerate(text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"), 1)
    )
    lines, left_out = without_page_marks([spread for line in lines for spread in _spread(line)])
    return Reading(source, tuple(assemble([lines])), tuple(left_out), doubts)


def assemble(runs: Sequence[list[Line] | Block]) -> list[Block]:
    """Runs of lines, with tables already found between them -> blocks; the wrap width is that of all lines together."""
    parts: list[list[Line] | Block] = []
    for run in runs:
        parts += _parts(run) if isinstance(run, list) else [run]
    full = wrap_width([line for part in parts if isinstance(part, list) for line in part])
    blocks: list[Block] = []
    for part in parts:
        blocks += paragraphs(part, full) if isinstance(part, list) else [part]
    return blocks


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


def _spread(line: Line) -> list[Line]:
    """Catalogue fields of a web page in one row (索引号 | … | 发布日期 | …) become one line each."""
    number, text = line
    parts = [part.strip() for part in text.replace("｜", "|").split("|")]
    labels = parts[0::2]
    if len(parts) < 2 or not META_LABEL.fullmatch(parts[0].rstrip("：: ")):  # noqa: PLR2004  a field and its value
        return [line]
    known = [label for label in labels if label]
    if not all(META_LABEL.fullmatch(label.rstrip("：: ")) for label in known):
        return [line]
    values = [*parts[1::2], ""]
    return [(number, f"{label.rstrip('：: ')}：{value}") for label, value in zip(labels, values, strict=False) if label]


def without_page_marks(lines: list[Line]) -> tuple[list[Line], list[LeftOut]]:
    """Take out page numbers: ``— 14 —`` on one line or on three; a bare number only inside such dashes."""
    kept: list[Line] = []
    gone: list[LeftOut] = []
    at = 0
    while at < len(lines):
        three = [text for _, text in lines[at : at + 3]]
        if len(three) == 3 and _DASH.fullmatch(three[0]) and three[1].strip().isdigit() and _DASH.fullmatch(three[2]):  # noqa: PLR2004
            gone.append(LeftOut(" ".join(part.strip() for part in three), "页码", lines[at][0]))
            at += 3
            continue
        number, text = lines[at]
        stripped = text.strip()
        if _PAGE_MARK.fullmatch(stripped) and not stripped.isdigit() and "\t" not in text:
            gone.append(LeftOut(stripped, "页码", number))
        else:
            kept.append(lines[at])
        at += 1
    return kept, gone
