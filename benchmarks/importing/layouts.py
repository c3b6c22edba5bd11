"""How offices lay out what they publish: each function makes blocks of one content, and the draft that is right for it.

The right draft follows from the content and from what the layout prints, never from what the importer does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from benchmarks.importing.pages import LEFT, UP, Block, Box, Table
from gongkai.text.numerals import numeral

Values = Mapping[str, Any]


class Made(NamedTuple):
    """A document as blocks, what a portal's box says of it, and its right drafts."""

    blocks: list[Block]
    box: Box
    drafts: list[dict[str, Any]]


def day(value: date, form: str = "年月日") -> str:
    """A date as it is printed."""
    if form == "年月日":
        return f"{value.year}年{value.month}月{value.day}日"
    if form == "汉字":
        digits = str.maketrans("0123456789", "〇一二三四五六七八九")
        return f"{str(value.year).translate(digits)}年{numeral(value.month)}月{numeral(value.day)}日"
    return value.isoformat() if form == "-" else f"{value.year}.{value.month}.{value.day}"


def box_a(notice: Values) -> Box:
    """The box as most provinces label it."""
    return [
        ("索引号", notice["index_number"]), ("发布机构", notice["organ"]), ("发文字号", notice["doc_number"]),
        ("成文日期", day(notice["date_signed"], "-")), ("发布日期", day(notice["date_published"], "-")),
        ("有效性", "有效"),
    ]  # fmt: skip


def box_b(notice: Values) -> Box:
    """The box in other words."""
    return [
        ("索 引 号", notice["index_number"]), ("主题分类", "综合政务"), ("发文机关", notice["organ"]),
        ("文    号", notice["doc_number"]), ("生成日期", day(notice["date_signed"])),
        ("公开日期", day(notice["date_published"])), ("时效性", "现行有效"), ("关键词", "工作;通知"),
    ]  # fmt: skip


_BOXED = ("index_number", "date_published")


def issued(
    notice: Values, title: str, *, style: str = "plain", box: Box = (), annex: str | None = None
) -> tuple[list[Block], list[Block], dict[str, Any]]:
    """A notice that issues something: what is printed above its payload, below it, and its elements."""
    organ, signed = notice["organ"], notice["date_signed"]
    named = f"《{title}》" if style in ("letterhead", "annexed") else title
    whole = f"{organ}关于印发{named}的通知"
    elements: dict[str, Any] = {
        "title": whole, "doc_number": notice["doc_number"], "addressees": notice["addressees"],
        "body": [notice["body"].format(title=title)], "signature": organ, "date_signed": signed,
        "note": notice["note"], "openness": "主动公开",
    }  # fmt: skip
    if box:
        elements |= {key: notice[key] for key in _BOXED} | {"validity": "有效"}
    head: list[Block] = [whole, notice["doc_number"]]
    if style == "letterhead":
        elements["header"] = f"{organ}文件"
        head = [f"{organ}文件", notice["doc_number"], organ, f"关于印发{named}的通知"]
    if style == "web":
        head = [whole]
    end: list[Block] = [organ, day(signed), notice["note"]]
    if style == "spelled":
        end = ["　　" + organ, day(signed, "汉字"), notice["note"]]
    if style == "annexed":
        elements["annexes"] = [f"附件：{annex or title}"]
        end = [elements["annexes"][0], *end, "附件"]
    below: list[Block] = []
    if style == "letterhead":
        elements |= {"printed_by": organ, "date_printed": signed}
        below = [f"{organ}　　　　{day(signed)}印发"]
    return [*head, notice["addressees"], *elements["body"], *end], below, elements


# Plans ----------------------------------------------------------------------------------------------------------------

Row = Values
Column = tuple[str, Callable[[int, Row], str]]


def _cell(name: str) -> Callable[[int, Row], str]:
    return lambda _at, row: str(row[name])


def _number(at: int, _row: Row) -> str:
    return str(at)


