"""Import an office's document into reviewed-to-be YAML drafts. Prints nothing, writes nothing: returns values.

read (files) -> documents (notices) -> parts (headwords) -> recognised things (outline, tasks, decisions, projects) ->
drafts (compose) -> YAML (yaml_draft), and at the end the accounting over everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from gongkai.authoring.schema import modeline
from gongkai.authoring.yaml_draft import settled, write_draft
from gongkai.column.vocabularies import Vocabularies
from gongkai.findings.finding import Finding, Severity
from gongkai.importing.accounting import Account, account
from gongkai.importing.blocks import LeftOut, LooseTable, Reading, Refusal, Table, pieces, visible
from gongkai.importing.drafting import compose
from gongkai.importing.drafting.catalogue import catalogue as compose_catalogue
from gongkai.importing.drafting.compose import Draft
from gongkai.importing.drafting.context import Context, year_of
from gongkai.importing.drafting.naming import Present, named
from gongkai.importing.drafting.papers import paper
from gongkai.importing.drafting.places import Place, place_of
from gongkai.importing.drafting.units import Units, proposals_file
from gongkai.importing.readers.files import read_file
from gongkai.importing.recognise.catalogues import read_catalogue
from gongkai.importing.recognise.decisions import read_directory
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.headwords import Part, PartKind, part_kind, split_parts
from gongkai.importing.recognise.loose import read_loose
from gongkai.importing.recognise.notices import Notice, read_notice, split_notices
from gongkai.importing.recognise.outline import Outline, read_outline
from gongkai.importing.recognise.papers import paper_kind
from gongkai.importing.recognise.projects import read_projects
from gongkai.importing.recognise.tasks import TaskTable, read_tasks

_UNRELATED = "没有认出工作要点、任务表、项目清单、决策目录或主动公开事项目录，整段没有导入"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """One file to write below the output directory: its relative name and its text."""

    name: str
    text: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import found. ``drafts`` is empty when the file was refused; ``counts`` are Chinese names to numbers.

    ``spelled`` are new spellings of units that an earlier import proposed, by id.
    """

    source: str
    drafts: tuple[DraftFile, ...] = ()
    account: Account | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    spelled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """True when nothing may be written."""
        return not self.drafts


def import_file(
    path: Path,
    *,
    organ: str | None = None,
    identifier: str | None = None,
    year: int | None = None,
    vocabularies: Vocabularies | None = None,
    present: Mapping[str, Present] = MappingProxyType({}),
) -> ImportResult:
    """Read an office document and draft its plan, lists and directory.

    ``organ`` and ``year`` override what the document says; ``identifier`` names the first draft, others derive theirs.
    ``vocabularies`` are the linked ones of ``plans/``: with them units, organs and issuers resolve, without they are
    proposed. ``present`` says what the files hold that are already there, by id: a draft never gets the id of another
    document. Never raises on a bad file: the result then has findings and no drafts.
    """
    reading = read_file(path)
    if isinstance(reading, Refusal):
        return _refused(path, reading)
    return import_reading(
        reading, path.name, organ=organ, identifier=identifier, year=year, vocabularies=vocabularies, present=present
    )


def _refused(path: Path, refusal: Refusal) -> ImportResult:
    finding = Finding("IMP-01", Severity.ERROR, str(path), 1, 1, refusal.message, refusal.hint)
    return ImportResult(path.name, findings=(finding,))


def import_reading(
    reading: Reading,
    name: str,
    *,
    organ: str | None = None,
    identifier: str | None = None,
    year: int | None = None,
    vocabularies: Vocabularies | None = None,
    present: Mapping[str, Present] = MappingProxyType({}),
) -> ImportResult:
    """Like ``import_file`` for something already read, for example a pasted table."""
    reading = visible(reading)
    everything = list(pieces(reading.blocks))
    place = place_of(organ, "\n".join(text for text, _ in everything), vocabularies)
    context = _context(place, f"{name}（{reading.source}）", everything, vocabularies, year)
    drafts: list[Draft] = []
    kind = paper_kind(reading.blocks)
    if kind:
        drafts.append(paper(kind, reading.blocks, read_notice(reading.blocks), identifier, context))
    for blocks in split_notices(reading.blocks) if not kind else ():
        drafts += _drafts(read_notice(blocks), context, identifier if not drafts else None, drafts)
    drafts = named(drafts, present, identifier)
    context.units.settle()
    accounted = account(
        everything, [settled(draft.data) for draft in drafts], context.printed, [*reading.left_out, *context.left_out]
    )
    if not drafts:
        refusal = Refusal(
            "没有认出工作要点、任务分解表、重点项目清单、决策目录、主动公开事项目录、规范性文件、解读、征求意见公告或公报目录",
            "请核对是否选错了文件；附件在另一个文件里时，请导入那个文件",
        )
        return _refused(Path(name), refusal)
    files = [_file(draft, name, accounted) for draft in drafts] + _proposals(context, place)
    findings = _findings(name, reading.doubts, context, accounted)
    context.counts["单位已识别"] = context.units.known
    context.counts["单位待加入名录"] = len(context.units.proposed)
    spelled = {known: tuple(names) for known, names in context.units.spelled.items()}
    return ImportResult(name, tuple(files), accounted, dict(context.counts), tuple(findings), spelled)


