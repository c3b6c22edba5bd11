"""The contents of a gazette: entries below 目录, with a page behind each, in a table, or without pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from gongkai.importing.blocks import Block, Cell, Paragraph, Table
from gongkai.importing.recognise.papers import paragraphs
from gongkai.text import docnumber, phrases
from gongkai.text.blanks import squeeze
from gongkai.text.numerals import digits
from gongkai.text.patterns import anywhere, whole

_HEAD, _LONGEST_TITLE = 12, 60
_ISSUE = anywhere(r"(?P<year>(?:19|20)\d\d)[\s年·,，]*第\s*(?P<issue>\d+)\s*[期号]")
_ENTRY = whole(
    r"(?P<title>.{4,120}?)(?:[（(]\s*(?P<number>[^（()）]{2,14}[〔\[]\d{4}[〕\]]\d+号)\s*[）)])?"
    r"(?:[\s.…·．/／—-]+|(?<=号[）)]))[（(]?(?:第|P\.?)?(?P<page>\d{1,4})页?[）)]?"
)
_COLUMN = whole(r"[【〖◆●★■▲◇※\s]*(?P<name>[\u4e00-\u9fff]{2,14})[】〗◆●★■▲◇※\s:：]*")
_CONTENTS = ("目录", "目次", "本期目录", "本期要目", "要目")
_HEADS: tuple[tuple[str, str], ...] = (
    ("title", ".{0,4}(?:标题|题名|名称|篇名|题目)"),
    ("number", ".{0,2}(?:文号|字号)"),
    ("page", ".{0,2}页码?|页次"),
    ("column", "栏目|类别"),
)
_BY_HEAD = tuple((name, whole(words)) for name, words in _HEADS)
_NO_PAGE = 2
"""Entries with a page, below which a list has none."""


class Entry(Struct, frozen=True):
    """One line of a gazette's contents."""

    title: str
    column: str | None
    doc_number: str | None
    page: int | None


def issue(blocks: Sequence[Block]) -> tuple[int, int, str] | None:
    """Year, issue and title of a gazette, from its masthead; None where there is none."""
    name = ""
    for block in paragraphs(blocks[:_HEAD]):
        found = _ISSUE.search(block.text)
        own = "公报" in block.text
        if found and (own or name):
            return int(found["year"]), int(found["issue"]), squeeze(block.text if own else name)
        name = block.text if own and len(block.text) <= _LONGEST_TITLE else name
    return None


def contents(blocks: Sequence[Block]) -> list[Entry]:
    """The entries: a title, dots or a gap, a page; short lines between them are columns."""
    start = next((at for at, each in enumerate(blocks) if _says_contents(each)), None)
    tabled = [entry for block in blocks if isinstance(block, Table) for entry in _tabled(block)]
    if start is None or tabled:
        return tabled
    lines = paragraphs(blocks[start + 1 :])
    paged = _paged(lines)
    return paged if len(paged) >= _NO_PAGE else _unpaged(lines)


def _says_contents(block: Block) -> bool:
    return isinstance(block, Paragraph) and squeeze(block.text) in _CONTENTS


def _paged(lines: Sequence[Paragraph]) -> list[Entry]:
    found: list[Entry] = []
    column: str | None = None
    broken = ""
    for line in lines:
        entry = _ENTRY.fullmatch(broken + line.text.strip())
        if entry:
            number = docnumber.doc_number(entry["number"] or "")
            found.append(Entry(entry["title"].strip(), column, number[0] if number else None, int(entry["page"])))
            broken = ""
        elif named := _COLUMN.fullmatch(line.text):
            column = named["name"]
        elif broken:
            break
        elif not _says_contents(line):
            broken = line.text.strip()
    return found


def _unpaged(lines: Sequence[Paragraph]) -> list[Entry]:
    """Entries without pages: titles of documents, with their numbers behind or not, up to the first sentence."""
    found: list[Entry] = []
    column: str | None = None
    for line in lines:
        text = line.text.strip()
        if "。" in text or phrases.LETTERHEAD.fullmatch(squeeze(text)):
            break
        number = docnumber.doc_number(text)
        title = text.replace(number[1], "").rstrip(" \u3000（()）") if number else text
        named = _COLUMN.fullmatch(text)
        if named and not number and "关于" not in text:
            column = named["name"]
        else:
            found.append(Entry(title, column, number[0] if number else None, None))
    return found


def _tabled(table: Table) -> Iterator[Entry]:
    """Entries of a table with a head for titles, and one for numbers or pages; a row across it names a column."""
    fields = [
        next((name for name, words in _BY_HEAD if words.fullmatch(squeeze(cell.text))), "") for cell in table.rows[0]
    ]
    if "title" not in fields or not {"number", "page"} & set(fields):
        return
    column: str | None = None
    for row in table.rows[1:]:
        filled = [cell for cell in row if cell.text.strip()]
        cells = dict(zip(fields, row, strict=False))
        title = squeeze(cells["title"].text)
        if len(filled) == 1 and filled[0] is row[0]:
            column = squeeze(row[0].text)
        elif title:
            column = squeeze(cells["column"].text) or column if "column" in cells else column
            number = docnumber.doc_number(_text(cells, "number"))
            page = digits(_text(cells, "page"))
            yield Entry(title, column, number[0] if number else None, int(page) if page else None)


def _text(cells: dict[str, Cell], name: str) -> str:
    return cells[name].text if name in cells else ""