def both(_at: int, row: Row) -> str:
    """Units with their roles in one cell."""
    return f"{row['lead']}牵头，{row['support']}配合"


def listed(_at: int, row: Row) -> str:
    """Units in one cell without roles."""
    return f"{row['lead']}、{row['support']}"


CELLS: dict[str, Callable[[int, Row], str]] = {
    "number": _number,
    "area": _cell("area"),
    "topic": _cell("topic"),
    "text": _cell("text"),
    "both": both,
    "listed": listed,
    "lead": _cell("lead"),
    "support": _cell("support"),
    "deadline": _cell("deadline"),
    "blank": lambda _at, _row: "",
    "leader": lambda at, _row: f"王副{'县' if at % 2 else '区'}长",
}


def _units(row: Row, heads: Sequence[tuple[str, str]]) -> str | None:
    """One field for all units of a row: where they stand in several columns, each with its role before it."""
    fields = [field for _, field in heads]
    if "both" in fields:
        return both(0, row)
    if "listed" in fields:
        return listed(0, row)
    if "lead" in fields and "support" in fields:
        roles = ("牵头单位", "责任单位", "配合单位")
        words = {field: next((role for role in roles if role[:2] in head), "配合单位") for head, field in heads}
        lead = words["lead"] if words["support"] == "责任单位" or words["lead"] == "牵头单位" else "责任单位"
        return f"{lead}：{row['lead']}；{words['support']}：{row['support']}"
    led = any(field == "lead" and "牵头" in head for head, field in heads)
    return (f"牵头单位：{row['lead']}" if led else str(row["lead"])) if "lead" in fields else None


def tasks(rows: Sequence[Row], heads: Sequence[tuple[str, str]], title: str) -> dict[str, Any]:
    """The right task table of rows printed under heads (words, what stands below them)."""
    fields = [field for _, field in heads]
    table: dict[str, Any] = {"title": title, "columns": list(dict.fromkeys(head for head, _ in heads if head))}
    if "number" not in fields:
        table["number_printed"] = False
    table["rows"] = []
    area = topic = None
    for at, row in enumerate(rows, start=1):
        task: dict[str, Any] = {"number": at}
        if "area" in fields and row["area"] != area:
            task["area"], topic = row["area"], None
        if "topic" in fields and row["topic"] != topic:
            task["topic"] = row["topic"]
        area, topic = row["area"], row["topic"]
        task["text"] = row["text"]
        if units := _units(row, heads):
            task["units"] = units
        if "deadline" in fields:
            task["deadline"] = row["deadline"]
        cells = {head: CELLS[field](at, row) for head, field in heads if field == "leader"}
        if cells:
            task["cells"] = cells
        table["rows"].append(task)
    return table


def task_grid(rows: Sequence[Row], heads: Sequence[tuple[str, str]], *, merged: bool = True, start: int = 1) -> Table:
    """Rows below one row of heads; with ``merged`` 工作任务 that go on are merged downwards, else printed again."""
    grid: list[list[str]] = [[head or LEFT for head, _ in heads]]
    before: Row | None = None
    for at, row in enumerate(rows, start=start):
        line = [CELLS[field](at, row) for _, field in heads]
        for column, (_, field) in enumerate(heads):
            same = before is not None and before["area"] == row["area"]
            same = same and (
                field == "area" or (field == "topic" and before is not None and before["topic"] == row["topic"])
            )
            if merged and same and field in ("area", "topic"):
                line[column] = UP
        grid.append(line)
        before = row
    return Table(grid)


def plan_of(content: Values, elements: dict[str, Any], year: int, **more: Any) -> dict[str, Any]:
    """The right draft of a plan."""
    return {"kind": "plan", "title": content["title"], "year": year, "document": elements, **more}


