"""What each kind of file says to the importer, and in which order kinds are asked.

A kind that office documents can become has ``importing.py`` in its folder: how it is told, and how it is drafted. What
it is told by is its own; who is asked before whom is settled here, because titles say 目录, 清单, 安排 of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from gongkai.authoring.yaml_draft import settled
from gongkai.importing.blocks import Block, LooseTable, Table, pieces
from gongkai.importing.drafting.context import Context, year_of
from gongkai.importing.drafting.draft import Draft
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.notices import Notice
from gongkai.kinds import NAMES
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker

_UNRELATED = "没有认出工作要点、任务表、项目清单、决策目录或主动公开事项目录，整段没有导入"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A form in which a kind of file stands in office documents: the text of a plan, or its task table.

    Each question is answered by what it is given alone: a title without blanks, a table, the texts of a list, or all
    blocks of a document that is nothing else.
    """

    name: str
    titled: Callable[[str], bool] = lambda _: False
    tabled: Callable[[Table | LooseTable], bool] = lambda _: False
    listed: Callable[[Sequence[str]], bool] = lambda _: False
    whole: Callable[[Sequence[Block]], bool] = lambda _: False
    fits: Callable[[Part], bool] = lambda _: True  # what a title promises must be there


class Drafting:
    """The drafts of one document: their ids, what they share, and what none of them takes."""

    def __init__(self, notice: Notice, context: Context, identifier: str | None, taken: list[str]) -> None:
        self.notice, self.context, self._identifier, self._taken = notice, context, identifier, taken
        self.drafts: list[Draft] = []

    @property
    def shared(self) -> str | None:
        """The id of the draft that carries the document already."""
        return next((draft.id for draft in self.drafts), None)

    def leave(self, part: Part) -> None:
        """Nothing fits: everything goes to the left-out list, title included."""
        texts = [(part.title, 0)] if part.title else []
        self.context.provenance.leaves([*texts, *pieces(part.blocks)], _UNRELATED)

    def name(self, tail: str, titles: Sequence[str | None]) -> str:
        """organ-year, organ-year-projects …; the given identifier for the first draft."""
        year = settled(year_of(self.notice, list(titles), self.context))
        base = f"{self.context.organ}-{year}{tail}"
        if self._identifier:
            base, self._identifier = self._identifier, None
        name, count = base, 2
        while name in self._taken:
            name, count = f"{base}-{count}", count + 1
        self._taken.append(name)
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """How a kind of file is told and drafted.

    ``draft`` makes drafts of parts with their roles, of one part or with ``together`` of all parts of a document, and
    gives back what it can make nothing of.
    ``draft_whole`` makes the draft of a document that is nothing else.
    """

    roles: tuple[Role, ...]
    draft: Callable[[Sequence[tuple[Role, Part]], Drafting], Iterator[Part]] | None = None
    together: bool = False
    draft_whole: Callable[[Role, Sequence[Block], Notice, str | None, Context], Draft] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What something is: a kind of file in one of its roles."""

    importer: Importer
    role: Role


_WHOLE = ("contents", "interpretation", "occasion", "rules")
_TITLES = ("decisions", "catalogue", "task table", "projects", "plan text")
_TABLES = ("catalogue", "decisions", "projects", "task table")
_LISTS = ("decisions", "projects", "plan text")
"""Roles in the order in which they are asked; what is not named here is asked before the last, which takes the rest."""


@cache
def importers() -> Mapping[str, Importer]:
    """By kind of file: those that office documents can become."""
    modules = {name: f"gongkai.kinds.{name}.importing" for name in NAMES}
    return {name: import_module(module).IMPORTER for name, module in modules.items() if find_spec(module)}


def told_whole(blocks: Sequence[Block]) -> Told | None:
    """What a document is that is one thing as a whole, or None."""
    return next((told for told in _in_order(_WHOLE) if told.role.whole(blocks)), None)


def told_part(part: Part, notice_title: str) -> Told | None:
    """What a part is: by its title first, then by its tables and lists, then by the title of the notice."""
    named = _by_title(part.title or "")
    if named and not named.role.fits(part):
        named = None
    return named or _by_content(part) or _by_title(notice_title)


def _by_title(title: str) -> Told | None:
    plain = squeeze(title)
    return next((told for told in _in_order(_TITLES) if told.role.titled(plain)), None)


def _by_content(part: Part) -> Told | None:
    for table in part.tables:
        if found := next((told for told in _in_order(_TABLES) if told.role.tabled(table)), None):
            return found
    texts = [paragraph.text for paragraph in part.paragraphs]
    if not any(marker(text) for text in texts):
        return None
    return next((told for told in _in_order(_LISTS) if told.role.listed(texts)), None)


@cache
def _in_order(names: tuple[str, ...]) -> tuple[Told, ...]:
    places = {name: at for at, name in enumerate(names)}
    found = [Told(importer, role) for importer in importers().values() for role in importer.roles]
    return tuple(sorted(found, key=lambda told: places.get(told.role.name, len(names) - 1.5)))
