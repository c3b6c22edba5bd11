"""Ids of drafts: a document that was imported before keeps its id, another one never gets it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.authoring.yaml_draft import Guess, settled
from gongkai.importing.drafting.draft import Draft
from gongkai.importing.drafting.places import numbered
from gongkai.text.blanks import squeeze

_SAME_TITLE = 0.8
"""Share of characters that two titles have in common when they are two states of one title."""


class Present(Struct, frozen=True):
    """What a file that is already there holds: its kind, the titles it goes by, and the number of its document."""

    kind: str
    titles: tuple[str, ...]
    number: str | None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Present:
        """The same of a file's YAML; an occasion is known by its own title, not by that of the year's list."""
        document = values.get("document")
        document = document if isinstance(document, Mapping) else {}
        kind = str(values.get("kind"))
        named = _entries(values) if kind == "participation" else (values, document)
        titles = (squeeze(str(entry["title"])) for entry in named if entry.get("title"))
        return cls(kind, tuple(titles), str(document["doc_number"]) if document.get("doc_number") else None)

    def holds(self, other: Present) -> bool:
        """Whether another draft is of the same document: by its title, or by its number and a title much like it."""
        if self.kind != other.kind:
            return False
        if set(self.titles) & set(other.titles):
            return None in (self.number, other.number) or self.number == other.number
        same_number = self.number is not None and self.number == other.number
        return same_number and any(_alike(one, two) for one in self.titles for two in other.titles)


def _entries(values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    items = values.get("items")
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _SAME_TITLE


def named(drafts: Sequence[Draft], present: Mapping[str, Present], given: str | None) -> list[Draft]:
    """Drafts with ids that no other document has: that of the file that holds the same one, else the first free one.

    Args:
        drafts: those of one import, with the ids that they would have in an empty directory.
        present: the files that are already there, by id.
        given: the id that somebody asked for, which stays.
    """
    ids: dict[str, str] = {}
    for draft in drafts:
        data = settled(draft.data)
        assert isinstance(data, Mapping)
        holds = Present.of(data)
        free = (name for name in numbered(draft.id) if name not in ids.values())
        fits = (name for name in free if name not in present or present[name].holds(holds))
        ids[draft.id] = draft.id if draft.id == given else next(fits)
    return [Draft(ids[draft.id], _renamed(draft.data, ids)) for draft in drafts]


def _renamed(data: Mapping[str, object], ids: Mapping[str, str]) -> dict[str, object]:
    """A draft's data under its new id, and with that of the draft that carries its document."""
    old, document = data["id"], data.get("document")
    new = ids[str(settled(old))]
    renamed = {**data, "id": replace(old, value=new) if isinstance(old, Guess) else new}
    return renamed | {"document": ids.get(document, document)} if isinstance(document, str) else renamed