def plan_table(
    content: Values,
    notice: Values,
    *,
    heads: Sequence[tuple[str, str]],
    style: str | None = None,
    box: Callable[[Values], Box] | None = None,
    merged: bool = True,
    arrange: Callable[[Table], list[Block]] = lambda table: [table],
) -> Made:
    """A plan that is nothing but its task table, alone or issued with a notice."""
    year, boxed = notice["date_signed"].year, box(notice) if box else ()
    blocks: list[Block] = [content["title"]]
    elements: dict[str, Any] = {"openness": "主动公开"}
    below: list[Block] = []
    if style:
        above, below, elements = issued(notice, content["title"], style=style, box=boxed)
        blocks = [*above, *blocks]
    grid = task_grid(content["rows"], heads, merged=merged)
    made = [*blocks, *arrange(grid), *below]
    table = tasks(content["rows"], heads, content["title"])
    if arrange is grouped:
        table["columns"] = [head for head, _ in heads[1:]]
        for count, task in enumerate((task for task in table["rows"] if "area" in task), start=1):
            task["area"] = f"{numeral(count)}、{task['area']}"
    right = plan_of(content, elements, year, task_table=table)
    return Made(made, boxed, [right])


def grouped(table: Table) -> list[Block]:
    """Rows across the table name the area, in place of a column for it (the first)."""
    heads, *rows = table.rows
    width = len(heads) - 1
    grid: list[list[str]] = [list(heads[1:])]
    count = 0
    for row in rows:
        if row[0] != UP:
            count += 1
            grid.append([f"{numeral(count)}、{row[0]}", *[LEFT] * (width - 1)])
        grid.append(list(row[1:]))
    return [Table(grid)]


def two_pages(table: Table) -> list[Block]:
    """A table that goes on on another page, its heads printed again."""
    heads, *rows = table.rows
    return [Table([heads, *rows[:4]]), Table([heads, *rows[4:]])]


def headless_rest(table: Table) -> list[Block]:
    """A table that goes on on another page without its heads."""
    return [Table(table.rows[:5]), Table(table.rows[5:])]


def below_titles(table: Table) -> list[Block]:
    """The title stands in the first row of the table, and a note below it."""
    width = len(table.rows[0])
    note = ["注：完成时限为“持续推进”的，每半年报送一次进展情况。", *[LEFT] * (width - 1)]
    return [Table([*table.rows, note])]


def stacked(upper: Sequence[str], lower: Sequence[str]) -> Callable[[Table], list[Block]]:
    """Heads of two levels in place of one."""
    return lambda table: [Table([list(upper), list(lower), *table.rows[1:]])]


def plan_clauses(
    content: Values,
    notice: Values,
    *,
    ending: Callable[[Row], str],
    units: Callable[[Row], str],
    marks: Sequence[str] = ("、", "（）"),
    style: str = "plain",
    box: Callable[[Values], Box] | None = None,
    own_line: bool = False,
) -> Made:
    """A plan as prose: 一、 with （一） below it, units in brackets at the end of each clause or on a line below."""
    boxed = box(notice) if box else ()
    above, below, elements = issued(notice, content["title"], style=style, box=boxed)
    blocks: list[Block] = [*above, content["title"], content["preamble"]]
    sections: list[dict[str, Any]] = []
    for count, row in enumerate(content["rows"], start=1):
        if not sections or sections[-1]["title"] != row["area"]:
            sections.append({"number": numeral(len(sections) + 1), "title": row["area"], "sections": []})
            blocks.append(f"{sections[-1]['number']}、{row['area']}")
        children = sections[-1]["sections"]
        number = f"（{numeral(len(children) + 1)}）" if marks[1] == "（）" else str(count)
        printed = number if marks[1] == "（）" else f"{count}."
        title = f"{row['topic']}{count}" if marks[1] != "（）" else f"推进{row['topic']}"
        children.append({"number": number, "title": title, "text": row["text"], "units": units(row)})
        line = f"{printed}{title}。{row['text']}"
        blocks += [line, ending(row)] if own_line else [line + ending(row)]
    right = plan_of(content, elements, notice["date_signed"].year, preamble=[content["preamble"]], sections=sections)
    return Made([*blocks, *below], boxed, [right])


