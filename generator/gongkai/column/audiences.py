"""Which records concern which people (特色主题, 政策找人): by name, by theme, or by the words of the text."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.column.vocabulary import Audience
from gongkai.column.words import RecordKind


def concerned(
    audiences: Iterable[Audience], kind: RecordKind, named: tuple[str, ...], themes: tuple[str, ...], text: str
) -> tuple[str, ...]:
    """Ids of the audiences that a record concerns, in the order of the vocabulary.

    Headings and lists concern nobody by themselves: they would only repeat what stands in them.

    Args:
        audiences: the vocabulary, with the themes and words of each.
        kind: what kind of record it is.
        named: the audiences that its editor named.
        themes: its themes.
        text: its title and text.
    """
    if kind.audience_rank is None:
        return ()
    return tuple(
        audience.id
        for audience in audiences
        if audience.id in named
        or not set(audience.themes).isdisjoint(themes)
        or any(word in text for word in audience.words)
    )
