"""What everybody but its own pages asks of a catalogue of what must be public (主动公开事项目录)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.column import ids, urls
from gongkai.column.cell import cell_lines
from gongkai.column.happening import Happening
from gongkai.column.words import Relation, record_kind
from gongkai.kinds.catalogue.model import Catalogue
from gongkai.kinds.interface import Link, Part, Passage, Vocabulary, head_part, joined, nth, own_paragraphs

CATALOGUE = record_kind("catalogue", "主动公开目录")
CATALOGUE_ITEM = record_kind("catalogue_item", "主动公开事项", unit_block="items")
PUBLISHED, ASKED_BY = Relation("在本专栏的公开"), Relation("主动公开事项")


def catalogue_parts(catalogue: Catalogue, _vocabulary: Vocabulary) -> Iterator[Part]:
    """The catalogue and its items, in printed order."""
    lines = own_paragraphs(catalogue)
    yield head_part(catalogue, CATALOGUE, urls.catalogue(catalogue.id), CATALOGUE.label, *lines)
    for item in catalogue.items:
        texts = (("title", item.title), ("content", item.content))
        basis = f"公开依据：{item.basis}" if item.basis else ""
        deadline = f"公开时限：{item.deadline}" if item.deadline else ""
        yield Part(
            kind=CATALOGUE_ITEM,
            id=ids.item(catalogue.id, item.number),
            title=item.title,
            url=urls.catalogue_item(catalogue.id, item.number),
            label=nth(item.number),
            origin=item.origin,
            text=joined(item.area, item.content, basis, deadline, *cell_lines(item)),
            themes=item.place.themes,
            units=item.units,
            units_text=item.units_text,
            deadline_text=item.deadline,
            links=tuple(
                Link(PUBLISHED, target, item.origin.child("published", "records", at))
                for at, target in enumerate(item.place.records)
            ),
            news=(
                (Happening("from-request", item.from_request.since, "：由依申请公开转为主动公开"),)
                if item.from_request
                else ()
            ),
            passages=tuple(Passage(text, item.origin.child(name)) for name, text in texts if text),
        )