def plan_both(content: Values, notice: Values, *, heads: Sequence[tuple[str, str]], style: str) -> Made:
    """A plan as prose without units, and its task table as an annex."""
    prose = plan_clauses(content, notice, ending=lambda _: "", units=lambda _: "", style=style)
    (right,) = prose.drafts
    for section in right["sections"]:
        for child in section["sections"]:
            del child["units"]
    title = f"{content['title']}任务分解表"
    right["task_table"] = tasks(content["rows"], heads, title)
    return Made([*prose.blocks, "附件", title, task_grid(content["rows"], heads)], (), [right])


# Directories of decisions ---------------------------------------------------------------------------------------------


def _decisions(
    content: Values, notice: Values, elements: Values, label: str, beside: Mapping[str, str], *, planned: bool
) -> dict[str, Any]:
    decisions = []
    for at, row in enumerate(content["rows"], start=1):
        item: dict[str, Any] = {
            "number": at, "number_text": str(at), "title": row["name"], "organizers": row["units"],
        }  # fmt: skip
        if planned:
            item["planned"] = {"text": row["planned"], "latest": row["latest"]}
        if cells := {head: row[field] for head, field in beside.items()}:
            item["cells"] = cells
        decisions.append(item)
    return {
        "kind": "decision_directory", "title": content["title"], "year": notice["date_signed"].year,
        "document": elements, "organizer_label": label, "decisions": decisions,
    }  # fmt: skip


def decision_table(
    content: Values,
    notice: Values,
    *,
    heads: Sequence[tuple[str, str]],
    style: str | None = None,
    box: Callable[[Values], Box] | None = None,
) -> Made:
    """A directory as a table; fields are number, name, units, basis, planned, category."""
    boxed = box(notice) if box else ()
    blocks: list[Block] = []
    below: list[Block] = []
    elements: dict[str, Any] = {"openness": "主动公开"}
    if style:
        blocks, below, elements = issued(notice, content["title"], style=style, box=boxed)
    fields = [field for _, field in heads]
    grid: list[list[str]] = [[head for head, _ in heads]]
    above = None
    for at, row in enumerate(content["rows"], start=1):
        line = [str(at) if field == "number" else str(row[field]) for field in fields]
        if "category" in fields and above is not None and above["category"] == row["category"]:
            line[fields.index("category")] = UP
        grid.append(line)
        above = row
    label = next(head for head, field in heads if field == "units")
    beside = {head: field for head, field in heads if field in ("basis", "category")}
    right = _decisions(content, notice, elements, label, beside, planned="planned" in fields)
    return Made([*blocks, content["title"], Table(grid), *below], boxed, [right])


def decision_list(
    content: Values,
    notice: Values,
    *,
    line: str,
    more: Sequence[str] = (),
    label: str = "承办单位",
    mark: str = "、",
    planned: bool = False,
    style: str = "plain",
    box: Callable[[Values], Box] | None = None,
) -> Made:
    """A directory as a numbered list; ``line`` and ``more`` are filled with the fields of a row."""
    boxed = box(notice) if box else ()
    above, below, elements = issued(notice, content["title"], style=style, box=boxed)
    blocks: list[Block] = [*above, content["title"]]
    beside = {"决策依据": "basis"} if any("basis" in text for text in (line, *more)) else {}
    right = _decisions(content, notice, elements, label, beside, planned=planned)
    for at, (row, item) in enumerate(zip(content["rows"], right["decisions"], strict=True), start=1):
        number = numeral(at) if mark == "、" else str(at)
        item["number_text"] = number
        blocks.append(number + mark + line.format(**row))
        blocks += [text.format(**row) for text in more]
    return Made([*blocks, *below], boxed, [right])


