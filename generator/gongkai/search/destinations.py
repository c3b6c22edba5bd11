"""Pages that a query may name: units by every spelling, themes, groups of people, districts, years, lists, content/.

They are shown above what is found (直达), and suggested while a reader types. A query is compared with whole names, so
their table is a dictionary, cut into files by the ends of names: a query asks for one or two of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from msgspec import Struct

from gongkai.column import urls
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import Audience, Organ, Theme
from gongkai.search.encoding import Compress, pack_text, term_hash
from gongkai.search.normalize import normalize
from gongkai.search.spellings import Spellings
from gongkai.text.patterns import anywhere, whole

_AND = anywhere("[与和]")

KINDS = ("unit", "page", "theme", "audience", "organ", "year")
"""What a destination is; a table names them by their places in this order."""
NAME_END = 2
"""Characters at its end by which a name finds its file."""
_TOLD = anywhere("(?:[局委办厅镇乡]|街道)$")
"""What a department ends with, so that a query shows where one may end: NAME_ENDS in readers.js."""
_FEW = 120_000
"""Bytes of names up to which one file has all of them, about."""
_FILE = 3_000
"""Bytes of a file of names before compression, about."""
_ENDED = whole("(.{2,3})(局|委|办)")
_SHORT_FOR = whole("..[局委办]")
_TOWNS = anywhere("镇|乡|街道")
_TOWN_NAMES = ("街道办", "街道办事处", "镇政府", "乡政府", "乡镇政府", "乡镇", "镇街", "街镇", "各街道", "各镇")
"""What readers call those that documents name together, 各镇（街道）."""
_CENTRE = "中心"
_BEFORE_CENTRE = ("综合", "发展", "事业")
_STRETCHED = anywhere("工作|年度|政府")
_PLAIN = 4
"""Characters that a name without them has at least."""
_DESCRIBED = anywhere("[、，。；和与等：]+")
_MARKS = anywhere(r"[\s,，。、；;：:？?！!/|()（）\[\]【】〔〕…—-]+")
"""What a query is compared without: OTHER in destinations.js."""
_SUBJECT = 2
"""Characters of what a theme of twice as many is about: 疫情 of 疫情防控."""
_SHORTEST, _LONGEST = 2, 16


class NamedPage(Struct, frozen=True):
    """A page that is not of the kinds below, with what else readers call it (``aliases``), and its district."""

    title: str
    url: str
    aliases: tuple[str, ...] = ()
    organ: str | None = None


class Destination(Struct, frozen=True):
    """A page and its names, normalised; ``group`` has more of them, and ``organ`` is the district that it is of."""

    kind: str
    title: str
    url: str
    names: tuple[str, ...]
    organ: str | None = None
    group: int | None = None


def destinations_of(
    units: Iterable[Unit],
    themes: Iterable[Theme],
    audiences: Iterable[Audience],
    organs: Iterable[Organ],
    pages: Iterable[NamedPage],
    spellings: Spellings,
    aliases: Mapping[str, Sequence[str]],
) -> list[Destination]:
    """Every page that a query may name, each address once, in the order in which they are shown.

    ``aliases`` are what else themes are called, by address.
    """
    found = [*_units(units, spellings), *_pages(pages), *_themes(themes, aliases)]
    found += [*_audiences(audiences), *_organs(organs)]
    return list({one.url: one for one in reversed(found)}.values())[::-1]


def _units(units: Iterable[Unit], spellings: Spellings) -> Iterator[Destination]:
    known = {unit.id: unit for unit in units}
    every = {unit.id: list(_all_of(unit, spellings)) for unit in known.values()}
    named = set(chain.from_iterable(every.values()))
    for unit in known.values():
        own = spellings.names(unit)
        names = (*own, *_also(unit, own), *(name for name in _ended(every[unit.id]) if name not in named))
        group = None if unit.is_group else spellings.group(own)
        yield Destination("unit", unit.name, urls.unit(unit.id), names, unit.organ, group)
    for unit in known.values():  # who looks for what was dissolved is led to what took over, too
        if unit.successor in known:
            after = known[unit.successor]
            yield Destination("unit", after.name, urls.unit(after.id), spellings.names(unit), after.organ)


def _all_of(unit: Unit, spellings: Spellings) -> Iterator[str]:
    """Every spelling of a department; of those that are named together, none."""
    if not unit.is_group:
        own = spellings.names(unit)
        group = spellings.group(own)
        yield from (*own, *(() if group is None else spellings.said_of(group, unit.organ)))


def _ended(names: Iterable[str]) -> Iterator[str]:
    """Short names with another end: readers remember what a department is for, not whether it is a 局 or a 委."""
    for name in names:
        if match := _ENDED.fullmatch(name):
            yield from (f"{match[1]}{end}" for end in ("局", "委", "中心") if end != match[2])


def _also(unit: Unit, names: Iterable[str]) -> Iterator[str]:
    """What readers call a unit besides: towns by what they are, a centre (商务服务中心) by the bureau it follows."""
    if unit.is_group and _TOWNS.search(unit.name):
        yield from _TOWN_NAMES
    for name in names:
        if name.endswith(_CENTRE) and len(stem := _stem(name)) > 1:
            yield from (f"{stem}{end}" for end in (_CENTRE, "服务中心", "局"))


def _stem(name: str) -> str:
    """What a centre is for: 商务 of 商务综合服务中心."""
    stem = name.removesuffix(_CENTRE).removesuffix("服务")
    while len(stem) >= 4 and stem.endswith(_BEFORE_CENTRE):  # noqa: PLR2004 - two characters are left
        stem = stem[:-2]
    return stem


def _pages(pages: Iterable[NamedPage]) -> Iterator[Destination]:
    for page in pages:
        names = (page.title, *page.aliases)
        yield Destination("page", page.title, page.url, _names(*names, *map(_plain, names)), page.organ)


def _plain(name: str) -> str:
    """A name without what official names are stretched by: readers say 政务公开要点 for 政务公开工作要点."""
    short = _STRETCHED.sub("", name)
    return short if len(short) >= _PLAIN else name


def _themes(themes: Iterable[Theme], aliases: Mapping[str, Sequence[str]]) -> Iterator[Destination]:
    for theme in themes:
        url = urls.theme(theme.id)
        subject = theme.name[:_SUBJECT] if len(theme.name) == 2 * _SUBJECT else theme.name
        described = _DESCRIBED.split(theme.description)
        names = _names(theme.name, subject, *theme.synonyms, *described, *aliases.get(url, ()))
        yield Destination("theme", theme.name, url, names)


def _audiences(audiences: Iterable[Audience]) -> Iterator[Destination]:
    for audience in audiences:
        names = _names(audience.name, *audience.words, *_AND.split(audience.name))
        yield Destination("audience", audience.name, urls.audience(audience.id), names)


def _organs(organs: Iterable[Organ]) -> Iterator[Destination]:
    for organ in organs:
        names = _names(organ.short_name, organ.name, organ.short_name[:-1])
        yield Destination("organ", organ.short_name, urls.organ(organ.id), names, organ.id)


def _names(*names: str) -> tuple[str, ...]:
    known = dict.fromkeys(normalize(name) for name in names)
    return tuple(name for name in known if _SHORTEST <= len(name) <= _LONGEST)


# How it is published.

NAME_FILES = 64
"""Files of names that a column has at least: those of a query travel with the first file of the index."""


class Names(Struct, frozen=True):
    """Spellings and destinations as they are published: ``head`` lies in the file that every query needs."""

    head: dict[str, Any]
    files: dict[str, bytes]


def published_names(
    spellings: Spellings,
    found: Sequence[Destination],
    organs: Sequence[str],
    squeeze: Compress,
    seen: Collection[str] = (),
) -> Names:
    """The names of a column in files by the ends of the names.

    The head has what no end gives away in a query, and the spellings that the texts have (``seen``), where the page
    itself looks for them. A row of a department is its group and all spellings; one of a page is kind, title, address,
    number of its district (-1: none), and those of its names that find this file. Where they are few, ``departments``
    and ``pages`` have all of them, for who corrects and suggests.
    """
    table = _Table.of(spellings, found, organs)
    files = table.files
    cut: list[tuple[dict[int, list[Any]], dict[int, list[Any]]]] = [({}, {}) for _ in range(files)]
    for at, (row, names) in enumerate(table.pages):
        for name in names:
            cut[file_of(name, files)][1].setdefault(at, list(row)).append(name)
    for at, name in table.told:
        cut[file_of(name, files)][0][at] = [at, *table.groups[at]]
    made = {f"names-{at:x}": squeeze(pack_text([list(kept.values()) for kept in part])) for at, part in enumerate(cut)}
    return Names(table.head(seen), made | table.whole(squeeze))


def names_together(
    spellings: Spellings, found: Sequence[Destination], organs: Sequence[str], squeeze: Compress
) -> tuple[Names, int]:
    """The same in one file, for who reads all of them; and into how many files they would be cut."""
    table = _Table.of(spellings, found, organs)
    departments = [[at, *table.groups[at]] for at in dict(table.told)]
    made = {"names": squeeze(pack_text([departments, [[*row, *names] for row, names in table.pages]]))}
    return Names(table.head(), made | table.whole(squeeze)), table.files


class _Table(NamedTuple):
    """Spellings by group, those of them that the end of a text gives away, and pages: rows, and the names of each."""

    groups: dict[int, list[str]]
    told: list[tuple[int, str]]
    pages: list[tuple[list[Any], list[str]]]
    size: int

    @classmethod
    def of(cls, spellings: Spellings, found: Sequence[Destination], organs: Sequence[str]) -> _Table:
        """That of some departments and pages."""
        groups = {at: names for at, names in enumerate(spellings.groups) if names}
        told = [(at, name) for at, names in groups.items() for name in names if _TOLD.search(name)]
        numbers = {organ: at for at, organ in enumerate(organs)}
        pages = [(row_of_page(one, numbers), _all_names(one, spellings)) for one in found]
        size = sum(len(row[_URL]) + 2 * len("".join(names)) for row, names in pages)
        return cls(groups, told, pages, size + sum(2 * len("".join(groups[at])) for at in dict(told)))

    @property
    def files(self) -> int:
        """How many files they are cut into."""
        files = NAME_FILES
        while self.size / files > _FILE:
            files *= 2
        return files

    def head(self, seen: Collection[str] = ()) -> dict[str, Any]:
        """What the head says of them."""
        near = (
            [at, *(name for name in names if name in seen or not _TOLD.search(name))]
            for at, names in self.groups.items()
        )
        return {"spellings": [row for row in near if len(row) > 1]} | ({"few": 1} if self.size <= _FEW else {})

    def whole(self, squeeze: Compress) -> dict[str, bytes]:
        """All of them in two files, where they are few."""
        if self.size > _FEW:
            return {}
        departments = [[at, *names] for at, names in self.groups.items()]
        pages = [[*row, *names] for row, names in self.pages]
        return {"departments": squeeze(pack_text(departments)), "pages": squeeze(pack_text(pages))}


_URL = 2
"""The place of the address in a row of a page."""


def row_of_page(one: Destination, organs: Mapping[str, int]) -> list[Any]:
    """A page as it is published, before its names; ``organs`` are the numbers of the districts."""
    return [KINDS.index(one.kind), one.title, one.url, organs[one.organ] if one.organ else -1]


def _all_names(one: Destination, spellings: Spellings) -> list[str]:
    """The names of a page; departments also without their last character: 人社局 and 人社."""
    group = [] if one.group is None else spellings.said_of(one.group, one.organ)
    short = [name[:-1] for name in group if _SHORT_FOR.fullmatch(name)]
    return list(dict.fromkeys(map(_compared, (one.title, *one.names, *group, *short))))


@lru_cache(1 << 16)
def _compared(name: str) -> str:
    """A name as a query is compared with it; many districts call their departments the same."""
    return _MARKS.sub("", normalize(name))


def file_of(name: str, files: int) -> int:
    """The file that a name lies in: those with the same end lie together."""
    return _ending(name[-NAME_END:]) % files


_ending = lru_cache(1 << 16)(term_hash)
