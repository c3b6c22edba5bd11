"""The vocabularies that documents refer to by id: organs, themes and document-number prefixes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from gongkai.column.origin import Origin


class OrganTerm(Struct, frozen=True):
    """What a district was called and where it lay for some time; ``last`` is the last day of it, None while it lasts.

    ``division`` is its code (行政区划代码, GB/T 2260), six digits; ``under`` are the codes of superiors that the code
    does not show. With neither, no text of a province or city is taken to bind it.
    """

    name: str
    short_name: str
    region: str
    division: str | None = None
    under: tuple[str, ...] = ()
    last: date | None = None


class Organ(Struct, frozen=True):
    """A district government whose documents the column publishes (发布机构所属区县), as it is today.

    ``name`` is the full legal name (示例市示例区人民政府), ``short_name`` what pages show (示例区). ``since`` is the
    first day of its present name and division, ``former`` what was before, oldest first. ``until`` is the last day of a
    district that was dissolved, ``successor`` the id of the one that goes on for it. ``first_published`` is the day on
    which the column published anything of the district for the first time (栏目首次发布).
    """

    id: str
    name: str
    short_name: str
    region: str
    origin: Origin
    division: str | None = None
    under: tuple[str, ...] = ()
    since: date | None = None
    former: tuple[OrganTerm, ...] = ()
    until: date | None = None
    successor: str | None = None
    first_published: date | None = None

    def on(self, day: date | None) -> OrganTerm:
        """What it was called and where it lay on a day; today where the day is unknown."""
        for term in self.former:
            if day and term.last and day <= term.last:
                return term
        return OrganTerm(self.name, self.short_name, self.region, self.division, self.under, self.until)

    def as_on(self, day: date | None) -> Organ:
        """The district under the name of a day: what a paper of that day says of it."""
        term = self.on(day)
        return replace(self, name=term.name, short_name=term.short_name, region=term.region, division=term.division)

    def division_on(self, day: date) -> str | None:
        """Its code on a day."""
        return self.on(day).division

    def under_on(self, day: date) -> tuple[str, ...]:
        """The superiors on a day that its code does not show."""
        return self.on(day).under

    @property
    def areas(self) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
        """Where it lay at any time: code and superiors."""
        terms = (*self.former, self.on(None))
        return tuple((term.division, term.under) for term in terms)

    @property
    def short_names(self) -> tuple[str, ...]:
        """What it is called in short, and was before."""
        return tuple(dict.fromkeys((self.short_name, *(term.short_name for term in reversed(self.former)))))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it ever had, the present ones first."""
        terms = (self.on(None), *reversed(self.former))
        return tuple(dict.fromkeys(name for term in terms for name in (term.short_name, term.name)))


class ThemeScheme(StrEnum):
    """Which list a theme belongs to."""

    NATIONAL = "national"  # 国务院主题分类
    LOCAL = "local"  # the column's own, citizen-facing themes (特色主题)


class Theme(Struct, frozen=True):
    """A subject (主题). National themes have at most one parent; local themes have none."""

    id: str
    name: str
    scheme: ThemeScheme
    parent: str | None
    description: str
    origin: Origin
    synonyms: tuple[str, ...] = ()


class Audience(Struct, frozen=True):
    """A group of people (特色主题, 政策找人): what has one of its themes or words belongs to it."""

    id: str
    name: str
    description: str
    themes: tuple[str, ...]
    words: tuple[str, ...]
    origin: Origin


class SearchVocabulary(Struct, frozen=True):
    """How readers say things: spellings of departments, synonyms both ways, one way, and words of questions.

    ``everyday`` is asked only where the words themselves find nothing; ``weak`` words say nothing alone (服务), and
    ``fillers`` nothing at all (难 in 停车难). ``pages`` are other names of pages by address.
    """

    departments: tuple[tuple[str, ...], ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    to: tuple[tuple[str, tuple[str, ...]], ...] = ()
    questions: tuple[str, ...] = ()
    everyday: tuple[tuple[str, tuple[str, ...]], ...] = ()
    weak: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    pages: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def with_more(self, other: SearchVocabulary) -> SearchVocabulary:
        """What both say, each thing once; of a word that both lead elsewhere, what ``other`` says."""
        return SearchVocabulary(
            tuple(dict.fromkeys((*self.departments, *other.departments))),
            tuple(dict.fromkeys((*self.same, *other.same))),
            tuple({**dict(self.to), **dict(other.to)}.items()),
            tuple(dict.fromkeys((*self.questions, *other.questions))),
            tuple({**dict(self.everyday), **dict(other.everyday)}.items()),
            tuple(dict.fromkeys((*self.weak, *other.weak))),
            tuple(dict.fromkeys((*self.fillers, *other.fillers))),
            tuple({**dict(self.pages), **dict(other.pages)}.items()),
        )


class DocumentPrefix(Struct, frozen=True):
    """An issuing code (机关代字) such as 示政办发 and the unit that issues under it (GB/T 9704-2012, 7.2.5)."""

    code: str
    organ: str
    issuer: str
    origin: Origin
