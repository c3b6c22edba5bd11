"""Numbers and headings of posts in social media (01  加快…, ▌稳增长) as documents print them: 1.加快…, 一、稳增长.

Nothing else of the text changes. Numbers that do not count 1, 2, 3 through the whole text are no numbers of tasks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.importing.blocks import Block, Paragraph
from gongkai.text.markers import marker
from gongkai.text.numerals import numeral
from gongkai.text.patterns import Match, whole

_FEWEST, _FEWEST_HEADINGS = 3, 2
_COUNTED = whole(r"0?(?P<number>[1-9]\d?)(?:[ \u3000\t]+(?P<text>[\u4e00-\u9fff“《].*))?")
_ORNAMENT = whole(r"(?P<mark>[▌▍▎■◆●▶►★☆◎])[ \u3000]*(?P<text>[^。；：:]{2,24})")


def as_documents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text with the numbers and headings of a document."""
    return _headed(list(_numbered(blocks)))


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """``01  加快…`` as ``1.加快…``, also where the number has a line of its own."""
    found = [_COUNTED.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None for block in blocks]
    if not _counts(blocks, found):
        yield from blocks
        return
    alone = ""
    for block, match in zip(blocks, found, strict=True):
        if match and not match["text"]:
            alone = f"{match['number']}."
        elif match:
            yield Paragraph(f"{match['number']}.{match['text']}", block.line)
        elif alone and isinstance(block, Paragraph):
            yield Paragraph(alone + block.text, block.line)
            alone = ""
        else:
            yield block


def _counts(blocks: Sequence[Block], found: Sequence[Match[str] | None]) -> bool:
    """Whether numbers count through the text; those on lines of their own begin with 01 and have a text right below."""
    numbers = [int(match["number"]) for match in found if match]
    alone = [at for at, match in enumerate(found) if match and not match["text"]]
    below = all(at + 1 < len(blocks) and isinstance(blocks[at + 1], Paragraph) and not found[at + 1] for at in alone)
    marked = not alone or next(match[0].startswith("0") for match in found if match)
    return len(numbers) >= _FEWEST and numbers == list(range(1, len(numbers) + 1)) and below and marked


def _headed(blocks: list[Block]) -> list[Block]:
    """``▌稳增长`` as ``一、稳增长``, in a text without such headings whose items are numbered."""
    markers = [marker(block.text) for block in blocks if isinstance(block, Paragraph)]
    ranks = {each.rank for each in markers if each}
    found = [_ORNAMENT.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None for block in blocks]
    marks = Counter(match["mark"] for match in found if match)
    mark, many = max(marks.items(), key=lambda each: each[1], default=("", 0))
    if many < _FEWEST_HEADINGS or 1 in ranks or not ranks:
        return blocks
    headings = 0
    for at, match in enumerate(found):
        if match and match["mark"] == mark:
            headings += 1
            blocks[at] = Paragraph(f"{numeral(headings)}、{match['text']}", blocks[at].line)
    return blocks
