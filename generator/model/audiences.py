"""Which records concern which people (特色主题, 政策找人): by name, by theme, or by the words of the text."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.column import RecordKind
from generator.model.vocabulary import Audience

GATHERED = frozenset(
    {
        RecordKind.TASK,
        RecordKind.DECISION,
        RecordKind.PROJECT,
        RecordKind.DOCUMENT,
        RecordKind.INTERPRETATION,
        RecordKind.PARTICIPATION,
    }
)
"""Kinds that concern people by themselves: headings and lists would only repeat what stands in them."""


def concerned(
    audiences: Iterable[Audience], kind: RecordKind, named: tuple[str, ...], themes: tuple[str, ...], text: str
) -> tuple[str, ...]:
    """Ids of the audiences that a record concerns, in the order of the vocabulary.

    Args:
        audiences: the vocabulary, with the themes and words of each.
        kind: what kind of record it is.
        named: the audiences that its editor named.
        themes: its themes.
        text: its title and text.
    """
    if kind not in GATHERED:
        return ()
    return tuple(
        audience.id
        for audience in audiences
        if audience.id in named
        or not set(audience.themes).isdisjoint(themes)
        or any(word in text for word in audience.words)
    )
