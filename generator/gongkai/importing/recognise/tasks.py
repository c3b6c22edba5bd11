"""Rows of a task table (任务分解表) -> tasks: numbers, the two levels of 工作任务, requirement, units, deadline."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from gongkai.importing.recognise.alike import heading_key, sections_of_rows
from gongkai.importing.recognise.clauses import read_clause
from gongkai.importing.recognise.columns import Kind, column_kind, looks_like_deadline, looks_like_units
from gongkai.importing.recognise.grid_rows import GridRow
from gongkai.importing.recognise.grids import Grid
from gongkai.importing.recognise.outline import Outline
from gongkai.text.blanks import squeeze
from gongkai.text.markers import marker
from gongkai.text.numerals import digits
from gongkai.text.patterns import anywhere

_UNITS = {Kind.UNITS, Kind.LEAD, Kind.SUPPORT, Kind.ORGANIZER}
_DIGIT = anywhere(r"\d")

_FRAGMENT = 2
_TERMINAL = "。；！？.;）)”"


class Task(Struct):
    """One row. ``area`` and ``topic`` are None when merged with the row above, ``no_topic`` when none is printed.

    ``doubts`` are for the editor, in Chinese, by field.
    """

    number: int
    text: str
    area: str | None = None
    topic: str | None = None
    units: str | None = None
    deadline: str | None = None
    no_topic: bool = False
    others: list[tuple[str, str]] = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)


class TaskTable(Struct):
    """A task table as drafted. ``printed`` is wording that is kept in another form (repeated headings, role labels).

    ``said`` is what a person said of columns, by head.
    """

    title: str
    columns: list[str]
    number_printed: bool
    rows: list[Task]
    printed: list[str] = field(default_factory=list)
    said: dict[str, Kind] = field(default_factory=dict)


def read_tasks(grid: Grid, title: str, outline: Outline) -> TaskTable | None:
    """Turn a grid into tasks; None when it has no column of units or deadlines, or no rows."""
    if not {Kind.UNITS, Kind.LEAD, Kind.ORGANIZER, Kind.DEADLINE} & set(grid.kinds):
        return None
    for each in grid.rows if not _UNITS & set(grid.kinds) else ():
        _units_in_text(each, grid)
    for each in grid.rows if Kind.ITEM in grid.kinds else ():
        _named(each, _aim_behind(grid))
    rows = _whole_rows(grid.rows, Kind.NUMBER in grid.kinds, outline)
    tasks: list[Task] = []
    printed = list(grid.repeated)
    highest = min((found.rank for row in rows for head in row.heads if head and (found := marker(head))), default=0)
    numbers = [int(digits(row.number)) if row.number and _DIGIT.search(row.number) else None for row in rows]
    good = None not in numbers and len(set(numbers)) == len(numbers) and len(rows) > 0
    groups = (marker(line) for row in rows for line in (row.group or "").split("\n"))
    highest_group = min((found.rank for found in groups if found), default=0)
    for at, row in enumerate(rows):
        task = _task(row, (numbers[at] if good else None) or at + 1, grid, outline, printed)
        if not good and row.number:
            head = next((label for label in grid.labels if column_kind(label) is Kind.NUMBER), "序号")
            task.others.append((head, row.number))
        _heads(task, row, outline, highest)
        _under(task, row.group, highest_group)
        tasks.append(task)
    _below_groups(tasks, rows)
    _omit_repeated(tasks, printed)
    if grid.ragged and outline.headings:
        _by_clauses(tasks, outline)
    return TaskTable(title, grid.labels, good, tasks, printed) if tasks else None


def _units_in_text(row: GridRow, grid: Grid) -> None:
    """Where no column holds the units, they stand behind the text: …。（责任单位：县财政局）"""
    clause = read_clause(row.text or "")
    if clause.units and not row.units and clause.text:
        row.text = "\n".join(filter(None, (clause.text, clause.leaders)))
        row.units = clause.units
        grid.repeated.append(clause.ending)


def _aim_behind(grid: Grid) -> bool:
    """Whether the last head (目标任务) stands behind the names and says what is to be done."""
    last = max((at for at, kind in enumerate(grid.kinds) if kind is Kind.HEAD), default=-1)
    return last > grid.kinds.index(Kind.ITEM)


def _named(row: GridRow, aim: bool) -> None:
    """In a task table a name (项目名称) beside what is to be done is the head of the row."""
    if aim and row.heads and row.heads[-1]:
        row.heads[-1], row.text = row.text, row.heads[-1]
        return
    at = next((at for at, (label, _, _) in enumerate(row.others) if column_kind(label) is Kind.TEXT), None)
    if at is not None:
        row.heads = [*row.heads, row.text]
        row.text = row.others.pop(at)[1]


def _under(task: Task, group: str | None, highest: int) -> None:
    """Rows across the table are the first level of 工作任务, and their second where two stand one below the other.

    So is one alone whose number is of a lower rank than those of the others: （二） among 一、 and 二、.
    """
    if not group:
        return
    first, _, second = group.partition("\n")
    number = marker(first)
    if number and highest and number.rank > highest:
        task.topic = " ".join(filter(None, (_joined(first), task.area, task.topic)))
        task.area = None
        return
    below = " ".join(filter(None, (second.replace("\n", " "), task.area, task.topic)))
    task.area, task.topic = _joined(first), below or None


def _below_groups(tasks: Sequence[Task], rows: Sequence[GridRow]) -> None:
    """Once a row across the table is the first level, heads beside the texts are the second."""
    grouped = False
    for task, row in zip(tasks, rows, strict=True):
        grouped = grouped or bool(row.group)
        if grouped and not row.group and task.area:
            task.area, task.topic = None, " ".join(filter(None, (task.area, task.topic)))


def _whole_rows(rows: Sequence[GridRow], numbered: bool, outline: Outline) -> list[GridRow]:
    """Join what page breaks cut in two: rows without number, and rows that only go on with the text above."""
    whole: list[GridRow] = []
    titles = {squeeze(heading.title) for _, heading, _ in outline.every()}
    for row in rows:
        above = whole[-1] if whole else None
        if above is not None:
            _rest_of_heads(row, whole, titles)
        if above is None or row.group or not _is_rest(row, above, numbered):
            whole.append(row)
            continue
        for text in [*([row.text] if row.text else []), *row.stray]:
            if above.text and squeeze(above.text) in titles:
                above.heads = [*[head for head in above.heads if head], above.text]
                above.text = text
            else:
                above.text = (above.text or "") + text
        above.units = (above.units or "") + (row.units or "") or None
        above.deadline = (above.deadline or "") + (row.deadline or "") or None
        above.lead = (above.lead or "") + (row.lead or "") or None
        above.others += row.others
    return whole


def _rest_of_heads(row: GridRow, whole: Sequence[GridRow], titles: set[str]) -> None:
    """A merged cell of 工作任务 that breaks over pages: its rest stands in the first row of the next page."""
    if row.shifted:
        return
    for column, head in enumerate(row.heads):
        above = next((other for other in reversed(whole) if len(other.heads) > column and other.heads[column]), None)
        if not head or above is None:
            continue
        before = above.heads[column] or ""
        joined = squeeze(before + head)
        if joined in titles and squeeze(head) not in titles:
            above.heads[column], row.heads[column] = before + head, None


def _is_rest(row: GridRow, above: GridRow, numbered: bool) -> bool:
    if row.number or any(row.heads):
        return False
    if row.stray and not row.text:
        return True
    if numbered and above.number and not row.number:
        return not (row.units and row.text and above.text and above.text[-1] in _TERMINAL)
    if row.text is None:
        return True
    unfinished = bool(above.text) and (above.text or "")[-1] not in _TERMINAL and len(above.text or "") > 20  # noqa: PLR2004
    return unfinished and not row.deadline and not (row.units and above.units and looks_like_units(above.units))


def _task(row: GridRow, number: int, grid: Grid, outline: Outline, printed: list[str]) -> Task:
    head = next((head for head in reversed(row.heads) if head), None)
    task = Task(number, _joined(row.text or head or ""))
    if row.text is None:
        task.doubts["text"] = f"原表这一行没有具体要求，{'暂用工作任务' if head else '请对照原件填写或者删去这一行'}"
    elif any(squeeze(row.text) == squeeze(heading.title) for _, heading, _ in outline.every()):
        task.doubts["text"] = "原表这一行疑似缺少具体要求，只有工作任务"
    task.units = _units(row, printed)
    task.deadline = _joined(row.deadline) if row.deadline else None
    task.others = [(label, other) for label, other, _ in row.others]
    _deadline_beside(task, grid)
    if row.stray:
        task.others += [("", stray) for stray in row.stray]
        task.doubts["text"] = "这一行多出一格，请与原表核对"
    return task


def _deadline_beside(task: Task, grid: Grid) -> None:
    """Tables without a column of deadlines sometimes print them under 备注."""
    if Kind.DEADLINE in grid.kinds:
        return
    for label, text in task.others:
        if "备注" in label and looks_like_deadline(text):
            task.deadline, task.doubts["deadline"] = text, "取自“备注”栏"
            return


def _joined(text: str) -> str:
    """A cell broken over lines is one text: lines are put together without a space."""
    return "".join(part.strip() for part in text.split("\n"))


def join_units(text: str) -> str:
    """Lines of a unit cell: broken names are closed, separate lines keep a separator."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        whole = joined.endswith(
            (
                "局",
                "办",
                "委",
                "部门",
                "单位",
                "街道",
                "街镇",
                "落实",
                "配合",
                "负责",
                "牵头",
                "政府",
                "办公室",
                "中心",
                "公司",
            )
        )
        branch = part.endswith(("分局", "支队", "大队")) and part[0] not in "区县市各"
        apart = (
            whole
            and not branch
            and not part.startswith(("（", "(", "、", "，", ",", "；", "等", "牵头", "配合", "负责", "和", "及"))
            and len(part) > _FRAGMENT
        )
        joined += ("；" if apart and not joined.endswith(("、", "，", "；")) else "") + part
    return joined