def _context(
    place: Place,
    source: str,
    everything: Sequence[tuple[str, int]],
    vocabularies: Vocabularies | None,
    year: int | None,
) -> Context:
    known = vocabularies.units if vocabularies else {}
    text = "\n".join(piece for piece, _ in everything)
    own = [unit for unit in known.values() if unit.organ == place.id]
    units = Units(place.id, place.short_name, own, text, taken=set(known))
    return Context(place.id, place.guess, source, units, vocabularies, year)


def _drafts(notice: Notice, context: Context, identifier: str | None, before: Sequence[Draft]) -> list[Draft]:
    """All drafts of one document: a plan with its table, any number of project lists, a directory."""
    parts = split_parts(notice.payload)
    kinds = [part_kind(part, notice.title or "") for part in parts]
    maker = _Maker(notice, context, identifier, [draft.id for draft in before])
    plan = next((part for part, kind in zip(parts, kinds, strict=True) if kind is PartKind.PLAN), None)
    tasks = [part for part, kind in zip(parts, kinds, strict=True) if kind is PartKind.TASKS]
    _own_tables(plan, tasks)
    if plan or tasks:
        maker.plan(plan, tasks)
    for part, kind in zip(parts, kinds, strict=True):
        if kind is PartKind.PROJECTS:
            maker.projects(part)
        elif kind is PartKind.DECISIONS:
            maker.directory(part)
        elif kind is PartKind.CATALOGUE:
            maker.catalogue(part)
        elif kind is PartKind.UNKNOWN or (kind is PartKind.PLAN and part is not plan):
            maker.leave(part)
    return maker.drafts


def _own_tables(plan: Part | None, tasks: list[Part]) -> None:
    """A table without a title of its own follows the plan's text; it is the plan's task table."""
    if plan and plan.tables:
        tasks.append(Part(None, list(plan.tables)))


class _Maker:
    """Makes the drafts of one document and gives them ids."""

    def __init__(self, notice: Notice, context: Context, identifier: str | None, taken: list[str]) -> None:
        self.notice, self.context, self.identifier, self.taken = notice, context, identifier, taken
        self.drafts: list[Draft] = []

    def plan(self, part: Part | None, tasks: Sequence[Part]) -> None:
        """The plan, with the first task table that holds rows."""
        outline = read_outline(part.paragraphs) if part else Outline()
        table: TaskTable | None = None
        for source in tasks:
            stray = list(source.paragraphs)
            for block in source.tables:
                found = self._tasks(block, source.title, outline)
                table = _extended(table, found) if table and found else table or found
                if not found:
                    self.leave(Part(None, [block]))
            if table and table.title is not source.title and source.title:
                table.printed.append(source.title)
            self.leave(Part(None, list(stray)))
        title = part.title if part else None
        if not outline.headings and not table:
            if part:
                self.leave(part)
            return
        if title is None and tasks and not outline.headings:
            title = tasks[0].title
        self.drafts.append(compose.plan(self._id("", [title]), title, self.notice, outline, table, self.context))

    def _tasks(self, block: object, title: str | None, outline: Outline) -> TaskTable | None:
        if isinstance(block, LooseTable):
            grid = read_loose(block, outline)
            self.context.doubts.append("PDF 的表格没有框线，任务表按文字恢复，请逐行核对工作任务与责任单位")
        elif isinstance(block, Table):
            found = read_grid(block)
            if found is None:
                return None
            grid = found
        else:
            return None
        named = title or next(iter(grid.titles), "")
        self.context.printed += [text for text in grid.titles if text != named]
        return read_tasks(grid, named, outline)

    def projects(self, part: Part) -> None:
        """A list of key projects; later ones of the same document refer to the first."""
        found = read_projects(part.blocks, part.title or "")
        if found is None:
            self.leave(part)
            return
        tail = "-reserve-projects" if "预备" in (part.title or "") else "-projects"
        shared = next((draft.id for draft in self.drafts), None)
        title = part.title or self.notice.title or "重点项目"
        self.drafts.append(compose.projects(self._id(tail, [title]), title, self.notice, found, shared, self.context))

    def directory(self, part: Part) -> None:
        """A directory of decisions."""
        found = read_directory(part.blocks)
        if found is None or not found.decisions:
            self.leave(part)
            return
        title = part.title or self.notice.title or "重大行政决策事项目录"
        shared = next((draft.id for draft in self.drafts), None)
        self.drafts.append(
            compose.directory(self._id("-decisions", [title]), title, self.notice, found, shared, self.context)
        )

    def catalogue(self, part: Part) -> None:
        """A catalogue of what must be public."""
        found = read_catalogue(part.blocks)
        if found is None:
            self.leave(part)
            return
        title = part.title or self.notice.title or "主动公开事项目录"
        shared = next((draft.id for draft in self.drafts), None)
        self.drafts.append(
            compose_catalogue(self._id("-catalogue", [title]), title, self.notice, found, shared, self.context)
        )

    def leave(self, part: Part) -> None:
        """Nothing fits: everything goes to the left-out list, title included."""
        texts = [(part.title, 0)] if part.title else []
        self.context.left_out += [LeftOut(text, _UNRELATED, line) for text, line in [*texts, *pieces(part.blocks)]]

    def _id(self, tail: str, titles: Sequence[str | None]) -> str:
        """organ-year, organ-year-projects …; the given identifier for the first draft."""
        year = settled(year_of(self.notice, list(titles), self.context))
        base = f"{self.context.organ}-{year}{tail}"
        if self.identifier:
            base, self.identifier = self.identifier, None
        name, count = base, 2
        while name in self.taken:
            name, count = f"{base}-{count}", count + 1
        self.taken.append(name)
        return name


