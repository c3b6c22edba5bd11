"""What each kind of file says to the importer, and in which order kinds are asked.

A kind that office documents can become has ``importing.py`` in its folder: how it is told, and how it is drafted. What
it is told by is its own; who is asked before whom is settled here, because titles say 目录, 清单, 安排 of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from msgspec import Struct
from msgspec.structs import replace

from gongkai.importing.blocks import Block, LooseTable, Table, pieces
from gongkai.importing.drafting.context import Context, number_of, year_of
from gongkai.importing.drafting.draft import Draft
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.papers import title_of
from gongkai.kinds import NAMES
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.patterns import anywhere

_UNRELATED = "没有认出工作要点、任务表、项目清单、决策目录或主动公开事项目录，整段没有导入"


class Role(Struct, frozen=True, kw_only=True):
    """A form in which a kind of file stands in office documents: the text of a plan, or its task table.

    Each question is answered by what it is given alone: a title without blanks, a table, the texts of a list, or all
    blocks of a document that is nothing else.
    """

    name: str
    label: str  # what the report calls it, and what ``--kind`` takes
    titled: Callable[[str], bool] = lambda _: False
    tabled: Callable[[Table | LooseTable], bool] = lambda _: False
    listed: Callable[[Sequence[str]], bool] = lambda _: False
    whole: Callable[[Sequence[Block]], bool] = lambda _: False
    never: Callable[[str], bool] = lambda _: False  # a title under which no list is this
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
        year = number_of(year_of(self.notice, list(titles), self.context))
        base = f"{self.context.organ}-{year}{tail}" if year else f"{self.context.organ}{tail or '-plan'}"
        if self._identifier:
            base, self._identifier = self._identifier, None
        name, count = base, 2
        while name in self._taken:
            name, count = f"{base}-{count}", count + 1
        self._taken.append(name)
        return name


class Importer(Struct, frozen=True, kw_only=True):
    """How a kind of file is told and drafted.

    ``draft`` makes drafts of parts with their roles, of one part or with ``together`` of all parts of a document, and
    gives back what it can make nothing of.
    ``draft_whole`` makes the draft of a document that is nothing else, ``apart`` parts a file that holds several.
    """

    roles: tuple[Role, ...]
    draft: Callable[[Sequence[tuple[Role, Part]], Drafting], Iterator[Part]] | None = None
    together: bool = False
    draft_whole: Callable[[Role, Sequence[Block], Notice, str | None, Context], Draft] | None = None
    apart: Callable[[Sequence[Block]], Sequence[Sequence[Block]]] = lambda blocks: [blocks]


class Told(Struct, frozen=True):
    """What something is: a kind of file in one of its roles, and what says so (Chinese, for the editor)."""

    kind: str
    importer: Importer
    role: Role
    basis: str = ""


_WHOLE = ("contents", "interpretation", "answer", "occasion", "rules")
_TITLES = ("decisions", "catalogue", "task table", "projects", "plan text")
_TABLES = ("catalogue", "decisions", "projects", "task table")
_LISTS = ("decisions", "projects", "plan text")
"""Roles in the order in which they are asked; what is not named here is asked before the last, which takes the rest."""
_LAST = ("paper",)
"""What a document is when it is nothing else."""
_ASKED = "按 --kind 的指定"
_LONGEST = 40
_PASSES_ON = anywhere("印发|下达|公布|转发")
_SAYS_ITSELF = anywhere(r"(?:意见|决定|办法|规定|措施|方案)(?:[（(][^（）()]{1,16}[）)])?$")


@cache
def importers() -> Mapping[str, Importer]:
    """By kind of file: those that office documents can become."""
    modules = {name: f"gongkai.kinds.{name}.importing" for name in NAMES}
    return {name: import_module(module).IMPORTER for name, module in modules.items() if find_spec(module)}


def asked_for(words: str) -> Importer | Told | None:
    """What ``--kind`` names: a kind of file by its id (plan), or one of its forms as reports call it (解读)."""
    if words in importers():
        return importers()[words]
    named = [told for told in _in_order(()) if words in (told.role.label, told.role.name)]
    return replace(named[0], basis=_ASKED) if named else None


def choices() -> str:
    """What ``--kind`` takes, for a sentence."""
    return "、".join(dict.fromkeys(told.role.label for told in _in_order((*_WHOLE, *_TITLES))))


def told_whole(blocks: Sequence[Block], asked: Importer | Told | None = None) -> Told | None:
    """What a document is that is one thing as a whole, or None; with ``asked`` that, where it is such a kind."""
    if isinstance(asked, Told):
        return asked if asked.importer.draft_whole else None
    for told in _in_order((*_WHOLE, *_LAST)):
        mine = told.importer is asked if asked else told.role.name not in _LAST
        if told.importer.draft_whole and mine and told.role.whole(blocks):
            return replace(told, basis=_ASKED if asked else "标题" + _quoted(title_of(blocks) or ""))
    if asked and asked.draft_whole:
        return replace(next(told for told in _in_order(_WHOLE) if told.importer is asked), basis=_ASKED)
    return None


def told_paper(blocks: Sequence[Block]) -> Told | None:
    """A document that is nothing more special; None where it has not even the head of one."""
    told = next(told for told in _in_order(()) if told.role.name in _LAST)
    if not told.role.whole(blocks):
        return None
    return replace(told, basis=f"标题{_quoted(title_of(blocks) or '')}，没有任务表、项目清单或者目录")


def stands_alone(parts: Sequence[tuple[Told | None, Part]], title: str) -> bool:
    """Whether a document is no more than its own text: none of its parts is anything else.

    意见 and 决定 that are no notices of something else say themselves what is to be done; a table that parts the work
    is their annex.
    """
    told = [each for each, _ in parts if each]
    plain = squeeze(title)
    own = "关于" in plain and bool(_SAYS_ITSELF.search(plain)) and not _PASSES_ON.search(plain)
    return all(own and each.role.name == "task table" for each in told)


def told_parts(
    parts: Sequence[Part], notice_title: str, asked: Importer | Told | None = None
) -> list[tuple[Told | None, Part]]:
    """What each part of a document is. Numbered text beside the table of a plan is that plan's, whatever its title."""
    if asked:
        return [(_asked_part(part, asked), part) for part in parts]
    told = [(told_part(part, notice_title), part) for part in parts]
    plans = [each.importer for each, _ in told if each and each.importer.together]
    text = next((each for each in _in_order(_LISTS) if each.role.name in _LISTS and each.importer in plans), None)
    beside = replace(text, basis="和任务表印在一起") if text else None
    return [(each or (beside if _numbered(part) else None), part) for each, part in told]


