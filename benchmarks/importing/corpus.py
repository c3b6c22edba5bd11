"""The documents of the corpus: a layout, a content, a format. Half are kept back and only counted.

``open`` documents are what the importer is mended on. ``held`` ones have other layouts, other words and other contents;
their numbers are reported and nothing else, so that they say how a document fares that nobody has seen. ``unseen`` ones
were counted once before anybody looked at what they show, and are mended on since; ``second`` ones were written and counted after that,
and then mended on in their turn; ``third`` ones after those.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from benchmarks.importing import layouts as lay
from benchmarks.importing import printed
from benchmarks.importing.layouts import Made
from benchmarks.importing.pages import FORMATS, LEFT, UP, Block, Table

CONTENTS = Path(__file__).with_name("contents.yml")
PRINTED: dict[str, tuple[str, Callable[..., bytes]]] = {"pdf": (".pdf", printed.pdf), "ofd": (".ofd", printed.ofd)}
_ORGANS = {"open": "shili", "held": "xuni", "unseen": "yunling", "second": "shiqiao", "third": "linhe"}


class Case(NamedTuple):
    """One document to be: ``half`` is open, held or unseen, ``layout`` the name under which it is reported."""

    half: str
    kind: str
    layout: str
    form: str
    make: Callable[[Any, Any], Made]

    @property
    def name(self) -> str:
        """What it is called in reports."""
        return f"{self.half}-{self.layout}-{self.form}"

    @property
    def organ(self) -> str:
        """The id of its district."""
        return _ORGANS[self.half]


class Document(NamedTuple):
    """A document as a file, and its right drafts."""

    name: str
    data: bytes
    drafts: list[dict[str, Any]]


@cache
def contents() -> dict[str, Any]:
    """What the documents say, by kind and half."""
    found: dict[str, Any] = yaml.safe_load(CONTENTS.read_text(encoding="utf-8"))
    return found


def made(case: Case) -> Document:
    """The file of a case."""
    said = contents()
    result = case.make(said.get(case.kind, {}).get(case.half), said["notice"].get(case.half))
    suffix, write = (FORMATS | PRINTED)[case.form]
    return Document(f"{case.layout}{suffix}", write(result.blocks, result.box), result.drafts)


def _case(half: str, kind: str, layout: str, form: str, function: Callable[..., Made], **options: Any) -> Case:
    alone = function in (lay.consultation, lay.interpretation, lay.response, lay.catalogue, lay.gazette)
    one = kind == "bare"

    def make(content: Any, notice: Any) -> Made:
        if one:
            return function(notice, **options)
        return function(content, **options) if alone else function(content, notice, **options)

    return Case(half, "notice" if one else kind, layout, form, make)


_AREA_TOPIC = (
    ("序号", "number"),
    ("工作任务", "area"),
    ("", "topic"),
    ("具体要求", "text"),
    ("责任单位", "both"),
    ("完成时限", "deadline"),
)
_LISTED = (("重点工作", "area"), ("工作内容", "text"), ("责任部门", "listed"), ("完成时间", "deadline"))
_LEADS = (
    ("序号", "number"),
    ("工作任务", "area"),
    ("工作措施", "text"),
    ("牵头单位", "lead"),
    ("配合单位", "support"),
    ("完成时限", "deadline"),
)
_NO_AREA = (("序号", "number"), ("任务内容", "text"), ("牵头部门", "lead"), ("办结时限", "deadline"))
_FEW = (("序号", "number"), ("工作任务", "text"), ("责任单位", "listed"), ("时限要求", "deadline"))

_MANY = (
    ("类别", "area"),
    ("序号", "number"),
    ("工作任务", "text"),
    ("县领导", "leader"),
    ("牵头单位", "lead"),
    ("责任单位", "support"),
    ("完成时限", "deadline"),
)

_HELD_A = (
    ("序号", "number"),
    ("类别", "area"),
    ("重点任务", "topic"),
    ("工作举措", "text"),
    ("牵头单位", "lead"),
    ("责任单位", "support"),
    ("时间节点", "deadline"),
)
_HELD_B = (
    ("任务分类", "area"),
    ("目标任务", "topic"),
    ("具体举措", "text"),
    ("责任领导", "leader"),
    ("主责单位", "lead"),
    ("协同单位", "support"),
    ("完成期限", "deadline"),
)
_HELD_C = (("项次", "number"), ("重点事项", "text"), ("落实单位", "listed"), ("进度安排", "deadline"))
_HELD_D = (
    ("序号", "number"),
    ("工作目标", "area"),
    ("主要举措", "text"),
    ("承办部门", "both"),
    ("推进时限", "deadline"),
)


def _bracket(row: Any) -> str:
    return f"（责任单位：{lay.both(0, row)}）"


def _corner(row: Any) -> str:
    return f"〔牵头单位：{row['lead']}；配合单位：{row['support']}〕"


def _roles(row: Any) -> str:
    return f"牵头单位：{row['lead']}；配合单位：{row['support']}"


def _own_line(row: Any) -> str:
    return f"责任单位：{lay.listed(0, row)}"


def _unlabelled(row: Any) -> str:
    return f"（{lay.both(0, row)}）"


def _due(row: Any) -> str:
    return f"【责任单位：{lay.listed(0, row)}；完成时限：{row['deadline']}】"


def _due_units(row: Any) -> str:
    return f"{lay.listed(0, row)}；完成时限：{row['deadline']}"


def _listed(row: Any) -> str:
    return lay.listed(0, row)


def _both(row: Any) -> str:
    return lay.both(0, row)


def _plans() -> list[Case]:
    o, h, t, c = "open", "held", lay.plan_table, lay.plan_clauses
    heads_two = ("序号", "工作任务", LEFT, "具体要求", "责任单位", LEFT, "完成时限")
    low_two = (UP, UP, LEFT, UP, "牵头单位", "配合单位", UP)
    two = (
        ("序号", "number"),
        ("工作任务", "area"),
        ("", "topic"),
        ("具体要求", "text"),
        ("牵头单位", "lead"),
        ("配合单位", "support"),
        ("完成时限", "deadline"),
    )
    duty = ("任务分类", "具体举措", "责任分工", LEFT, "完成期限")
    duty_low = (UP, UP, "主责单位", "协同单位", UP)
    duty_heads = (
        ("任务分类", "area"),
        ("具体举措", "text"),
        ("主责单位", "lead"),
        ("协同单位", "support"),
        ("完成期限", "deadline"),
    )
    return [
        _case(o, "plan", "table-area-topic", "docx", t, heads=_AREA_TOPIC, style="plain"),
        _case(o, "plan", "table-area-topic", "box-table", t, heads=_AREA_TOPIC, style="web", box=lay.box_a),
        _case(o, "plan", "table-listed", "xlsx", t, heads=_LISTED),
        _case(o, "plan", "table-listed", "csv", t, heads=_LISTED, merged=False),
        _case(o, "plan", "table-leads", "tabs", t, heads=_LEADS, merged=False),
        _case(o, "plan", "table-groups", "box-list", t, heads=(("工作任务", "area"), *_FEW), arrange=lay.grouped, style="web", box=lay.box_a),
        _case(o, "plan", "table-two-pages", "docx", t, heads=_LEADS, style="letterhead", arrange=lay.two_pages),
        _case(o, "plan", "table-rest-without-heads", "docx", t, heads=_NO_AREA, arrange=lay.headless_rest, style="plain"),
        _case(o, "plan", "table-two-level-heads", "docx", t, heads=two, arrange=lay.stacked(heads_two, low_two), style="spelled"),
        _case(o, "plan", "table-note-below", "xlsx", t, heads=_LEADS, arrange=lay.below_titles),
        _case(o, "plan", "clauses-bracket", "docx", c, ending=_bracket, units=_both, style="letterhead"),
        _case(o, "plan", "clauses-corner", "box-lines", c, ending=_corner, units=_roles, style="web", box=lay.box_a),
        _case(o, "plan", "clauses-own-line", "tabs", c, ending=_own_line, units=_listed, own_line=True),
        _case(o, "plan", "clauses-and-table", "docx", lay.plan_both, heads=_LEADS, style="annexed"),
        _case(o, "plan", "table-area-topic", "old", t, heads=_AREA_TOPIC, style="plain", box=lay.box_a),
        _case(o, "plan", "table-area-topic", "pdf", t, heads=_AREA_TOPIC, style="plain"),
        _case(o, "plan", "table-area-topic", "ofd", t, heads=_AREA_TOPIC, style="plain"),
        _case(o, "plan", "clauses-bracket", "pdf", c, ending=_bracket, units=_both, style="letterhead"),
        _case(o, "plan", "clauses-bracket", "ofd", c, ending=_bracket, units=_both, style="letterhead"),
        _case(o, "plan", "table-leads", "pipes", t, heads=_LEADS, merged=False, style="plain"),
        _case(o, "plan", "table-many-columns", "xlsx", t, heads=_MANY),
        _case(o, "plan", "table-many-columns", "docx", t, heads=_MANY, style="letterhead", arrange=lay.headless_rest),
        _case(o, "plan", "clauses-bracket", "old", c, ending=_bracket, units=_both, style="plain"),
        _case(h, "plan", "table-category", "docx", t, heads=_HELD_A, style="spelled"),
        _case(h, "plan", "table-category", "box-defs", t, heads=_HELD_A, style="web", box=lay.box_b),
        _case(h, "plan", "table-leader", "xlsx", t, heads=_HELD_B),
        _case(h, "plan", "table-short", "csv-gbk", t, heads=_HELD_C),
        _case(h, "plan", "table-short-bars", "bars", t, heads=_HELD_D, merged=False, style="plain"),
        _case(h, "plan", "table-groups-other", "docx", t, heads=(("类别", "area"), *_HELD_C), arrange=lay.grouped, style="letterhead"),
        _case(h, "plan", "table-rest-merged", "docx", t, heads=_HELD_D, arrange=lay.headless_rest, style="spelled"),
        _case(h, "plan", "table-duty-heads", "box-list", t, heads=duty_heads, arrange=lay.stacked(duty, duty_low), style="web", box=lay.box_b),
        _case(h, "plan", "table-note-other", "box-lines", t, heads=_HELD_D, arrange=lay.below_titles),
        _case(h, "plan", "clauses-square", "docx", c, ending=_due, units=_due_units, style="annexed"),
        _case(h, "plan", "clauses-numbers", "box-defs", c, ending=_unlabelled, units=_both, marks=("、", "1."), style="web", box=lay.box_b),
        _case(h, "plan", "clauses-line-below", "bars", c, ending=_roles, units=_roles, own_line=True, style="spelled"),
        _case(h, "plan", "clauses-and-table-other", "docx", lay.plan_both, heads=_HELD_A, style="letterhead"),
    ]  # fmt: skip


def _directories() -> list[Case]:
    o, h, t, n = "open", "held", lay.decision_table, lay.decision_list
    return [
        _case(o, "decisions", "decisions-table", "docx", t, heads=(("序号", "number"), ("决策事项名称", "name"), ("承办单位", "units")), style="plain"),
        _case(o, "decisions", "decisions-basis-time", "box-table", t, heads=(("序号", "number"), ("事项名称", "name"), ("决策依据", "basis"), ("承办单位", "units"), ("拟决策时间", "planned")), style="web", box=lay.box_a),
        _case(o, "decisions", "decisions-category", "xlsx", t, heads=(("类别", "category"), ("序号", "number"), ("重大决策事项", "name"), ("牵头单位", "units"), ("计划完成时间", "planned"))),
        _case(o, "decisions", "decisions-bracket", "docx", n, line="{name}（承办单位：{units}）", style="letterhead"),
        _case(o, "decisions", "decisions-lines-below", "tabs", n, line="{name}", more=("承办单位：{units}", "拟决策时间：{planned}"), planned=True),
        _case(o, "decisions", "decisions-entrusted", "box-list", n, line="{name}，由{units}负责承办。", mark=".", style="web", box=lay.box_a),
        _case(o, "decisions", "decisions-table", "ofd", t, heads=(("序号", "number"), ("决策事项名称", "name"), ("承办单位", "units")), style="plain"),
        _case(o, "decisions", "decisions-table", "old", t, heads=(("序号", "number"), ("决策事项名称", "name"), ("承办单位", "units")), style="plain", box=lay.box_a),
        _case(o, "decisions", "decisions-table", "pipes", t, heads=(("序号", "number"), ("事项", "name"), ("承办单位", "units"))),
        _case(h, "decisions", "decisions-no-basis", "box-defs", t, heads=(("序号", "number"), ("决策事项", "name"), ("承办部门", "units"), ("完成时限", "planned")), style="web", box=lay.box_b),
        _case(h, "decisions", "decisions-project-name", "docx", t, heads=(("序号", "number"), ("决策类型", "category"), ("项目名称", "name"), ("立项依据", "basis"), ("责任单位", "units"), ("提请审议时间", "planned")), style="annexed"),
        _case(h, "decisions", "decisions-sheet", "csv-gbk", t, heads=(("编号", "number"), ("决策事项内容", "name"), ("组织实施单位", "units"))),
        _case(h, "decisions", "decisions-due-inside", "bars", n, line="{name}（责任单位：{units}；完成时限：{planned}）", planned=True, label="责任单位", style="spelled"),
        _case(h, "decisions", "decisions-fields", "docx", n, line="{name}", more=("决策依据：{basis}", "承办部门：{units}"), label="承办部门", mark=".", style="plain"),
    ]  # fmt: skip


def _lists() -> list[Case]:
    o, h, t = "open", "held", lay.project_table
    two_upper = ("序号", "项目名称", "建设内容及规模", "投资（万元）", LEFT, "责任单位")
    two = (
        (UP, "number"),
        (UP, "name"),
        (UP, "content"),
        ("总投资", "total"),
        ("2025年计划投资", "year"),
        (UP, "units"),
    )
    held_upper = ("序号", "项目名称", "主要建设内容", "投资情况（亿元）", LEFT, "建设地点", "牵头部门")
    held_two = (
        (UP, "number"),
        (UP, "name"),
        (UP, "content"),
        ("总投资", "total"),
        ("年度投资", "year"),
        (UP, "place"),
        (UP, "units"),
    )
    flat = (
        ("序号", "number"),
        ("项目名称", "name"),
        ("建设地点", "place"),
        ("建设内容", "content"),
        ("建设年限", "period"),
        ("总投资（万元）", "total"),
        ("责任单位", "units"),
    )
    columns = (
        ("项目类别", "group"),
        ("序号", "number"),
        ("项目名称", "name"),
        ("建设起止年限", "period"),
        ("总投资（亿元）", "total"),
        ("2024年计划投资", "year"),
        ("责任部门", "units"),
    )
    return [
        _case(o, "projects", "projects-two-level", "docx", t, heads=two, upper=two_upper, totals=True, restart=True, style="plain"),
        _case(o, "projects", "projects-two-level", "box-table", t, heads=two, upper=two_upper, style="web", box=lay.box_a),
        _case(o, "projects", "projects-flat", "xlsx", t, heads=flat, totals=True),
        _case(o, "projects", "projects-outline", "tabs", lay.project_outline),
        _case(o, "livelihood", "livelihood-table", "docx", lay.livelihood_table, heads=(("序号", "number"), ("项目名称", "name"), ("建设内容", "content"), ("责任单位", "units"), ("完成时限", "deadline")), style="annexed"),
        _case(o, "livelihood", "livelihood-prose", "box-list", lay.livelihood_list, line="{name}。{content}（责任单位：{units}）", box=lay.box_a),
        _case(o, "livelihood", "livelihood-sheet", "csv", lay.livelihood_table, heads=(("序号", "number"), ("实事名称", "name"), ("主要内容", "content"), ("牵头单位", "units"), ("完成时限", "deadline"))),
        _case(o, "livelihood", "livelihood-lines", "docx", lay.livelihood_list, line="{name}：{content}（责任单位：{units}；完成时限：{deadline}）", deadline="完成时限", style="letterhead"),
        _case(h, "projects", "projects-held-two-level", "box-defs", t, heads=held_two, upper=held_upper, totals=True, style="web", box=lay.box_b),
        _case(h, "projects", "projects-held-columns", "docx", t, heads=columns, group="column", style="spelled"),
        _case(h, "projects", "projects-held-sheet", "csv-gbk", t, heads=(*flat[:2], ("建设规模及内容", "content"), ("总投资（亿元）", "total"), ("包联单位", "units")), restart=True, totals=True),
        _case(h, "projects", "projects-held-outline", "docx", lay.project_outline, style="letterhead"),
        _case(h, "livelihood", "livelihood-held-table", "xlsx", lay.livelihood_table, heads=(("序号", "number"), ("实事项目", "name"), ("目标任务", "content"), ("牵头单位", "units"), ("完成时间", "deadline"))),
        _case(h, "livelihood", "livelihood-held-prose", "bars", lay.livelihood_list, line="{name}。{content}责任单位：{units}", mark=".", style="plain"),
    ]  # fmt: skip


def _papers() -> list[Case]:
    o, h = "open", "held"
    bare = (
        "为做好防汛工作，现就有关事项通知如下。",
        "一、加强值班值守。各单位要落实24小时值班制度。",
        "二、做好物资储备。",
    )
    bare_held = ("为规范公务用车管理，现通知如下：", "各单位要于每月5日前报送上月公务用车使用情况。")
    return [
        _case(o, "rules", "rules-issued", "docx", lay.rules, style="letterhead"),
        _case(o, "rules", "rules-issued", "box-table", lay.rules, style="web", box=lay.box_a),
        _case(o, "paper", "paper-issued", "docx", lay.paper, style="plain"),
        _case(o, "bare", "notice-alone", "box-list", lay.bare_notice, about="做好2025年防汛工作", lines=bare, box=lay.box_a),
        _case(o, "consultation", "consultation", "tabs", lay.consultation),
        _case(o, "consultation", "consultation", "box-table", lay.consultation),
        _case(o, "interpretation", "interpretation-answers", "docx", lay.interpretation),
        _case(o, "interpretation", "interpretation-prose", "box-list", lay.interpretation, way="prose"),
        _case(o, "cleanup", "cleanup-one", "docx", lay.cleanup, heads=(("序号", "number"), ("文件名称", "title"), ("文号", "doc_number"), ("清理结果", "result"))),
        _case(o, "cleanup", "cleanup-lists", "box-table", lay.cleanup, way="lists", box=lay.box_a, heads=(("序号", "number"), ("文件名称", "title"), ("文号", "doc_number"))),
        _case(o, "response", "response-table", "docx", lay.response, heads=(("序号", "number"), ("意见建议", "text"), ("采纳情况", "treatment"), ("理由", "reason"))),
        _case(o, "response", "response-prose", "tabs", lay.response, heads=None),
        _case(o, "catalogue", "catalogue", "box-list", lay.catalogue, heads=(("序号", "number"), ("一级事项", "area"), ("二级事项", "title"), ("公开内容", "content"), ("公开依据", "basis"), ("公开时限", "deadline"), ("公开主体", "units"), ("公开渠道和载体", "channels"))),
        _case(o, "gazette", "gazette", "tabs", lay.gazette, gap="……"),
        _case(o, "rules", "rules-issued", "old", lay.rules, style="plain", box=lay.box_a),
        _case(o, "consultation", "consultation", "old", lay.consultation),
        _case(o, "interpretation", "interpretation-numbered", "box-list", lay.interpretation, marks=("{number}、", "")),
        _case(o, "interpretation", "interpretation-numbered", "old", lay.interpretation, marks=("{number}、", "")),
        _case(o, "response", "response-table", "box-table", lay.response, heads=(("序号", "number"), ("意见建议内容", "text"), ("采纳情况", "treatment"), ("未采纳理由", "reason"))),
        _case(o, "catalogue", "catalogue-short-heads", "docx", lay.catalogue, heads=(("序号", "number"), ("事项类别", "area"), ("事项名称", "title"), ("内容", "content"), ("依据", "basis"), ("公开时间", "deadline"), ("责任部门", "units"), ("公开形式", "channels"))),
        _case(h, "rules", "rules-held", "bars", lay.rules, style="spelled"),
        _case(h, "rules", "rules-held", "box-defs", lay.rules, style="web", box=lay.box_b),
        _case(h, "paper", "paper-held", "box-lines", lay.paper, style="web", box=lay.box_b),
        _case(h, "paper", "paper-held", "docx", lay.paper, style="letterhead"),
        _case(h, "bare", "notice-held", "docx", lay.bare_notice, about="进一步加强公务用车管理", lines=bare_held),
        _case(h, "consultation", "consultation-held", "docx", lay.consultation, way="."),
        _case(h, "consultation", "consultation-held", "box-defs", lay.consultation),
        _case(h, "interpretation", "interpretation-held-answers", "box-lines", lay.interpretation, marks=("{number}、", "")),
        _case(h, "interpretation", "interpretation-held-prose", "bars", lay.interpretation, way="prose"),
        _case(h, "cleanup", "cleanup-held-one", "box-list", lay.cleanup, box=lay.box_b, heads=(("序号", "number"), ("文件标题", "title"), ("发文字号", "doc_number"), ("清理意见", "result"))),
        _case(h, "cleanup", "cleanup-held-lists", "docx", lay.cleanup, way="lists", heads=(("序号", "number"), ("规范性文件名称", "title"), ("发文字号", "doc_number")), names={"继续有效": "继续有效的规范性文件目录", "修改": "拟修改的规范性文件目录", "失效": "宣布失效的规范性文件目录", "废止": "予以废止的规范性文件目录"}),
        _case(h, "response", "response-held", "box-defs", lay.response, heads=(("序号", "number"), ("公众意见", "text"), ("是否采纳", "treatment"), ("说明", "reason"))),
        _case(h, "response", "response-held-sheet", "docx", lay.response, heads=(("编号", "number"), ("意见内容", "text"), ("采纳情况", "treatment"))),
        _case(h, "catalogue", "catalogue-held", "docx", lay.catalogue, heads=(("序号", "number"), ("公开类别", "area"), ("公开事项", "title"), ("公开内容（要素）", "content"), ("依据", "basis"), ("时限", "deadline"), ("责任主体", "units"), ("渠道", "channels"))),
        _case(h, "gazette", "gazette-held", "docx", lay.gazette, gap="……………", brackets=True),
    ]  # fmt: skip


def _written(half: str) -> list[Case]:
    """Documents of their own, not made of layouts and contents: written as they stand in a file."""
    found = yaml.safe_load(Path(__file__).with_name(f"{half}.yml").read_text(encoding="utf-8"))
    return [Case(half, each["kind"], each["name"], each["form"], partial(_as_written, each)) for each in found]


def _as_written(each: dict[str, Any], _content: Any, _notice: Any) -> Made:
    marks = {"↑": UP, "←": LEFT}
    blocks: list[Block] = [
        block if isinstance(block, str) else Table([[marks.get(cell, cell) for cell in row] for row in block])
        for block in each["blocks"]
    ]
    return Made(blocks, each.get("box", ()), each["drafts"])


CASES: tuple[Case, ...] = (
    *_plans(),
    *_directories(),
    *_lists(),
    *_papers(),
    *_written("unseen"),
    *_written("second"),
    *_written("third"),
)
