"""Who and what records are about: organs, units, themes; and one line for every record."""

from __future__ import annotations

from typing import TypedDict


class OrganRow(TypedDict):
    """A district government whose documents the column publishes."""

    id: str
    name: str
    short_name: str
    region: str
    url: str


class UnitRow(TypedDict):
    """A unit or group of the register."""

    id: str
    name: str
    full_name: str | None
    aliases: list[str]
    organ: str
    kind: str
    members: list[str]
    valid_from: str | None
    valid_to: str | None
    successor: str | None
    note: str | None
    url: str


class ThemeRow(TypedDict):
    """A subject that something in the column is filed under, or that has such a subject below it."""

    id: str
    name: str
    scheme: str
    parent: str | None
    description: str
    synonyms: list[str]
    url: str


class RecordRow(TypedDict):
    """Everything a search can find."""

    id: str
    kind: str
    title: str
    text: str
    year: int
    organ: str
    doc_number: str | None
    units: list[str]
    themes: list[str]
    audiences: list[str]
    url: str