def _asked_part(part: Part, asked: Importer | Told) -> Told | None:
    importer = asked.importer if isinstance(asked, Told) else asked
    found = [told for told in _in_order(_TITLES) if told.importer is importer]
    fitting = [told for told in found if told.role.fits(part) and (part.blocks or part.title)]
    return replace(fitting[0], basis=_ASKED) if fitting else None


def carried_text(parts: Sequence[tuple[Told | None, Part]]) -> list[Part]:
    """Rules or a scheme (方案) that a notice issues beside its lists: the document is their text."""
    text = [part for told, part in parts if told is None and _SAYS_ITSELF.search(squeeze(part.title or ""))]
    return [part for part in text if _numbered(part)] if any(told for told, _ in parts) else []


def titles_a_part(title: str) -> bool:
    """Whether a title, without blanks, is that of a list, a table or a plan."""
    return any(told.role.titled(title) for told in _in_order(_TITLES))


def told_part(part: Part, notice_title: str) -> Told | None:
    """What a part is: by its title first, then by its tables and lists, then by the title of the notice."""
    return (
        _by_title(part.title or "", part)
        or _by_content(part, notice_title)
        or _by_title(notice_title, Part(notice_title, part.blocks))
    )


def _by_title(title: str, part: Part | None) -> Told | None:
    plain = squeeze(title)
    claims = [told for told in _in_order(_TITLES) if told.role.titled(plain)]
    by_table = [
        told for told in _in_order(_TABLES) if told in claims and part and any(map(told.role.tabled, part.tables))
    ]
    found = next((told for told in (*by_table, *claims) if part is None or told.role.fits(part)), None)
    if found is None:
        return None
    return replace(found, basis="标题" + _quoted(plain))


def _by_content(part: Part, notice_title: str) -> Told | None:
    for table in part.tables:
        if found := next((told for told in _in_order(_TABLES) if told.role.tabled(table)), None):
            return replace(found, basis=_heads(table))
    texts = [paragraph.text for paragraph in part.paragraphs]
    if not _numbered(part):
        return None
    told = None if part.tables else _by_title(notice_title, Part(notice_title, part.blocks))
    if told and told.role.name in _LISTS[:-1]:
        return told
    names = [squeeze(part.title or ""), squeeze(notice_title)]
    mine = (told for told in _in_order(_LISTS) if not any(told.role.never(name) for name in names))
    found = next((told for told in mine if told.role.listed(texts)), None)
    return replace(found, basis="各条的写法") if found else None


def _numbered(part: Part) -> bool:
    return any(marker(paragraph.text) for paragraph in part.paragraphs)


def _heads(table: Table | LooseTable) -> str:
    grid = read_grid(table) if isinstance(table, Table) else None
    words = "、".join(grid.labels) if grid else "" if isinstance(table, Table) else squeeze(table.header)
    return "表头" + _quoted(words) if words else "表格的样子"


def _quoted(words: str) -> str:
    return f"“{words if len(words) <= _LONGEST else words[:_LONGEST] + '…'}”"


@cache
def _in_order(names: tuple[str, ...]) -> tuple[Told, ...]:
    places = {name: at for at, name in enumerate(names)}
    found = [Told(kind, importer, role) for kind, importer in importers().items() for role in importer.roles]
    return tuple(sorted(found, key=lambda told: places.get(told.role.name, len(names) - 1.5)))
