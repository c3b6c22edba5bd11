"""The reverse indexes of the site data: who refers to what. One pass over every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai.column.answered import Answered
from gongkai.column.document import Document
from gongkai.column.happening import Happening
from gongkai.column.problems import Problems, nearest
from gongkai.column.progress import TaskStatus
from gongkai.column.site_data import DocumentHead, Headings, Index, RecordRef, UnitAssignment, UnitUse
from gongkai.column.targets import Measured
from gongkai.column.vocabularies import Vocabularies
from gongkai.column.words import RecordKind
from gongkai.kinds.catalogue.model import Catalogue
from gongkai.linking.coverage import Found, link_coverage
from gongkai.linking.edges import Link, link_edges, link_texts
from gongkai.linking.lineage import Claim, link_lineage
from gongkai.linking.summary import Duty, FileSummary, Row
from gongkai.text.deadline import Deadline
from gongkai.text.workdays import WorkCalendar

Left = TypeVar("Left")
Right = TypeVar("Right")

_HEADINGS = 60


class _Gathered(Struct):
    """What summaries say, taken over one by one: most of a summary is not needed longer than that.

    Many records have the same few words, themes and deadlines: each is in memory once. ``documents`` are by file,
    ``related`` the rows that name something, ``uses`` the duties by unit and kind of record.
    """

    entries: dict[str, RecordRef] = field(default_factory=dict)
    heads: dict[str, DocumentHead] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    themes: dict[str, list[RecordRef]] = field(default_factory=lambda: defaultdict(list))
    related: list[Row] = field(default_factory=list)
    uses: dict[str, dict[RecordKind, list[UnitAssignment]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    concerned: dict[str, list[RecordRef]] = field(default_factory=lambda: defaultdict(list))
    published: list[tuple[str, Found]] = field(default_factory=list)
    deadlines: dict[str, Deadline] = field(default_factory=dict)
    statuses: dict[str, TaskStatus] = field(default_factory=dict)
    measured: dict[str, tuple[Measured, ...]] = field(default_factory=dict)
    answers: dict[str, Answered] = field(default_factory=dict)
    news: dict[str, tuple[tuple[str, Happening], ...]] = field(default_factory=dict)
    digests: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    _known: dict[Any, Any] = field(default_factory=dict)

    def add(self, summary: FileSummary) -> None:
        """Take over one file."""
        head = summary.head.entry
        self.documents[head.id] = summary.document
        self.digests[head.id] = summary.digests
        if summary.news:
            self.news[head.id] = summary.news
        for row in summary.rows:
            entry = self.entries[row.entry.id] = self._entry(row.entry)
            for theme in row.themes:
                self.themes[theme].append(entry)
        chapters = tuple(self.entries[chapter.id] for chapter in summary.head.chapters)
        self.heads[head.id] = replace(summary.head, entry=self.entries[head.id], chapters=chapters)
        self.related += [row for row in summary.rows if row.related]
        for duty in summary.duties:
            self._use(summary, duty)
        self.claims += summary.claims
        self.links += summary.links
        for audience, record in summary.concerned:
            self.concerned[audience].append(self.entries[record])
        self.published += [(head.organ, found) for found in summary.published]
        for task, deadline in summary.deadlines:
            self.deadlines[self.entries[task].id] = self._once(deadline)
        self.statuses |= {self.entries[record].id: status for record, status in summary.statuses}
        self.measured |= dict(summary.measured)
        self.answers |= dict(summary.answers)

    def _use(self, summary: FileSummary, duty: Duty) -> None:
        row, parent = summary.rows[duty.row], summary.rows[0].entry
        task, themes = self.entries[row.entry.id], self._once(row.themes)
        words = self._once(duty.printed), self._once(duty.group), self._once(duty.deadline)
        use = UnitAssignment(task, self.entries[parent.id], duty.role, duty.via, duty.open, *words, duty.status, themes)
        self.uses[duty.unit][task.kind].append(use)

    def _entry(self, entry: RecordRef) -> RecordRef:
        same = {"title": self._once(entry.title), "organ": self._once(entry.organ), "label": self._once(entry.label)}
        return replace(entry, **same)

    def _once(self, thing: Left) -> Left:
        known: Left = self._known.setdefault(thing, thing)
        return known


def build_index(
    summaries: Iterable[FileSummary],
    carriers: Container[str],
    catalogues: Iterable[Catalogue],
    vocabularies: Vocabularies,
    problems: Problems,
    as_of: date,
) -> Index:
    """Index everything in the order of ``summaries``, which is newest first; unknown ids become problems.

    ``carriers`` are the ids of the files that official documents lie in.
    """
    found = _Gathered()
    for summary in summaries:
        found.add(summary)
    units, entries, themes = vocabularies.units, found.entries, found.themes
    carried = {document.id: document for file, document in found.documents.items() if file in carriers}
    earlier, later = link_lineage(found.claims, entries, problems)
    organ_themes = _gathered(((entry.organ, theme), entry) for theme, filed in themes.items() for entry in filed)
    calendar = WorkCalendar(vocabularies.workdays)
    return Index(
        entries=entries,
        heads=found.heads,
        units={unit: _use(found.uses[unit]) for unit in units if unit in found.uses},
        groups=_reverse((member, unit.id) for unit in units.values() for member in unit.members),
        predecessors=_reverse((unit.successor, unit.id) for unit in units.values() if unit.successor),
        themes={theme: tuple(filed) for theme, filed in themes.items()},
        organ_years=_gathered(((entry.organ, entry.year), entry) for entry in entries.values()),
        organ_themes=organ_themes,
        year_themes=_gathered(((entry.year, theme), entry) for theme, filed in themes.items() for entry in filed),
        headings=Headings(
            {theme: _headings(filed) for theme, filed in themes.items()},
            {pair: newest for pair, filed in organ_themes.items() if (newest := _headings(filed))},
        ),
        related=_related(found.related, entries, problems),
        earlier=earlier,
        later=later,
        edges=link_edges(found.links, entries, problems),
        texts=link_texts(carried, entries, as_of),
        audiences={
            known: tuple(found.concerned[known]) for known in vocabularies.audiences if known in found.concerned
        },
        coverage=link_coverage(catalogues, found.published, entries, found.documents, as_of, calendar),
        deadlines=found.deadlines,
        statuses=found.statuses,
        measured=found.measured,
        answers=found.answers,
        news=found.news,
        documents=carried,
        years=tuple(sorted({head.entry.year for head in found.heads.values()}, reverse=True)),
        series=_series(head.entry for head in found.heads.values()),
        digests=found.digests,
    )


def _series(heads: Iterable[RecordRef]) -> dict[tuple[RecordKind, str], tuple[RecordRef, ...]]:
    """What an organ issued of one kind, oldest first."""
    series: dict[tuple[RecordKind, str], list[RecordRef]] = defaultdict(list)
    for head in heads:
        series[head.kind, head.organ].append(head)
    return {key: tuple(sorted(found, key=lambda entry: (entry.year, entry.id))) for key, found in series.items()}


def _headings(entries: Sequence[RecordRef]) -> tuple[RecordRef, ...]:
    """Headings only, newest first: what a page of another year points at; bounded, so that no page grows with it."""
    return tuple([entry for entry in entries if entry.kind.heading][:_HEADINGS])


def _use(found: Mapping[RecordKind, list[UnitAssignment]]) -> UnitUse:
    blocks: dict[str | None, list[UnitAssignment]] = defaultdict(list)
    for kind, duties in found.items():
        blocks[kind.unit_block] += duties
    named = {name: tuple(blocks[name]) for name in ("duties", "decisions", "items", "projects", "others")}
    return UnitUse(**named, years=_years(blocks["duties"] + blocks["decisions"]))


def _years(duties: list[UnitAssignment]) -> tuple[int, ...]:
    return tuple(sorted({duty.task.year for duty in duties}, reverse=True))


def _reverse(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """The right sides of pairs by their left side, each once, in order."""
    return {left: tuple(dict.fromkeys(rights)) for left, rights in _gathered(pairs).items()}


def _gathered(pairs: Iterable[tuple[Left, Right]]) -> dict[Left, tuple[Right, ...]]:
    """The right sides of pairs by their left side, in order."""
    found: dict[Left, list[Right]] = defaultdict(list)
    for left, right in pairs:
        found[left].append(right)
    return {left: tuple(rights) for left, rights in found.items()}


def _related(
    rows: Sequence[Row], entries: Mapping[str, RecordRef], problems: Problems
) -> dict[str, tuple[RecordRef, ...]]:
    links: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for at, target in enumerate(row.related):
            if target not in entries:
                hint = nearest(target, entries) or "写法如 shili-2021/tasks/22 或 shili-2021-decisions/3"
                words = f"没有编号为 {target} 的事项"
                problems.error("REF-04", row.origin.child("related", at), words, hint, target=target)
                continue
            links[row.entry.id][target] = None
            links[target][row.entry.id] = None
    return {record: tuple(entries[target] for target in sorted(targets)) for record, targets in links.items()}
