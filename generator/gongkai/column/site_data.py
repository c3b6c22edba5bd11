"""The SiteData: everything that is published, resolved and immutable.

Texts live in ``files``; the indexes below hold light values only (titles and addresses),
so that a page about one plan needs that plan and the indexes, never the text of another plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

from msgspec import Struct

from gongkai.column.answered import Answered
from gongkai.column.correction import Correction
from gongkai.column.coverage import Coverage
from gongkai.column.document import Document
from gongkai.column.happening import Happening
from gongkai.column.planning import Planning
from gongkai.column.progress import TaskStatus, Totals
from gongkai.column.rulebook import Retired, RuleText
from gongkai.column.stages import StageKind
from gongkai.column.targets import Measured
from gongkai.column.unit import Unit, Via
from gongkai.column.vocabulary import Audience, DocumentPrefix, Organ, SearchVocabulary, Theme
from gongkai.column.waiver import Ignored, Waiver
from gongkai.column.withdrawal import Withdrawal
from gongkai.column.words import RecordKind, Relation
from gongkai.law.book import LawBook
from gongkai.text.deadline import Deadline
from gongkai.text.role import Role
from gongkai.text.workdays import WorkCalendar


class RecordRef(Struct, frozen=True):
    """A record as other pages show it: a name to click on."""

    kind: RecordKind
    id: str
    title: str
    url: str
    organ: str
    year: int
    label: str  # short human position, e.g. 第22项 or 一（二）


class DocumentHead(Struct, frozen=True):
    """A plan, directory or list as lists show it: everything but its text.

    ``file`` is where it was written; ``carries`` says that it is or came with an official document, ``document`` is the
    id of that, ``day`` when it became public (else was signed); ``chapters`` are the level-1 headings, ``items`` the
    number of tasks, decisions or projects, ``statuses`` what became of them, ``inside`` the themes of these and of all
    headings.
    """

    entry: RecordRef
    file: str
    carries: bool
    document: str
    document_title: str | None
    doc_number: str | None
    issuer_name: str
    date_signed: date | None
    genre: str
    validity: str | None
    day: date | None
    chapters: tuple[RecordRef, ...]
    sections: int
    items: int
    statuses: Totals
    announced: int | None
    inside: tuple[str, ...]
    planning: Planning | None


class Edge(Struct, frozen=True):
    """A link to another record, and what it means."""

    relation: Relation
    entry: RecordRef


class Text(Struct, frozen=True):
    """One text of a document that was revised: what it is called, when it held, and whether it still does."""

    entry: RecordRef
    validity: str | None
    first: date | None
    last: date | None


class UnitAssignment(Struct, frozen=True):
    """One line of a unit's page: what a task asks of the unit, and how it reaches it."""

    task: RecordRef
    parent: RecordRef
    role: Role
    via: Via
    open: bool
    printed: str
    group: str | None  # id of the group through which the duty reaches a member
    deadline: str | None
    status: TaskStatus | None = None  # None where nothing has a status, as decisions
    themes: tuple[str, ...] = ()


class UnitUse(Struct, frozen=True):
    """Everything that refers to one unit: tasks, decisions, items of catalogues it has to publish, projects.

    ``others`` are occasions to take part, proposals and questions; ``years`` are those of tasks and decisions.
    """

    duties: tuple[UnitAssignment, ...]
    decisions: tuple[UnitAssignment, ...]
    items: tuple[UnitAssignment, ...]
    projects: tuple[UnitAssignment, ...]
    others: tuple[UnitAssignment, ...]
    years: tuple[int, ...]

    @property
    def everything(self) -> tuple[UnitAssignment, ...]:
        """In the order of the unit's page."""
        return (*self.decisions, *self.others, *self.items, *self.projects, *self.duties)


@dataclass(frozen=True, slots=True)
class Headings:
    """The newest headings by theme, and by district and theme: so few that no page grows with the column."""

    newest: Mapping[str, tuple[RecordRef, ...]]
    own: Mapping[tuple[str, str], tuple[RecordRef, ...]]
    _ranked: dict[tuple[str, tuple[str, ...], int], tuple[RecordRef, ...]] = field(default_factory=dict, compare=False)

    def of_other_years(self, organ: str, themes: tuple[str, ...], year: int) -> tuple[RecordRef, ...]:
        """Those that share two themes: the district's own first, then most shared themes, then newest.

        Where there is one theme only, the district's own share that. Kept, for few themes occur together.
        """
        key = organ, themes, year
        if key not in self._ranked:
            near = [entry for theme in themes for entry in self.own.get((organ, theme), ())]
            far = [entry for theme in themes for entry in self.newest.get(theme, ()) if entry.organ != organ]
            own, others = Counter(near), Counter(far)
            least = min(_SHARED, len(themes))
            found = {entry: count for entry, count in own.items() if count >= least}
            found |= {entry: count for entry, count in others.items() if count >= _SHARED}
            kept = [entry for entry in found if entry.year != year]
            kept.sort(key=lambda entry: (entry.organ != organ, -found[entry], -entry.year, entry.id))
            self._ranked[key] = tuple(kept[:_HEADINGS_SHOWN])
        return self._ranked[key]


