"""Titles: of notices (关于…的通知), often broken over lines, and of what they issue (要点、目录、清单、分解表)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.importing.blocks import Block, Paragraph, Table
from gongkai.text import dates, docnumber, phrases
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.patterns import anywhere

_ISSUED = anywhere(r"(?:印发|公布|发布|修订)[^《]{0,6}《(?P<title>[^《》]+)》|印发(?P<plain>[^《》]{4,60}?)的通知")
_TITLE_LINES = 5
_LONGEST_TITLE = 130
_SHORT = 60


def title_length(blocks: Sequence[Block], at: int) -> int:
    """How many paragraphs from ``at`` on form a notice title (it is often broken over lines); 0 when none does."""
    joined = ""
    for length, block in enumerate(blocks[at : at + _TITLE_LINES], start=1):
        if not isinstance(block, Paragraph) or len(joined) + len(block.text) > _LONGEST_TITLE or marker(block.text):
            return 0
        if dates.is_date(block.text) or docnumber.DOC_NUMBER.fullmatch(squeeze(block.text)):
            return 0
        joined += squeeze(block.text)
        if phrases.LETTERHEAD.fullmatch(joined):
            return 0
        if any(mark in block.text for mark in "。；") or block.text.endswith(("：", ":")):
            return 0
        if phrases.is_notice_title(joined):
            return 0 if length > 1 and _another_line(block_texts(blocks, at, length)) else length
    return 0


def block_texts(blocks: Sequence[Block], at: int, length: int) -> list[str]:
    """The texts of paragraphs from ``at`` on, without blanks."""
    return [squeeze(block.text) for block in blocks[at : at + length] if isinstance(block, Paragraph)]


def _another_line(texts: Sequence[str]) -> bool:
    """Whether the first line is no part of the title: the others are one, and it names no organ."""
    first, rest = texts[0], "".join(texts[1:])
    return "关于" not in first and not phrases.is_organ(first) and phrases.is_notice_title(rest)


def issued(title: str) -> str | None:
    """The title of what a notice issues, by its own title: 关于印发《…》的通知; None where it issues nothing."""
    found = _ISSUED.search(squeeze(title))
    return (found["title"] or found["plain"]) if found else None


def payload_title(blocks: Sequence[Block], at: int, name: str | None = None) -> int:
    """How many paragraphs from ``at`` form the title of a plan, list or table; 0 when none does.

    ``name`` is what the notice says it issues: that is a title whatever its words are.
    """
    joined = ""
    for length, block in enumerate(blocks[at : at + 3], start=1):
        if not isinstance(block, Paragraph) or marker(block.text) or phrases.NOTE.fullmatch(block.text.strip()):
            return 0
        plain = squeeze(block.text)
        joined += plain
        if joined == name or (length == 1 and at == 0 and _above_table(blocks)):
            return length
        if any(mark in plain for mark in "。；：:，") or len(joined) > _SHORT:
            return 0
        if phrases.PAYLOAD_WORD.search(joined) and _ends_as_title(joined):
            return length
        if dates.is_date(plain) or (phrases.is_organ(plain) and not _title_follows(blocks, at + length)):
            return 0
    return 0


def _above_table(blocks: Sequence[Block]) -> bool:
    """A short line with nothing before it and a table right below it is the table's title."""
    first, table = blocks[0], blocks[1] if len(blocks) > 1 else None
    if not isinstance(first, Paragraph) or not isinstance(table, Table):
        return False
    plain = squeeze(first.text)
    other = dates.is_date(first.text) or phrases.is_organ(plain) or phrases.ANNEX_MARK.fullmatch(plain)
    return not other and 4 <= len(plain) <= _SHORT and not any(mark in plain for mark in "。；：:，")  # noqa: PLR2004


def _title_follows(blocks: Sequence[Block], at: int) -> bool:
    """An organ alone on a line is part of a title when the next line begins with the year (2024年度…目录)."""
    block = blocks[at] if at < len(blocks) else None
    return isinstance(block, Paragraph) and block.text.strip()[:2] == "20" and not dates.is_date(block.text)


def _ends_as_title(text: str) -> bool:
    found = list(phrases.PAYLOAD_WORD.finditer(text))
    return bool(found) and found[-1].end() == len(text) and len(text) >= 4  # noqa: PLR2004  目录 alone is no title


def plain_title(blocks: Sequence[Block]) -> str:
    """A title without issuer and number, for comparison: from 关于 on."""
    joined = squeeze("".join(block.text for block in blocks if isinstance(block, Paragraph)))
    joined = docnumber.DOC_NUMBER.sub("", joined)
    return joined[joined.index("关于") :] if "关于" in joined else joined
