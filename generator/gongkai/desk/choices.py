"""What there is to pick from in a field: units, themes, audiences, districts, records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gongkai.column.shapes.form import FieldType, FormField
from gongkai.column.site_data import SiteData
from gongkai.text.table_heads import Meaning, announced

UNIT_NAMES = "unit-names"
"""Names of units as texts print them, not their ids."""
_OF_IDS: Mapping[str, str] = {
    "themes": "themes", "parent": "themes", "audiences": "audiences", "organ": "organs", "issuer": "units",
    "members": "units", "successor": "units", "related": "records", "explains": "records", "continues": "records",
    "about": "records", "record": "records", "records": "records", "revises": "records", "replaced_by": "records",
    "earlier": "records", "decision": "records", "document": "records",
}  # fmt: skip
IDS = frozenset(_OF_IDS.values())
"""Lists of things that files name by their ids."""
_NAMING = {"units", "organizers", "organizer", "unit", "lead", "support", "by", "host", "hosts", "responsible"}
_PEOPLE = (Meaning.UNITS, Meaning.LEAD, Meaning.SUPPORT)


class Choice(NamedTuple):
    """What is written, what people call it, and other words by which they look for it."""

    value: str
    label: str
    words: str = ""


def source_of(field: FormField) -> str:
    """The list that a field picks from; empty where it has none."""
    if field.type is FieldType.ID or field.or_type is FieldType.ID:
        return _OF_IDS.get(field.name, "")
    return UNIT_NAMES if field.type is FieldType.TEXT and field.name in _NAMING else ""


def source_of_head(head: str) -> str:
    """The list that a printed column picks from."""
    return UNIT_NAMES if announced(head) in _PEOPLE else ""


def choices(column: SiteData, source: str, organ: str | None) -> list[Choice]:
    """Everything in a list, the district's own units first."""
    if source in ("units", UNIT_NAMES):
        units = sorted(column.units.values(), key=lambda unit: unit.organ != organ)
        if source == UNIT_NAMES:
            own = [unit for unit in units if organ in (None, unit.organ)]
            return [Choice(unit.name, unit.name, _joined(unit.aliases)) for unit in own]
        return [Choice(unit.id, unit.name, _joined(unit.aliases)) for unit in units]
    if source == "themes":
        return [Choice(theme.id, theme.name) for theme in column.themes.values()]
    if source == "audiences":
        return [Choice(each.id, each.name) for each in column.audiences.values()]
    if source == "organs":
        return [Choice(each.id, each.name) for each in column.organs.values()]
    if source == "records":
        return [
            Choice(each.id, f"{each.title}（{each.year}年，{each.label}）") for each in column.index.entries.values()
        ]
    return []


def _joined(words: Iterable[object]) -> str:
    return " ".join(map(str, words))