_SHARED = 2
"""Themes that headings have in common, at least: one says too little."""
_HEADINGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Index:
    """Reverse indexes, all in a stable order (newest year first, then newest document, then printed order)."""

    entries: Mapping[str, RecordRef]  # by record id
    heads: Mapping[str, DocumentHead]  # plans, directories and lists by id
    units: Mapping[str, UnitUse]
    groups: Mapping[str, tuple[str, ...]]  # by unit: the groups that list it as a member
    predecessors: Mapping[str, tuple[str, ...]]  # by unit: whose duties it took over
    themes: Mapping[str, tuple[RecordRef, ...]]
    organ_years: Mapping[tuple[str, int], tuple[RecordRef, ...]]
    organ_themes: Mapping[tuple[str, str], tuple[RecordRef, ...]]
    year_themes: Mapping[tuple[int, str], tuple[RecordRef, ...]]
    headings: Headings
    related: Mapping[str, tuple[RecordRef, ...]]  # by record id, both ways
    earlier: Mapping[str, RecordRef]  # by record id: what it carries on
    later: Mapping[str, tuple[RecordRef, ...]]  # by record id: what carries it on
    edges: Mapping[str, tuple[Edge, ...]]  # by record id: interpretations, gazettes, occasions, plans above and below
    texts: Mapping[str, tuple[Text, ...]]  # by document id: all texts of a revised document, oldest first
    audiences: Mapping[str, tuple[RecordRef, ...]]  # by audience id, newest first
    coverage: Mapping[str, Coverage]  # by id of a catalogue's item: what was published of it
    deadlines: Mapping[str, Deadline]  # by task id
    statuses: Mapping[str, TaskStatus]  # by record id
    answers: Mapping[str, Answered]  # by id of a question: its answer
    measured: Mapping[str, tuple[Measured, ...]]  # by task id: the numbers that it orders, with what was reported
    news: Mapping[str, tuple[tuple[str, Happening], ...]]  # by file id: dated facts, each with the id of its record
    documents: Mapping[str, Document]  # by id, without their text
    years: tuple[int, ...]
    series: Mapping[
        tuple[RecordKind, str], tuple[RecordRef, ...]
    ]  # plans, directories, lists of an organ, oldest first
    digests: Mapping[str, tuple[bytes, bytes]]  # by file id: of what the file says once it is linked, and its document

    def but(self, **values: Any) -> Self:
        """The same, but for some values."""
        return replace(self, **values)

    @classmethod
    def empty(cls) -> Index:
        """The index of nothing."""
        nothing = {"years": (), "headings": Headings({}, {})}
        return cls(**{part.name: nothing.get(part.name, {}) for part in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class SiteData:
    """One column. ``as_of`` is the day the reader is told it was built for; nothing below reads a clock."""

    as_of: date
    organs: Mapping[str, Organ]
    themes: Mapping[str, Theme]
    prefixes: Mapping[str, DocumentPrefix]
    units: Mapping[str, Unit]
    stage_kinds: Mapping[str, StageKind]
    search_vocabulary: SearchVocabulary
    documents: Mapping[str, Document]
    kind_labels: Mapping[str, str]  # of files, as readers know them: plan 工作要点
    files: Mapping[str, Mapping[str, Any]]  # by name of a kind, by id: ask ``kind.of(column)``
    audiences: Mapping[str, Audience]
    index: Index
    calendar: WorkCalendar
    waivers: tuple[Waiver, ...] = ()
    ignored: tuple[Ignored, ...] = ()  # filled in once the rules have run; shown on 数据说明
    rulebook: tuple[RuleText, ...] = ()  # what the column was checked against
    moved: Mapping[str, str] = field(default_factory=dict)  # by old id: the id of the file that carries it on
    renumbered: Mapping[str, str] = field(default_factory=dict)  # by old id of an item: the one that it has now
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)  # by id of the file
    withdrawals: tuple[Withdrawal, ...] = ()
    retired: Mapping[str, Retired] = field(default_factory=dict)  # rules that are no more
    law: LawBook = field(default_factory=LawBook)

    def ask(self, _name: str, answer: Callable[..., Any], *arguments: Any) -> Any:
        """The answer to a question of ``column/questions.py``."""
        return answer(self, *arguments)

    def but(self, **values: Any) -> Self:
        """The same, but for some values."""
        return replace(self, **values)

    @property
    def themes_in_use(self) -> tuple[Theme, ...]:
        """Themes that have a page: something is filed under them, or under a theme somewhere below them."""
        used: set[str] = set()
        for filed in self.index.themes:
            theme = self.themes.get(filed)
            while theme and theme.id not in used:
                used.add(theme.id)
                theme = self.themes.get(theme.parent or "")
        return tuple(theme for theme in self.themes.values() if theme.id in used)
