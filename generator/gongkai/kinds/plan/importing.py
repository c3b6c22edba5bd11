"""Office documents that become annual plans: their text with headings, their task table, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.authoring.yaml_draft import Guess, Remark
from gongkai.importing.blocks import LooseTable, Paragraph, Table
from gongkai.importing.drafting.context import Context, document, missing, number_of, year_of
from gongkai.importing.drafting.draft import NO_TITLE, Draft, doubted, frame, leave_notes, left_over
from gongkai.importing.kinds import Drafting, Importer, Role
from gongkai.importing.recognise.alike import sections_of_rows
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.columns import Kind
from gongkai.importing.recognise.grids import read_grid
from gongkai.importing.recognise.headwords import Part
from gongkai.importing.recognise.loose import read_loose
from gongkai.importing.recognise.notice import Notice
from gongkai.importing.recognise.outline import Heading, Outline, read_outline
from gongkai.importing.recognise.tasks import Task, TaskTable, read_tasks
from gongkai.text.markers import marker
from gongkai.text.numerals import numeral
from gongkai.text.patterns import anywhere
from gongkai.text.table_heads import Meaning

_TABLE_WORDS = anywhere("任务分解|任务分工|分解表|分工表|任务表|任务清单|责任分工|台账|提示单")
_TEXT_WORDS = anywhere(
    r"要点|工作计划|年度.{0,8}计划|(?:工作|任务|重点)安排|责任分工|任务分工|分工方案|20\d\d年(?:度)?[^—-]{0,24}(?:计划|安排)"
)
_PAPER = anywhere(r"(?:意见|措施|办法|规定|细则|规则|规划|预案|制度|方案|决定)(?:[（(][^（）()]{1,16}[）)])?》?$")
_OF_A_YEAR = anywhere(r"(?<![—–~～至\d-])20\d\d年(?:度)?(?![—–~～至-])")
_FEWEST_UNITS = 1 / 3
"""Which share of the numbered paragraphs of a plan name units, where the title does not say that it is one."""


def _acts(texts: Sequence[str]) -> bool:
    """Whether numbered paragraphs say who does what: at least a third of them end with units."""
    marked = sum(bool(marker(text)) for text in texts)
    named = sum(bool(read_clause(text).units) for text in texts)
    return named > 0 and named >= marked * _FEWEST_UNITS


def _is_paper(title: str) -> bool:
    """实施方案, 措施, 意见 are documents, whatever units they name; the 方案 of one year may be a plan."""
    plain = title.removesuffix("的通知")
    dated = plain.endswith("方案") and _OF_A_YEAR.search(plain)
    return bool(_PAPER.search(plain)) and not dated and not _TABLE_WORDS.search(plain)


TEXT = Role(
    name="plan text",
    label="工作要点",
    titled=lambda title: bool(_TEXT_WORDS.search(title)) and not _is_paper(title),
    listed=_acts,
    never=_is_paper,
    fits=lambda part: not part.tables or any(marker(paragraph.text) for paragraph in part.paragraphs),
)
TABLE = Role(
    name="task table",
    label="任务分解表",
    titled=lambda title: bool(_TABLE_WORDS.search(title)),
    tabled=lambda table: isinstance(table, LooseTable) or read_grid(table) is not None,
    fits=lambda part: bool(part.tables),
)


def draft(parts: Sequence[tuple[Role, Part]], drafting: Drafting) -> Iterator[Part]:
    """The plan, with the first task table that holds rows; a second text is left."""
    texts = [part for role, part in parts if role is TEXT]
    tables = [part for role, part in parts if role is TABLE]
    text = texts[0] if texts else None
    if text and text.tables:  # a table without a title of its own follows the plan's text; it is the plan's task table
        tables.append(Part(None, list(text.tables)))
    _draft_one(text, tables, drafting)
    yield from texts[1:]


def _draft_one(part: Part | None, tasks: Sequence[Part], drafting: Drafting) -> None:
    outline = read_outline(part.paragraphs) if part else Outline()
    table: TaskTable | None = None
    for source in tasks:
        heading: Paragraph | None = None
        used: list[Paragraph] = []
        for block in source.blocks:
            if isinstance(block, Paragraph):
                heading = block if _heads_a_table(block) else None
                continue
            found = _read(block, source.title, outline, drafting.context)
            if found and heading and not found.rows[0].area:
                found.rows[0].area = heading.text.strip()
                used.append(heading)
            heading = None
            table = _extended(table, found) if table and found else table or found
            if not found:
                drafting.leave(Part(None, [block]))
        if table and table.title is not source.title and source.title:
            table.printed.append(source.title)
        left_over([each for each in source.paragraphs if each not in used], drafting.context)
    title = part.title if part else None
    if not outline.headings and not table:
        if part:
            drafting.leave(part)
        return
    if title is None and tasks and not outline.headings:
        title = tasks[0].title
    name = drafting.name("", [title])
    drafting.drafts.append(_plan(name, title, drafting.notice, outline, table, drafting.context))


def _heads_a_table(paragraph: Paragraph) -> bool:
    """Whether a line above a table is the first level of its tasks: 二、常规任务."""
    number = marker(paragraph.text)
    return bool(number and number.rank == 1 and "。" not in paragraph.text)


def _read(block: Table | LooseTable, title: str | None, outline: Outline, context: Context) -> TaskTable | None:
    if isinstance(block, LooseTable):
        grid = read_loose(block, outline)
        context.doubts.append("PDF 的表格没有框线，任务表按文字恢复，请逐行核对工作任务与责任单位")
    elif found := read_grid(block):
        grid = found
    else:
        return None
    named = title or next(iter(grid.titles), "")
    context.provenance.shows(text for text in grid.titles if text != named)
    leave_notes(grid.notes, context, block.line)
    table = read_tasks(grid, named, outline)
    if table and isinstance(block, Table):
        table.said = {head: Kind(said) for head, said in block.said if head in table.columns}
    return table


def _extended(table: TaskTable, more: TaskTable) -> TaskTable:
    """A second table of the same document goes on with the rows of the first."""
    last = max(task.number for task in table.rows)
    if {task.number for task in table.rows} & {task.number for task in more.rows}:
        table.number_printed = False
        for task in more.rows:
            task.number += last
    table.rows += more.rows
    table.said = more.said | table.said
    table.printed += [*more.printed, *more.columns, more.title]
    return table


def _plan(
    identifier: str, title: str | None, notice: Notice, outline: Outline, table: TaskTable | None, context: Context
) -> Draft:
    """A plan (工作要点) with its outline and task table."""
    year = year_of(notice, [title], context)
    number = number_of(year)
    context.provenance.shows(outline.printed)
    if not outline.headings and table:
        outline = _outline_of_table(table)
        context.doubts.append("文件没有正文的分节，草稿按任务表的“工作任务”列出各节，请核对")
    named: object = title or (Guess(notice.title, "没有找到要点的标题") if notice.title else NO_TITLE)
    data = frame("plan", identifier, year, named, document(notice, context), context)
    if outline.preamble:
        data["preamble"] = outline.preamble
    data["sections"] = [_section(heading, number, context) for heading in outline.headings]
    if table:
        data["task_table"] = _table(table, outline, number, context)
    return Draft(identifier, data)


def _section(heading: Heading, year: int, context: Context) -> object:
    context.count("章节")
    data: dict[str, object] = {"number": heading.number, "title": heading.title}
    if heading.text:
        data["text"] = heading.text
    if heading.units:
        data["units"] = context.cell(heading.units, year)
    if heading.deadline:
        context.deadline(heading.deadline, year)
    if heading.children:
        data["sections"] = [_section(child, year, context) for child in heading.children]
    return Guess(data, heading.guessed) if heading.guessed else data


def _outline_of_table(table: TaskTable) -> Outline:
    """A plan that is nothing but its table: the areas of the table stand in for headings."""
    outline = Outline()
    for task in table.rows:
        if task.area or not outline.headings:
            area = task.area or table.title or "任务分解表"
            found = marker(area)
            number = found.number if found and found.rank == 1 else numeral(len(outline.headings) + 1)
            heading = Heading(number, (found.rest if found else area).rstrip("。"), "", 0)
            heading.guessed = "正文没有这一节，取自任务表的工作任务"
            outline.headings.append(heading)
    return outline


def _table(table: TaskTable, outline: Outline, year: int, context: Context) -> dict[str, object]:
    context.provenance.shows(table.printed)
    keys = sections_of_rows([task.text for task in table.rows], outline)
    data: dict[str, object] = {"title": table.title or Guess("任务分解表", "原文没有表题"), "columns": _columns(table)}
    if not table.number_printed:
        data["number_printed"] = False
    data["rows"] = [_row(task, key, year, table.columns, context) for task, key in zip(table.rows, keys, strict=True)]
    return data


_MEANINGS = {
    Kind.NUMBER: Meaning.NUMBER,
    Kind.TEXT: Meaning.TEXT,
    Kind.UNITS: Meaning.UNITS,
    Kind.LEAD: Meaning.LEAD,
    Kind.SUPPORT: Meaning.SUPPORT,
    Kind.DEADLINE: Meaning.DEADLINE,
}


def _columns(table: TaskTable) -> list[object]:
    """The heads; those of which a person said what they are, with that."""
    levels = [Meaning.AREA] if any(task.area for task in table.rows) else []
    levels += [Meaning.TOPIC] if any(task.topic for task in table.rows) else []
    found: list[object] = []
    for head in table.columns:
        said = table.said.get(head)
        if said is None:
            found.append(head)
            continue
        meaning = _MEANINGS.get(said, Meaning.OTHER)
        if said is Kind.HEAD and levels:
            meaning = levels.pop(0)
        found.append({"head": head, "meaning": meaning.value})
    return found


def _cells(task: Task, heads: list[str]) -> dict[str, str]:
    """What stands under printed heads that rows have no field for; a head that is printed twice gets both."""
    found: dict[str, str] = {}
    for label, text in task.others:
        if label in heads:
            found[label] = f"{found[label]}；{text}" if label in found else text
    return found


def _row(task: Task, key: str | None, year: int, heads: list[str], context: Context) -> dict[str, object]:
    context.count("任务行")
    data: dict[str, object] = {"number": task.number}
    if task.area:
        data["area"] = doubted(task.area, task.doubts.get("area"))
    if task.topic:
        data["topic"] = doubted(task.topic, task.doubts.get("topic"))
    elif task.no_topic:
        data["topic"] = Guess(None, task.doubts.get("topic", "原表没有印工作任务"))
    doubt = task.doubts.get("text")
    if task.text:
        data["text"] = Guess(task.text, doubt, printed=True) if doubt else task.text
    else:
        data["text"] = missing("具体要求", f"text: 第{task.number}项的具体要求，或者删去这一行")
    if task.units:
        data["units"] = context.cell(task.units, year)
    if task.deadline:
        due = context.deadline(task.deadline, year)
        data["deadline"] = doubted(task.deadline, task.doubts["deadline"]) if "deadline" in task.doubts else due
    if cells := _cells(task, heads):
        data["cells"] = cells
    if key:
        data["section"] = Guess(key, "按文字相近推定")
    strays = [(label, text) for label, text in task.others if label not in heads]
    for at, (label, text) in enumerate(strays):
        data[f"#other{at}"] = Remark(f"待核：原表“{label or '多出的一格'}”：{text}")
        context.provenance.leaves([(text, 0)], f"任务表的“{label or '多出的一格'}”没有对应的栏目，写在草稿的注释里")
    return data


IMPORTER = Importer(roles=(TEXT, TABLE), draft=draft, together=True)
