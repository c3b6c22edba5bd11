"""The Column: everything that is published, resolved and immutable.

Texts live in ``plans``, ``directories`` and ``lists``; the indexes below hold light values only (titles and addresses),
so that a page about one plan needs that plan and the indexes, never the text of another plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum

from generator.model.catalogue import Catalogue, Coverage
from generator.model.deadline import Deadline
from generator.model.decision import DecisionDirectory, StageKind
from generator.model.document import Document
from generator.model.gazette import Gazette
from generator.model.paper import Paper
from generator.model.participation import ParticipationList
from generator.model.plan import Plan
from generator.model.planning import Planning
from generator.model.progress import TaskStatus
from generator.model.project import ProjectList
from generator.model.rulebook import RuleText
from generator.model.unit import Role, Unit, Via
from generator.model.vocabulary import Audience, DocumentPrefix, Organ, SearchVocabulary, Theme
from generator.model.waiver import Ignored, Waiver
from generator.model.withdrawal import Withdrawal
from generator.model.workdays import WorkCalendar


class RecordKind(StrEnum):
    """Kinds of records; the values are part of the open data."""

    DOCUMENT = "document"
    PLAN = "plan"
    SECTION = "section"
    TASK = "task"
    DIRECTORY = "directory"
    DECISION = "decision"
    PROJECT_LIST = "project_list"
    PROJECT = "project"
    UNIT = "unit"
    INTERPRETATION = "interpretation"
    GAZETTE = "gazette"
    PARTICIPATION_LIST = "participation_list"
    PARTICIPATION = "participation"
    CATALOGUE = "catalogue"
    CATALOGUE_ITEM = "catalogue_item"


RECORD_LABELS = {
    RecordKind.DOCUMENT: "公文",
    RecordKind.PLAN: "工作要点",
    RecordKind.SECTION: "要点章节",
    RecordKind.TASK: "任务",
    RecordKind.DIRECTORY: "决策目录",
    RecordKind.DECISION: "决策事项",
    RecordKind.PROJECT_LIST: "项目清单",
    RecordKind.PROJECT: "重点项目",
    RecordKind.UNIT: "单位",
    RecordKind.INTERPRETATION: "解读",
    RecordKind.GAZETTE: "政府公报",
    RecordKind.PARTICIPATION_LIST: "公众参与目录",
    RecordKind.PARTICIPATION: "公众参与",
    RecordKind.CATALOGUE: "主动公开目录",
    RecordKind.CATALOGUE_ITEM: "主动公开事项",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as other pages show it: a name to click on."""

    kind: RecordKind
    id: str
    title: str
    url: str
    organ: str
    year: int
    label: str  # short human position, e.g. 第22项 or 一（二）

    def __repr__(self) -> str:
        """As quick as can be: keys of pages are digests of the entries that they show."""
        return f"Entry{(self.kind.value, self.id, self.title, self.url, self.organ, self.year, self.label)}"


@dataclass(frozen=True, slots=True)
class Head:
    """A plan, directory or list as lists show it: everything but its text.

    ``file`` is where it was written, ``document`` the id of the document it was issued with, ``day`` when that became
    public (else was signed), ``chapters`` are the level-1 headings, ``items`` the number of tasks, decisions or
    projects, ``inside`` the themes of these and of all headings.
    """

    entry: Entry
    file: str
    document: str
    document_title: str | None
    doc_number: str | None
    issuer_name: str
    date_signed: date | None
    genre: str
    validity: str | None
    day: date | None
    chapters: tuple[Entry, ...]
    sections: int
    items: int
    announced: int | None
    inside: tuple[str, ...]
    planning: Planning | None


class Relation(StrEnum):
    """How one record stands to another, in the words of the page that shows it."""

    EXPLAINS = "解读的是"
    EXPLAINED = "解读"
    ABOUT = "关于"
    OCCASION = "公众参与"
    CONTAINS = "刊登"
    PRINTED_IN = "刊于政府公报"
    PUBLISHED = "在本专栏的公开"
    ASKED_BY = "主动公开事项"
    PARENT = "上位规划"
    CHILD = "下位规划"
    DECIDED_BY = "制定它的决策"
    DECIDED = "制定的规划"
    REPLACED_BY = "已由下列文件替代"
    REPLACES = "替代了"


@dataclass(frozen=True, slots=True)
class Edge:
    """A link to another record, and what it means."""

    relation: Relation
    entry: Entry


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a document that was revised: what it is called, when it held, and whether it still does."""

    entry: Entry
    validity: str | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of a unit's page: what a task asks of the unit, and how it reaches it."""

    task: Entry
    parent: Entry
    role: Role
    via: Via
    open: bool
    printed: str
    group: str | None  # id of the group through which the duty reaches a member
    deadline: str | None
    status: TaskStatus | None = None  # None where nothing has a status, as decisions


