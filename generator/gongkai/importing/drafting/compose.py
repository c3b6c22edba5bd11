"""Recognised parts -> drafts in the authored format (``gongkai.column.shapes``), guesses marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.authoring.yaml_draft import Guess, Remark, settled
from gongkai.importing.blocks import LeftOut, Paragraph
from gongkai.importing.drafting.context import Context, document, theme_ideas, year_of
from gongkai.importing.drafting.stages import stage_of
from gongkai.importing.recognise.alike import sections_of_rows
from gongkai.importing.recognise.decisions import Decision, Directory, party_consent
from gongkai.importing.recognise.markers import marker
from gongkai.importing.recognise.notices import Notice
from gongkai.importing.recognise.outline import Heading, Outline
from gongkai.importing.recognise.projects import Category, Project, ProjectList
from gongkai.importing.recognise.tasks import Task, TaskTable
from gongkai.text.numerals import numeral, parse_numeral

_ALWAYS_KEPT = ("number",)


@dataclass(frozen=True, slots=True)
class Draft:
    """One file to be: its id, its content, and whether its document is carried by another draft."""

    id: str
    data: Mapping[str, object]


def frame(kind: str, identifier: str, year: object, title: object, doc: object, context: Context) -> dict[str, object]:
    """What every draft begins with."""
    ideas = theme_ideas(str(settled(title)), context)
    frame: dict[str, object] = {
        "kind": kind,
        "id": identifier,
        "organ": Guess(context.organ, context.organ_guess) if context.organ_guess else context.organ,
        "year": year,
        "title": title,
        "document": doc,
    }
    if ideas:
        frame["#themes"] = Remark(f"待核：可以考虑的主题 themes: [{', '.join(ideas)}]")
    return frame


def plan(
    identifier: str, title: str | None, notice: Notice, outline: Outline, table: TaskTable | None, context: Context
) -> Draft:
    """A plan (工作要点) with its outline and task table."""
    year = year_of(notice, [title], context)
    number = settled(year)
    number = number if isinstance(number, int) else 0
    context.printed += outline.printed
    if not outline.headings and table:
        outline = _outline_of_table(table)
        context.doubts.append("文件没有正文的分节，草稿按任务表的“工作任务”列出各节，请核对")
    named: object = title or Guess(notice.title or context.source, "没有找到要点的标题")
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
    context.printed += table.printed
    keys = sections_of_rows([task.text for task in table.rows], outline)
    data: dict[str, object] = {"title": table.title or Guess("任务分解表", "原文没有表题"), "columns": table.columns}
    if not table.number_printed:
        data["number_printed"] = False
    data["rows"] = [_row(task, key, year, table.columns, context) for task, key in zip(table.rows, keys, strict=True)]
    return data


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
        data["area"] = _doubted(task.area, task.doubts.get("area"))
    if task.topic:
        data["topic"] = _doubted(task.topic, task.doubts.get("topic"))
    elif task.no_topic:
        data["topic"] = Guess(None, task.doubts.get("topic", "原表没有印工作任务"))
    doubt = task.doubts.get("text")
    data["text"] = Guess(task.text, doubt, printed=True) if doubt else task.text
    if task.units:
        data["units"] = context.cell(task.units, year)
    if task.deadline:
        due = context.deadline(task.deadline, year)
        data["deadline"] = _doubted(task.deadline, task.doubts["deadline"]) if "deadline" in task.doubts else due
    if cells := _cells(task, heads):
        data["cells"] = cells
    if key:
        data["section"] = Guess(key, "按文字相近推定")
    strays = [(label, text) for label, text in task.others if label not in heads]
    for at, (label, text) in enumerate(strays):
        data[f"#other{at}"] = Remark(f"待核：原表“{label or '多出的一格'}”：{text}")
        context.left_out.append(LeftOut(text, f"任务表的“{label or '多出的一格'}”没有对应的栏目，写在草稿的注释里", 0))
    return data


def _doubted(value: str, why: str | None) -> object:
    return Guess(value, why) if why else value


def projects(
    identifier: str, title: str, notice: Notice, found: ProjectList, shared: str | None, context: Context
) -> Draft:
    """A list of key projects; ``shared`` is the id of the draft that carries the same document."""
    year = year_of(notice, [title], context)
    context.printed += found.printed
    data = frame("project_list", identifier, year, title, shared or document(notice, context), context)
    if found.subtitle:
        data["subtitle"] = found.subtitle
    if found.announced is not None:
        data["announced"] = found.announced
    listed = len(found.every())
    if found.announced is not None and listed != found.announced:
        note = f"标题写明{found.announced}个项目，原文实际列出{listed}个"
        data["#count"] = Remark(f"待核：{note}，可以写成编者注 editor_note")
        context.doubts.append(f"《{title}》{note}")
    data["categories"] = [_category(category, context) for category in found.categories]
    context.count("项目", listed)
    left_over(found.rest, context)
    return Draft(identifier, data)


def _category(category: Category, context: Context) -> object:
    data: dict[str, object] = {"number": category.number, "title": category.title}
    if category.announced is not None:
        data["announced"] = category.announced
        listed = _listed(category)
        if listed != category.announced:
            context.doubts.append(f"“{category.title}”写明{category.announced}个，原文实际列出{listed}个")
            data["#count"] = Remark(f"待核：写明{category.announced}个，原文实际列出{listed}个")
    if category.categories:
        data["categories"] = [_category(child, context) for child in category.categories]
    if category.projects:
        data["projects"] = [_project(project) for project in category.projects]
    return Guess(data, category.guessed) if category.guessed else data


def _listed(category: Category) -> int:
    return len(category.projects) + sum(_listed(child) for child in category.categories)


def _project(project: Project) -> dict[str, object]:
    data: dict[str, object] = {"number": project.number, "title": project.title}
    if project.tags:
        data["tags"] = project.tags
    if project.others:
        data["editor_note"] = Guess(_also(project.others), "原表的其他栏目，暂记在编者注里")
    return data


def _also(others: list[tuple[str, str]]) -> str:
    return "原表还载明：" + "；".join(f"{label}：{text}" for label, text in others)


def directory(
    identifier: str, title: str, notice: Notice, found: Directory, shared: str | None, context: Context
) -> Draft:
    """A directory of major administrative decisions; ``shared`` as for projects."""
    year = year_of(notice, [title], context)
    number = settled(year)
    number = number if isinstance(number, int) else 0
    context.printed += found.printed
    data = frame("decision_directory", identifier, year, title, shared or document(notice, context), context)
    data["organizer_label"] = found.label
    consent = party_consent("\n".join(paragraph.text for paragraph in notice.body))
    if consent:
        data["party_consent"] = consent
    data["decisions"] = [_decision(decision, number, context) for decision in found.decisions]
    context.count("决策事项", len(found.decisions))
    left_over(found.rest, context)
    return Draft(identifier, data)


def _decision(decision: Decision, year: int, context: Context) -> dict[str, object]:
    data: dict[str, object] = {
        "number": _doubted_number(decision),
        "number_text": decision.number_text,
        "title": decision.title,
    }
    if decision.organizers:
        cell = context.cell(decision.organizers, year)
        why = decision.doubts.get("organizers")
        data["organizers"] = Guess(settled(cell), why) if why else cell
    else:
        data["organizers"] = Guess("未列明", "原文没有写明承办单位")
        context.doubts.append(f"第{decision.number_text}项没有写明承办单位")
    stages: dict[str, object] = {}
    beside: list[tuple[str, str]] = []
    for label, text, link in decision.others:
        stage = stage_of(label, context.vocabularies) if link else None
        if stage and link:
            stages[stage] = Guess({"status": "published", "title": text, "url": link}, f"取自“{label}”栏的链接")
        else:
            beside.append((label, f"{text}（{link}）" if link else text))
    if stages:
        data["stages"] = stages
    if beside:
        data["editor_note"] = Guess(_also(beside).replace("原表", "目录"), "目录的其他栏目，暂记在编者注里")
    return data


def _doubted_number(decision: Decision) -> object:
    why = decision.doubts.get("number")
    number = decision.number
    printed = parse_numeral(decision.number_text)
    if why is None and printed and printed != number:
        why = f"原文序号是“{decision.number_text}”"
    return Guess(number, why) if why else number


def left_over(paragraphs: list[Paragraph], context: Context) -> None:
    """Paragraphs around a list that have no place in its draft."""
    reason = "清单之外的文字，草稿中没有对应的栏目"
    context.left_out += [LeftOut(paragraph.text, reason, paragraph.line) for paragraph in paragraphs]