# Projects and 民生实事 -----------------------------------------------------------------------------------------------


def _label(at: int, head: str, upper: Sequence[str] | None) -> str:
    """The head of a column as one: 投资（万元）：总投资."""
    if upper is None or head == UP:
        return upper[at] if upper else head
    return f"{upper[at] if upper[at] != LEFT else upper[at - 1]}：{head}"


def project_table(
    content: Values,
    notice: Values,
    *,
    heads: Sequence[tuple[str, str]],
    upper: Sequence[str] | None = None,
    group: str = "across",
    totals: bool = False,
    restart: bool = False,
    style: str | None = None,
    box: Callable[[Values], Box] | None = None,
) -> Made:
    """Projects in groups as a table. ``upper`` are heads above the heads; ``group`` is across, column or none.

    Fields are number, name, content, total, year, units, place, period.
    """
    boxed = box(notice) if box else ()
    blocks: list[Block] = []
    below: list[Block] = []
    elements: dict[str, Any] = {"openness": "主动公开"}
    if style:
        blocks, below, elements = issued(notice, content["title"], style=style, box=boxed)
    fields = [field for _, field in heads]
    labels = {field: _label(at, head, upper) for at, (head, field) in enumerate(heads)}
    grid = [list(upper)] if upper else []
    grid.append([head for head, _ in heads])
    categories: list[dict[str, Any]] = []
    count = 0
    everything = [row for each in content["groups"] for row in each["rows"]]
    for place, each in enumerate(content["groups"], start=1):
        number, rows = numeral(place), each["rows"]
        category: dict[str, Any] = {"number": number, "title": each["title"], "projects": []}
        if group == "across":
            category["announced"] = len(rows)
            line = [f"{number}、{each['title']}（{len(rows)}个）", *[LEFT] * (len(heads) - 1)]
            if totals:
                _sums(line, fields, rows)
                category["totals"] = _summed(labels, rows)
            grid.append(line)
        for at, row in enumerate(rows, start=1):
            count += 1
            printed = str(at if restart else count)
            line = [printed if f == "number" else each["title"] if f == "group" else row[f] for f in fields]
            if group == "column" and at > 1:
                line[fields.index("group")] = UP
            grid.append(line)
            beside = {"number": printed} if restart else {}
            beside |= row | ({"group": each["title"]} if group == "column" else {})
            cells = {labels[f]: beside[f] for f in fields if f in beside and f != "name"}
            category["projects"].append({"number": count, "title": row["name"], "cells": cells})
        categories.append(category)
    if group != "across":
        categories = [{"number": "一", "title": "重点项目", "projects": [p for c in categories for p in c["projects"]]}]
    right: dict[str, Any] = {
        "kind": "project_list", "title": content["title"], "year": notice["date_signed"].year, "document": elements,
        "categories": categories,
    }  # fmt: skip
    if totals:
        line = ["合计", *[LEFT] * (len(heads) - 1)]
        _sums(line, fields, everything)
        grid.append(line)
        right["totals"] = _summed(labels, everything)
    return Made([*blocks, content["title"], Table(grid), *below], boxed, [right])


def _sum(rows: Sequence[Row], field: str) -> str:
    whole = sum(float(row[field]) for row in rows)
    return f"{whole:.1f}" if any("." in row[field] for row in rows) else str(int(whole))


def _sums(line: list[str], fields: Sequence[str], rows: Sequence[Row]) -> None:
    amounts = [at for at, field in enumerate(fields) if field in ("total", "year")]
    for at in amounts:
        line[at] = _sum(rows, fields[at])
    for at in range(amounts[0] + 1, len(line)):
        line[at] = "" if line[at] == LEFT else line[at]


def _summed(labels: Mapping[str, str], rows: Sequence[Row]) -> dict[str, str]:
    return {labels[field]: _sum(rows, field) for field in ("total", "year") if field in labels}


