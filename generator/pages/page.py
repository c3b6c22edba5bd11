"""A Page is a value: where it goes, what it is called, and what its template shows. Nothing here renders or writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from generator.model import urls
from generator.model.column import Column, Entry


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of 当前位置: label and address."""

    label: str
    url: str


HOME = Crumb("政府信息公开", urls.HOME)
DISCLOSURE = Crumb("法定主动公开内容", urls.DISCLOSURE)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the column.

    ``kind`` names the body template (``overrides/bodies/<kind>.html``); ``view`` is all that the template sees besides
    the page itself. ``published`` is the publication date for the meta tag PubDate and comes from data only.
    ``source`` is the authored file behind the page.
    """

    kind: str
    url: str
    title: str
    description: str
    crumbs: tuple[Crumb, ...]
    view: Mapping[str, Any] = field(default_factory=dict)
    published: date | None = None
    content_source: str | None = None
    keywords: tuple[str, ...] = ()
    source: str | None = None

    @property
    def path(self) -> str:
        """The file of this page, relative to the site's root."""
        return f"{self.url}index.html"

    @property
    def base(self) -> str:
        """The relative way to the site's root, ending with ``/`` (empty for the root itself)."""
        return urls.to_root(self.url)


def neighbours(series: Sequence[Entry], record_id: str) -> dict[str, Entry | None]:
    """The entries before and after one in a series: for previous and next."""
    at = next(number for number, entry in enumerate(series) if entry.id == record_id)
    return {"previous": series[at - 1] if at else None, "next": series[at + 1] if at + 1 < len(series) else None}


def lineage(column: Column, record_id: str) -> dict[str, Any]:
    """What a record carries on, and what carries it on in later years."""
    return {"earlier": column.index.earlier.get(record_id), "later": column.index.later.get(record_id, ())}


def summary(text: str, length: int = 110) -> str:
    """The beginning of a text for the meta description, cut at a sentence or comma where possible."""
    flat = "".join(text.split())
    if len(flat) <= length:
        return flat
    cut = max(flat.rfind(mark, 40, length) for mark in "。；，")
    return (flat[:cut] if cut > 0 else flat[: length - 1]) + "…"
