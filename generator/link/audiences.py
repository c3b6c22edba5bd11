"""Which records concern which people (特色主题, 政策找人): by name, by theme, or by the words of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.model.column import Entry, RecordKind
from generator.model.record import Record
from generator.model.vocabulary import Audience

_GATHERED = (
    RecordKind.TASK,
    RecordKind.DECISION,
    RecordKind.PROJECT,
    RecordKind.DOCUMENT,
    RecordKind.INTERPRETATION,
    RecordKind.PARTICIPATION,
)


def link_audiences(
    audiences: Mapping[str, Audience],
    records: Iterable[Record],
    named: Mapping[str, tuple[str, ...]],
    entries: Mapping[str, Entry],
) -> dict[str, tuple[Entry, ...]]:
    """What concerns each audience, in the order of the records.

    Args:
        audiences: the vocabulary, with the themes and words of each.
        records: everything findable, newest first.
        named: by record id, the audiences that its editor named.
        entries: every record by id.
    """
    found: dict[str, list[Entry]] = {audience: [] for audience in audiences}
    for record in records:
        if record.kind not in _GATHERED:
            continue
        for audience in audiences.values():
            if (
                audience.id in named.get(record.id, ())
                or not set(audience.themes).isdisjoint(record.themes)
                or any(word in record.text or word in record.title for word in audience.words)
            ):
                found[audience.id].append(entries[record.id])
    return {audience: tuple(gathered) for audience, gathered in found.items() if gathered}