def project_outline(content: Values, notice: Values, *, style: str = "plain") -> Made:
    """Projects as a numbered list below counted headings."""
    above, below, elements = issued(notice, content["title"], style=style)
    whole = sum(len(each["rows"]) for each in content["groups"])
    blocks: list[Block] = [*above, content["title"], f"（共{whole}个项目）"]
    categories = []
    count = 0
    for place, each in enumerate(content["groups"], start=1):
        blocks.append(f"{numeral(place)}、{each['title']}（{len(each['rows'])}个）")
        projects = []
        for row in each["rows"]:
            count += 1
            blocks.append(f"{count}.{row['name']}")
            projects.append({"number": count, "title": row["name"]})
        categories.append(
            {"number": numeral(place), "title": each["title"], "announced": len(projects), "projects": projects}
        )
    right = {
        "kind": "project_list", "title": content["title"], "year": notice["date_signed"].year, "document": elements,
        "subtitle": f"（共{whole}个项目）", "announced": whole, "categories": categories,
    }  # fmt: skip
    return Made([*blocks, *below], (), [right])


def livelihood_table(
    content: Values, notice: Values, *, heads: Sequence[tuple[str, str]], style: str | None = None
) -> Made:
    """民生实事 as a table of one group."""
    grouped_content = {"title": content["title"], "groups": [{"title": "", "rows": content["rows"]}]}
    return project_table(grouped_content, notice, heads=heads, group="none", style=style)


def livelihood_list(
    content: Values, notice: Values, *, line: str, mark: str = "、", label: str = "责任单位", style: str = "web",
    box: Callable[[Values], Box] | None = None, deadline: str | None = None,
) -> Made:  # fmt: skip
    """民生实事 as paragraphs: 一、新建公办幼儿园。新建3所…（责任单位：…）."""
    boxed = box(notice) if box else ()
    above, below, elements = issued(notice, content["title"], style=style, box=boxed)
    if style == "web" and not boxed:
        elements.pop("doc_number")
    blocks: list[Block] = [*above, content["title"]]
    projects = []
    for at, row in enumerate(content["rows"], start=1):
        number = numeral(at) if mark == "、" else str(at)
        blocks.append(number + mark + line.format(**row))
        cells = {"内容": row["content"], label: row["units"]}
        if deadline:
            cells[deadline] = row["deadline"]
        projects.append({"number": at, "title": row["name"], "cells": cells})
    right = {
        "kind": "project_list", "title": content["title"], "year": notice["date_signed"].year, "document": elements,
        "categories": [{"number": "一", "title": "重点项目", "projects": projects}],
    }  # fmt: skip
    return Made([*blocks, *below], boxed, [right])


# Documents that stand for themselves ----------------------------------------------------------------------------------


def rules(content: Values, notice: Values, *, style: str, box: Callable[[Values], Box] | None = None) -> Made:
    """规范性文件 issued with a notice: the draft is the rules', with the notice's number and day."""
    boxed = box(notice) if box else ()
    above, below, elements = issued(notice, content["title"], style=style, box=boxed)
    document = elements | {
        "genre": "规范性文件", "body": [*elements["body"], content["title"], *content["body"]],
        "date_effective": content["effective"], "valid_until": content["until"],
    }  # fmt: skip
    return _alone(content, notice, [*above, content["title"], *content["body"], *below], boxed, document)


def paper(content: Values, notice: Values, *, style: str, box: Callable[[Values], Box] | None = None) -> Made:
    """方案, 意见, 措施 issued with a notice."""
    boxed = box(notice) if box else ()
    above, below, elements = issued(notice, content["title"], style=style, box=boxed)
    document = elements | {"genre": "政策文件", "body": [*elements["body"], content["title"], *content["body"]]}
    return _alone(content, notice, [*above, content["title"], *content["body"], *below], boxed, document)


