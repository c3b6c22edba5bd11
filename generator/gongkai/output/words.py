"""Which names pages can have: every word of everything that pages and their scripts are made from.

Whoever reads markup exactly must know each place where it is made: templates, Python, scripts, Markdown. Whoever takes
every word for a name cannot miss one that is written out. Of a name that is put together the part that is written
counts: the beginning of ``level-{{ n }}``, ``level-${n}`` and ``"level-" + n``, the end of ``{{ n }}-level``.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from gongkai.text.patterns import anywhere

_WORD = anywhere(r"[a-z_-][a-z0-9_-]*")
_START = anywhere(r"(?<![a-z0-9_-])[0-9_-]*([a-z][a-z0-9_-]*(?:[_-](?![a-z0-9_-])|(?<=..)(?=\{\{|\{%|\$\{)))")
_END = anywhere(r"(?:(?<![a-z0-9_-])-|(?<=\}\})|(?<=%\}))[a-z][a-z0-9_-]+")


class Words(Struct, frozen=True):
    """Words in lower case; ``starts`` and ``ends`` are the parts of names that are put together."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    ends: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """All words of these texts."""
        text = "\n".join(texts).lower()
        return cls(frozenset(_WORD.findall(text)), *(tuple(sorted(set(part.findall(text)))) for part in (_START, _END)))

    def name(self, name: str) -> bool:
        """Whether anything may have this name. Always true of names that are not plain words."""
        known = name.lower()
        if known in self.whole or not _WORD.fullmatch(known):
            return True
        return known.startswith(self.starts) or known.endswith(self.ends)