def _units(row: GridRow, printed: list[str]) -> str | None:
    """The unit cell; where 牵头单位 has a column of its own, both cells are written with their headings before them."""
    if not (row.lead or row.support):
        return join_units(row.units) if row.units else None
    parts: list[str] = []
    for kind, text in ((Kind.LEAD, row.lead), (Kind.UNITS, row.units), (Kind.SUPPORT, row.support)):
        if text:
            label = {Kind.LEAD: "牵头单位", Kind.SUPPORT: "配合单位", Kind.UNITS: "责任单位"}[kind]
            parts.append(f"{label}：{join_units(text)}")
            printed.append(text)
    return "；".join(parts)


def _heads(task: Task, row: GridRow, outline: Outline, highest: int) -> None:
    """Put 工作任务 on its level: by its column, and where columns are unsure, by the headings of the plan's text."""
    heads = [_joined(head) if head else None for head in row.heads]
    named = [head for head in heads if head]
    if not named:
        return
    if (row.shifted or len(heads) == 1) and highest and any(marker(head) for head in named):
        ranks = [(found.rank if (found := marker(head)) else highest + 1) for head in named]
        task.area = next((head for head, rank in zip(named, ranks, strict=True) if rank == highest), None)
        task.topic = " ".join(head for head, rank in zip(named, ranks, strict=True) if rank != highest) or None
        return
    if len(heads) >= 2 and not row.shifted:  # noqa: PLR2004  two columns of 工作任务
        task.area, task.topic = heads[0], " ".join(head for head in heads[1:] if head) or None
        if len(named) == 1 and _level(named[0], outline) == 1 and task.area is None:
            task.area, task.topic = task.topic, None
        return
    if len(named) >= 2:  # noqa: PLR2004
        task.area, task.topic = named[0], " ".join(named[1:])
        return
    level = _level(named[0], outline)
    if level == 2:  # noqa: PLR2004
        task.topic = named[0]
    else:
        task.area = named[0]
        if level is None and outline.headings and row.shifted:
            task.doubts["area"] = "原表单元格错位，请核对是工作任务的第几级"