@dataclass(frozen=True, slots=True)
class UnitUse:
    """Everything that refers to one unit: tasks, decisions it organizes, items of catalogues it has to publish.

    ``years`` are those of tasks and decisions.
    """

    duties: tuple[Duty, ...]
    decisions: tuple[Duty, ...]
    items: tuple[Duty, ...]
    years: tuple[int, ...]

    @property
    def everything(self) -> tuple[Duty, ...]:
        """In the order of the unit's page."""
        return (*self.decisions, *self.items, *self.duties)


@dataclass(frozen=True, slots=True)
class Headings:
    """By theme, its newest headings: a bounded number, so that no page grows with the column."""

    newest: Mapping[str, tuple[Entry, ...]]
    _ranked: dict[tuple[tuple[str, ...], int], tuple[Entry, ...]] = field(default_factory=dict, compare=False)

    def of_other_years(self, themes: tuple[str, ...], year: int) -> tuple[Entry, ...]:
        """Those that share a theme, most shared themes first, then newest; kept, for few themes occur together."""
        if (themes, year) not in self._ranked:
            found = [entry for theme in themes for entry in self.newest.get(theme, ()) if entry.year != year]
            shared = Counter(entry.id for entry in found)
            entries = {entry.id: entry for entry in found}.values()
            ranked = sorted(entries, key=lambda entry: (-shared[entry.id], -entry.year, entry.id))
            self._ranked[themes, year] = tuple(ranked[:_HEADINGS_SHOWN])
        return self._ranked[themes, year]


_HEADINGS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Index:
    """Reverse indexes, all in a stable order (newest year first, then newest document, then printed order)."""

    entries: Mapping[str, Entry]  # by record id
    heads: Mapping[str, Head]  # plans, directories and lists by id
    units: Mapping[str, UnitUse]
    groups: Mapping[str, tuple[str, ...]]  # by unit: the groups that list it as a member
    predecessors: Mapping[str, tuple[str, ...]]  # by unit: whose duties it took over
    themes: Mapping[str, tuple[Entry, ...]]
    organ_years: Mapping[tuple[str, int], tuple[Entry, ...]]
    organ_themes: Mapping[tuple[str, str], tuple[Entry, ...]]
    year_themes: Mapping[tuple[int, str], tuple[Entry, ...]]
    headings: Headings
    related: Mapping[str, tuple[Entry, ...]]  # by record id, both ways
    earlier: Mapping[str, Entry]  # by record id: what it carries on
    later: Mapping[str, tuple[Entry, ...]]  # by record id: what carries it on
    edges: Mapping[str, tuple[Edge, ...]]  # by record id: interpretations, gazettes, occasions, plans above and below
    texts: Mapping[str, tuple[Text, ...]]  # by document id: all texts of a revised document, oldest first
    audiences: Mapping[str, tuple[Entry, ...]]  # by audience id, newest first
    coverage: Mapping[str, Coverage]  # by id of a catalogue's item: what was published of it
    deadlines: Mapping[str, Deadline]  # by task id
    documents: Mapping[str, Document]  # by id, without their text
    years: tuple[int, ...]
    series: Mapping[tuple[RecordKind, str], tuple[Entry, ...]]  # plans, directories, lists of an organ, oldest first

    @classmethod
    def empty(cls) -> Index:
        """The index of nothing."""
        nothing = {"years": (), "headings": Headings({})}
        return cls(**{part.name: nothing.get(part.name, {}) for part in fields(cls)})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``as_of`` is the day the reader is told it was built for; nothing below reads a clock."""

    as_of: date
    organs: Mapping[str, Organ]
    themes: Mapping[str, Theme]
    prefixes: Mapping[str, DocumentPrefix]
    units: Mapping[str, Unit]
    stage_kinds: Mapping[str, StageKind]
    search_vocabulary: SearchVocabulary
    documents: Mapping[str, Document]
    plans: Mapping[str, Plan]
    directories: Mapping[str, DecisionDirectory]
    lists: Mapping[str, ProjectList]
    papers: Mapping[str, Paper]
    gazettes: Mapping[str, Gazette]
    participation: Mapping[str, ParticipationList]
    catalogues: Mapping[str, Catalogue]
    audiences: Mapping[str, Audience]
    index: Index
    calendar: WorkCalendar
    waivers: tuple[Waiver, ...] = ()
    ignored: tuple[Ignored, ...] = ()  # filled in once the rules have run; shown on 数据说明
    rulebook: tuple[RuleText, ...] = ()  # what the column was checked against
    moved: Mapping[str, str] = field(default_factory=dict)  # by old id: the id of the file that carries it on
    withdrawals: tuple[Withdrawal, ...] = ()

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

    @property
    def printed(self) -> dict[str, tuple[str, ...]]:
        """By issue of the gazette: ids of the documents of this column that it prints."""
        return {
            issue.id: tuple(dict.fromkeys(item.document for item in issue.items if item.document))
            for issue in self.gazettes.values()
        }