def _alone(content: Values, notice: Values, blocks: list[Block], box: Box, document: dict[str, Any]) -> Made:
    draft = {
        "kind": "document", "title": content["title"], "year": notice["date_signed"].year, "document": document,
    }  # fmt: skip
    return Made(blocks, box, [draft])


def bare_notice(
    notice: Values, *, about: str, lines: Sequence[str], box: Callable[[Values], Box] | None = None
) -> Made:
    """A notice that issues nothing."""
    boxed = box(notice) if box else ()
    title = f"{notice['organ']}关于{about}的通知"
    elements: dict[str, Any] = {
        "genre": "通知", "title": title, "doc_number": notice["doc_number"], "addressees": notice["addressees"],
        "body": list(lines), "signature": notice["organ"], "date_signed": notice["date_signed"],
        "note": notice["note"], "openness": "主动公开",
    }  # fmt: skip
    if boxed:
        elements |= {key: notice[key] for key in _BOXED} | {"validity": "有效"}
    blocks: list[Block] = [title, notice["doc_number"], notice["addressees"], *lines]
    blocks += [notice["organ"], day(notice["date_signed"]), notice["note"]]
    draft = {"kind": "document", "title": title, "year": notice["date_signed"].year, "document": elements}
    return Made(blocks, boxed, [draft])


def consultation(content: Values, *, way: str = "年月日") -> Made:
    """An invitation to give opinions."""
    item = {
        "number": 1, "type": "意见征集", "title": content["title"], "organizer": content["organizer"],
        "start": content["start"], "end": content["end"], "contact": "；".join(content["contacts"]),
    }  # fmt: skip
    year = content["start"].year
    draft = {"kind": "participation", "title": f"{year}年公众参与", "year": year, "items": [item]}
    end = [content["organizer"], day(content["signed"], way)]
    return Made([content["title"], *content["body"], *content["contacts"], *end], (), [draft])


def interpretation(content: Values, *, way: str = "answers", marks: tuple[str, str] = ("问：", "答：")) -> Made:
    """An interpretation: questions and answers, or prose."""
    document: dict[str, Any] = {
        "genre": "解读", "signature": content["signature"], "date_signed": content["date"], "openness": "主动公开",
    }  # fmt: skip
    draft: dict[str, Any] = {
        "kind": "document", "title": content["title"], "year": content["date"].year, "document": document,
    }  # fmt: skip
    blocks: list[Block] = [content["title"]]
    if way == "answers":
        draft["questions"] = [{"question": q, "answer": a} for q, a in content["questions"]]
        for at, (question, answer) in enumerate(content["questions"], start=1):
            blocks += [marks[0].format(number=numeral(at)) + question, marks[1] + answer]
    else:
        document["body"] = list(content["prose"])
        blocks += content["prose"]
    return Made([*blocks, content["signature"], day(content["date"])], (), [draft])