def _level(head: str, outline: Outline) -> int | None:
    key = heading_key(head, outline)
    return None if key is None else 2 if "-" in key else 1


def _by_clauses(tasks: list[Task], outline: Outline) -> None:
    """In a pasted table, merged cells that were centred stand rows below their first row: put them where they begin.

    Done only when every head of the table repeats a heading of the text, so that the clause of a row tells its heads.
    """
    printed: dict[str, str] = {}
    titles = {squeeze(heading.title) for _, heading, _ in outline.every()}
    for task in tasks:
        bare = [task.text] if squeeze(task.text) in titles else []
        for head in [*(head for head in (task.area, task.topic) if head), *bare]:
            key = heading_key(head, outline)
            if key is None:
                return
            printed.setdefault(key, head)
    area_key = topic_key = ""
    topic: str | None = None
    for task, key in zip(tasks, sections_of_rows([task.text for task in tasks], outline), strict=True):
        if key is None:
            continue
        area = printed.get(key.split("-")[0]) if key.split("-")[0] != area_key else None
        new = key != topic_key
        named = printed.get(key) if new and "-" in key else None
        blank = new and named is None and topic is not None and area is None
        if (area, named) != (task.area, task.topic) and not (area is None and task.area and not new):
            task.doubts["topic" if named or blank else "area"] = "原表合并的单元格错位，按正文的章节推定"
        task.area, task.topic, task.no_topic = area, named, blank
        topic = named if new else topic
        area_key, topic_key = key.split("-")[0], key


def _omit_repeated(tasks: list[Task], printed: list[str]) -> None:
    """A head printed again on each page or row is the merged cell of the row above, not a new one."""
    area = topic = None
    for task in tasks:
        if task.area and area and squeeze(task.area) == squeeze(area):
            printed.append(task.area)
            task.area = None
        elif task.area:
            area, topic = task.area, None
        if task.topic and topic and squeeze(task.topic) == squeeze(topic) and task.area is None:
            printed.append(task.topic)
            task.topic = None
        elif task.topic:
            topic = task.topic