def _extended(table: TaskTable, more: TaskTable) -> TaskTable:
    """A second table of the same document goes on with the rows of the first."""
    last = max(task.number for task in table.rows)
    if {task.number for task in table.rows} & {task.number for task in more.rows}:
        table.number_printed = False
        for task in more.rows:
            task.number += last
    table.rows += more.rows
    table.printed += [*more.printed, *more.columns, more.title]
    return table


def _file(draft: Draft, name: str, accounted: Account) -> DraftFile:
    head = [
        f"由 {name} 导入的草稿，请对照原件核对。标有“待核”的地方是推定的，核对后请删去该注释。",
        f"原件文字的 {accounted.percentage:.1f}% 已写入草稿，未写入的见导入报告。",
    ]
    return _draft_file(f"{draft.id}.yml", draft.data, head)


def _draft_file(name: str, data: Mapping[str, object], head: Sequence[str]) -> DraftFile:
    """A draft that tells editors such as VS Code which fields there are."""
    line = modeline(f"plans/{name}", str(data["kind"])).removeprefix("# ")
    return DraftFile(name, write_draft(data, [line, *head]), data)


def _proposals(context: Context, place: Place) -> list[DraftFile]:
    """Entries for the vocabularies: units the register does not know, the district when it is new."""
    files: list[DraftFile] = []
    if context.units.proposed:
        data: dict[str, object] = {
            "kind": "units",
            "organ": context.organ,
            "units": list(context.units.proposed.values()),
        }
        head = [
            "待核：文件中出现、单位名录里还没有的单位。",
            "是别名的，请写到已有单位的 aliases；确是新单位的，核对编号、名称和类别后并入名录。",
        ]
        files.append(_draft_file(proposals_file("units", context.organ), data, head))
    if place.proposal:
        data = {"kind": "organs", "organs": [place.proposal]}
        head = ["待核：请核对区县名称并并入 organs.yml"]
        files.append(_draft_file(proposals_file("organs", context.organ), data, head))
    return files


def _findings(name: str, doubts: Sequence[str], context: Context, accounted: Account) -> list[Finding]:
    found = [
        Finding("IMP-02", Severity.WARNING, name, 1, 1, doubt)
        for doubt in dict.fromkeys((*doubts, *context.doubts, *context.units.doubts))
    ]
    if proposed := context.units.proposed:
        words = f"单位名录中没有 {len(proposed)} 个单位：{'、'.join(proposed)}"
        found.append(Finding("IMP-03", Severity.INFO, name, 1, 1, words, "建议的条目见 vocabularies/，核对后并入名录"))
    unknown = [item for item in accounted.left_out if item.reason.startswith(("没有识别", "没有认出"))]
    found += [
        Finding("IMP-04", Severity.WARNING, name, max(item.line, 1), 1, f"没有导入：{item.text[:60]}", item.reason)
        for item in unknown
    ]
    return found