def cleanup(
    content: Values,
    notice: Values,
    *,
    heads: Sequence[tuple[str, str]],
    way: str = "one",
    box: Callable[[Values], Box] | None = None,
    names: Mapping[str, str] | None = None,
) -> Made:
    """A clean-up as one table with results, or as a table for each result below its own title."""
    boxed = box(notice) if box else ()
    issuer = notice["organ"].removesuffix("办公室")
    elements: dict[str, Any] = {
        "title": content["title"], "doc_number": notice["doc_number"], "addressees": notice["addressees"],
        "body": [content["body"]], "signature": issuer, "date_signed": notice["date_signed"],
        "note": notice["note"], "openness": "主动公开",
    }  # fmt: skip
    if boxed:
        elements |= {key: notice[key] for key in _BOXED} | {"validity": "有效"}
    blocks: list[Block] = [content["title"], notice["doc_number"], notice["addressees"], content["body"]]
    blocks += [issuer, day(notice["date_signed"]), notice["note"]]
    fields = [field for _, field in heads]
    items: list[dict[str, Any]] = []
    if way == "one":
        blocks.append((names or {}).get("", "行政规范性文件清理结果目录"))
        rows = [[str(at) if f == "number" else row[f] for f in fields] for at, row in enumerate(content["rows"], 1)]
        blocks.append(Table([[head for head, _ in heads], *rows]))
        items = [{"number": at, **row} for at, row in enumerate(content["rows"], start=1)]
    else:
        for result in dict.fromkeys(row["result"] for row in content["rows"]):
            own = [row for row in content["rows"] if row["result"] == result]
            blocks.append((names or {}).get(result, f"{result}的行政规范性文件目录"))
            rows = [[str(at) if f == "number" else row[f] for f in fields] for at, row in enumerate(own, 1)]
            blocks.append(Table([[head for head, _ in heads], *rows]))
            items += [{"number": len(items) + 1 + at, **row} for at, row in enumerate(own)]
    draft = {
        "kind": "cleanup", "title": content["title"], "year": notice["date_signed"].year, "document": elements,
        "items": items,
    }  # fmt: skip
    return Made(blocks, boxed, [draft])


def response(content: Values, *, heads: Sequence[tuple[str, str]] | None) -> Made:
    """Answers to a consultation: numbers in prose, opinions in a table."""
    document = {
        "body": list(content["body"]), "signature": content["signature"], "date_signed": content["date"],
        "openness": "主动公开",
    }  # fmt: skip
    draft: dict[str, Any] = {
        "kind": "response", "title": content["title"], "year": content["date"].year, "document": document,
        "received": content["received"], "adopted": content["adopted"],
    }  # fmt: skip
    blocks: list[Block] = [content["title"], *content["body"]]
    if heads:
        fields = [field for _, field in heads]
        rows = [[str(at) if f == "number" else row[f] for f in fields] for at, row in enumerate(content["rows"], 1)]
        blocks.append(Table([[head for head, _ in heads], *rows]))
        draft["opinions"] = [{"number": at, **row} for at, row in enumerate(content["rows"], start=1)]
        if "reason" not in fields:
            for opinion in draft["opinions"]:
                del opinion["reason"]
    return Made([*blocks, content["signature"], day(content["date"])], (), [draft])


def catalogue(content: Values, *, heads: Sequence[tuple[str, str]], upper: Sequence[str] | None = None) -> Made:
    """A catalogue of what must be public; areas that go on are merged."""
    fields = [field for _, field in heads]
    grid = [list(upper)] if upper else []
    grid.append([head for head, _ in heads])
    above = None
    for at, row in enumerate(content["rows"], start=1):
        line = [str(at) if field == "number" else "√" if field == "tick" else row[field] for field in fields]
        if above is not None and above["area"] == row["area"]:
            line[fields.index("area")] = UP
        grid.append(line)
        above = row
    items = []
    for at, row in enumerate(content["rows"], start=1):
        item = {"number": at, **{field: row[field] for field in fields if field in row}}
        if "tick" in fields:
            item["audience"] = "全社会"
        items.append(item)
    draft = {"kind": "catalogue", "title": content["title"], "items": items}
    return Made([content["title"], Table(grid)], (), [draft])


def gazette(content: Values, *, gap: str, brackets: bool = False) -> Made:
    """The contents of an issue."""
    blocks: list[Block] = [content["title"], "目　录"]
    column = None
    items = []
    for item in content["items"]:
        if item["column"] != column:
            column = item["column"]
            blocks.append(f"【{column}】" if brackets else column)
        number = f"（{item['doc_number']}）"
        page = f"（{item['page']}）" if brackets else str(item["page"])
        blocks.append(f"{item['title']}{number}{gap}{page}")
        items.append(item)
    draft = {
        "kind": "gazette", "title": content["title"], "year": content["year"], "issue": content["issue"],
        "items": items,
    }  # fmt: skip
    return Made(blocks, (), [draft])
