"""What everybody but its own pages asks of a list (清单)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids
from gongkai.column.cell import cell_lines
from gongkai.column.words import Relation, record_kind
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part, joined, own_paragraphs
from gongkai.kinds.official_list.model import ListRow, OfficialList

OFFICIAL_LIST = record_kind("official_list", "清单", cited=True, position=False)
LIST_ROW = record_kind("list_row", "清单内容")
OF_PERSONS = "公示名单"
"""How a list of persons is labelled: its rows are not counted, and its persons have a page of their own."""
FOLLOWS, FOLLOWED = Relation("接替的上一版"), Relation("后来的一版")


def list_parts(listed: OfficialList, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The list and its rows, in printed order; a row is found by the heading above it, too."""
    yield head_part(
        listed,
        OFFICIAL_LIST,
        listed.url,
        f"{len(listed.rows)}行" if listed.persons is None else OF_PERSONS,
        *own_paragraphs(listed),
        "、".join(column.head for column in listed.columns),
        links=(Link(FOLLOWS, listed.earlier, listed.origin.child("earlier")),) if listed.earlier else (),
        passages=(Passage(listed.title, listed.origin.child("title")), *_persons(listed)),
    )
    for row in listed.rows:
        yield Part(
            kind=LIST_ROW,
            id=ids.item(listed.id, row.number),
            title=row.name,
            url=listed.url_of(row.number),
            label=f"第{row.number}行",
            origin=row.origin,
            text=joined(row.group, *cell_lines(row)),
            passages=tuple(_passages(row)),
        )


def _persons(listed: OfficialList) -> Iterator[Passage]:
    """What rules on personal data read of persons, who are no records."""
    for row in listed.persons.rows if listed.persons else ():
        yield from _passages(row)


def _passages(row: ListRow) -> Iterator[Passage]:
    yield Passage(row.name, row.origin.child("name"))
    for cell in row.cells:
        yield Passage(cell.text, row.origin.child("cells", cell.head))
