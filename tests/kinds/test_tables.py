"""Task tables of any district: every printed cell is on its page and in its workbook, under its own head."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from gongkai import pipeline
from gongkai.authoring.difference import report
from gongkai.authoring.difference.state import two_states
from gongkai.findings.finding import Finding
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.text.role import Role
from gongkai.text.table_heads import Meaning, TaskHead, announced
from gongkai.withdrawing import withdraw
from tests.conftest import ROOT
from tests.pages import page
from tests.theme import render_theme

FORMS = ROOT / "tests/examples/tables"
DISTRICT = ROOT / "tests/rules/district/plans/vocabularies"
DAY = date(2024, 6, 1)
UNITS = ["区民政局", "区财政局", "区水务局", "区教育和体育局", "区卫生健康局"]
_INHERITED = ("（沿用上一行）", "（表中为合并单元格，沿用上一行）")
_OURS = "（表头未列）"


def district(root: Path, plans: dict[str, dict[str, Any]]) -> Path:
    """A district with these plans."""
    shutil.copytree(DISTRICT, root / "plans/vocabularies")
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    units = [{"id": "lizhou-zhengfuban", "name": "区政府办公室", "kind": "office"}]
    units += [
        {"id": f"lizhou-{at}ju", "name": name, "kind": "department"} for at, name in zip("abcde", UNITS, strict=True)
    ]
    register = {"kind": "units", "organ": "lizhou", "units": units}
    for name, value in {**plans, "vocabularies/units-lizhou": register}.items():
        path = root / f"plans/{name}.yml"
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    return root


def plan(year: int, columns: list[Any], rows: list[dict[str, Any]], **table: Any) -> dict[str, Any]:
    """A plan that is little more than its table."""
    value = yaml.safe_load((FORMS / "lizhou-2023.yml").read_text("utf-8"))
    value |= {"id": f"lizhou-{year}", "year": year, "title": f"{year}年理州区政务公开工作要点"}
    value["document"] |= {"doc_number": f"理政办发〔{year}〕3号", "date_signed": f"{year}-03-10"}
    value["task_table"] = {"title": "任务分解表", "columns": columns, **table, "rows": rows}
    return value


def built(root: Path) -> Path:
    found = pipeline.build(root, root / "site", root / ".cache", DAY, render_theme)
    assert found.ok, found.report()
    return root / "site"


def printed(site: Path, name: str) -> list[list[str]]:
    """The table of a plan's page as a grid, heads first; merged cells say the same in all they cover."""
    rows = page(site, f"plans/{name}/").css("#tasks table tr")
    grid: list[list[str | None]] = [[None] * 40 for _ in rows]
    for at, row in enumerate(rows):
        for cell in row.css("th:not(.ours), td:not(.ours)"):
            left = grid[at].index(None)
            for down in range(int(cell.attributes.get("rowspan") or 1)):
                for right in range(int(cell.attributes.get("colspan") or 1)):
                    grid[at + down][left + right] = _plain(cell.text())
    return [[text for text in row if text is not None] for row in grid]


def in_workbook(site: Path, name: str) -> list[list[str]]:
    """The same from the workbook."""
    sheet = openpyxl.load_workbook(site / f"plans/{name}/index.xlsx")["任务分解表"]
    for area in list(sheet.merged_cells.ranges):
        text = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(str(area))
        for row in sheet[area.coord]:
            for cell in row:
                cell.value = text
    return [[_plain(str(value or "")) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


def _plain(text: str) -> str:
    for words in _INHERITED:
        text = text.replace(words, "")
    return "".join(text.split())


def findings(root: Path, code: str) -> list[Finding]:
    return [found for found in pipeline.check(root, DAY).findings if found.code == code]


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plans = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FORMS.glob("*.yml"))}
    return district(tmp_path_factory.mktemp("forms"), plans)


def test_two_forms_print_as_printed(forms: Path) -> None:
    site = built(forms)
    first = [
        ["序号", "工作任务", "责任单位", "完成时限"],
        ["1", "公开养老服务补贴标准。", "区民政局牵头，区财政局配合", "2023年9月底前"],
        ["2", "公开水库水质。", "区水务局", "2023年10月底前"],
    ]
    second = [
        ["序号", "重点任务", "工作措施", "牵头单位", "配合单位", "完成时间"],
        ["1", "做好民生公开", "公开养老服务补贴标准。", "区民政局", "区财政局", "2024年9月底前"],
        ["2", "做好民生公开", "公开水库水质。", "区水务局", "", "2024年10月底前"],
    ]
    for name, expected in {"lizhou-2023": first, "lizhou-2024": second}.items():
        assert printed(site, name) == expected
        assert in_workbook(site, name) == expected
    assert "重点任务做好民生公开" in _plain(page(site, "plans/lizhou-2024/tasks/2/").css_first("dl.facts").text())
    heads = [cell.text() for cell in page(site, "plans/lizhou-2024/sections/1/").css("table.cards th")]
    assert heads == ["序号", "工作措施", "责任单位", "完成时间"]


def test_forms_have_no_findings_about_columns(forms: Path) -> None:
    assert not findings(forms, "TAB-10") + findings(forms, "TAB-11")


def test_published_rows_say_what_columns_are(forms: Path) -> None:
    site = built(forms)
    rows = {row["id"]: row for row in json.loads((site / "data/v1/plans.json").read_bytes())["items"]}
    meanings = [column["meaning"] for column in rows["lizhou-2024"]["columns"]]
    assert meanings == ["number", "area", "text", "lead", "support", "deadline"]
    tasks = {row["id"]: row for row in json.loads((site / "data/v1/tasks.json").read_bytes())["items"]}
    assert [(cell["head"], cell["text"]) for cell in tasks["lizhou-2024/tasks/1"]["cells"]] == [
        ("牵头单位", "区民政局"),
        ("配合单位", "区财政局"),
    ]


HEADS: dict[str, list[str]] = {
    "number": ["序号", "编号", "任务编号"],
    "area": ["工作任务", "重点任务", "任务名称", "类别", "工作任务类别"],
    "text": ["具体要求", "工作措施", "工作举措", "重点举措", "主要措施"],
    "units": ["责任单位", "承办单位", "责任部门", "责任科室", "责任人", "责任单位（部门）"],
    "lead": ["牵头单位", "牵头部门"],
    "support": ["配合单位", "配合部门", "协办单位"],
    "deadline": ["完成时限", "完成时间", "时间节点", "办结时限", "时限要求"],
    "other": ["备注", "投资额（万元）", "实施地点", "起止年限", "分管领导", "完成情况", "联系电话", "一问", "街道意见"],
}
_SYLLABLES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"


@dataclass
class Made:
    """A random table: what is written in YAML, and what is printed (heads, then rows)."""

    rnd: random.Random
    columns: list[Any] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    expected: list[list[str]] = field(default_factory=list)

    def choose(self) -> None:
        apart = self.rnd.random() < 0.5
        wanted = ["number", "text", *(["lead", "support"] if apart else ["units"])]
        wanted += [kind for kind in ("area", "deadline") if self.rnd.random() < 0.7]
        wanted += ["other"] * self.rnd.randint(0, 3)
        self.rnd.shuffle(wanted)
        for kind in wanted:
            given = kind not in ("other", "number") and self.rnd.random() < 0.3
            head = self.invented() if given or (kind == "other" and self.rnd.random() < 0.5) else self.known(kind)
            self.kinds.append(kind)
            self.heads.append(head)
            self.columns.append({"head": head, "meaning": kind} if given else head)

    def known(self, kind: str) -> str:
        return self.rnd.choice([head for head in HEADS[kind] if head not in self.heads])

    def invented(self) -> str:
        return "".join(self.rnd.sample(_SYLLABLES, 5))

    def fill(self, year: int) -> None:
        beside = self.rnd.random() < 0.5  # units written under their heads, not in ``units``
        above: dict[str, str] = {}
        for number in range(1, self.rnd.randint(2, 6)):
            row: dict[str, Any] = {"number": number, "text": f"公开{self.invented()}{number}。"}
            under = {"number": str(number), "text": row["text"]}
            first = number == 1
            for name, text in (
                ("area", f"做好{self.invented()}"),
                ("deadline", f"{year}年{self.rnd.randint(4, 12)}月底前"),
            ):
                if name in self.kinds and (first or self.rnd.random() < 0.6):
                    row[name] = above[name] = text
            self.named(row, above, beside=beside, first=first)
            cells = {}
            for kind, head in zip(self.kinds, self.heads, strict=True):
                if kind == "other" and (first or self.rnd.random() < 0.6):
                    cells[head] = f"{self.invented()}{number}"
            row["cells"] = row.get("cells", {}) | cells
            under |= above
            pairs = zip(self.kinds, self.heads, strict=True)
            self.rows.append(row)
            self.expected.append([cells.get(head, "") if kind == "other" else under[kind] for kind, head in pairs])

    def named(self, row: dict[str, Any], above: dict[str, str], *, beside: bool, first: bool) -> None:
        """Units of a row, or nothing where it takes over those above, of which only the names are shown."""
        if not first and self.rnd.random() < 0.3:
            above["units"] = f"{above['lead']}、{above['support']}"
            return
        lead, support = self.rnd.sample(UNITS, 2)
        above |= {"units": f"{lead}牵头，{support}配合", "lead": lead, "support": support}
        if beside and "lead" in self.kinds:
            places = {kind: self.heads[self.kinds.index(kind)] for kind in ("lead", "support")}
            row["cells"] = {places["lead"]: lead, places["support"]: support}
        else:
            row["units"] = above["units"]


def made(seed: int, year: int) -> Made:
    table = Made(random.Random(seed))
    table.choose()
    table.fill(year)
    return table


@pytest.fixture(scope="module")
def random_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[int, Made], Path]:
    tables = {year: made(year, year) for year in range(1965, 2024)}
    plans = {f"lizhou-{year}": plan(year, table.columns, table.rows) for year, table in tables.items()}
    return tables, built(district(tmp_path_factory.mktemp("random"), plans))


def test_every_cell_is_under_its_own_head(random_site: tuple[dict[int, Made], Path]) -> None:
    tables, site = random_site
    for year, table in tables.items():
        expected = [table.heads, *table.expected]
        assert printed(site, f"lizhou-{year}") == expected, table.columns
        assert in_workbook(site, f"lizhou-{year}") == expected, table.columns


def test_every_cell_is_on_the_page_of_its_task_and_found(random_site: tuple[dict[int, Made], Path]) -> None:
    tables, site = random_site
    records = {row["id"]: row for row in json.loads((site / "data/v1/records.json").read_bytes())["items"]}
    for year, table in tables.items():
        for number, cells in enumerate(table.expected, 1):
            main = _plain(page(site, f"plans/lizhou-{year}/tasks/{number}/").css_first("main").text())
            record = records[f"lizhou-{year}/tasks/{number}"]
            for kind, head, text in zip(table.kinds, table.heads, cells, strict=True):
                assert text in main
                if kind == "other" and text:
                    assert f"{head}{text}" in main
                    assert f"{head}：{text}" in record["text"]


def test_random_tables_have_no_findings(random_site: tuple[dict[int, Made], Path]) -> None:
    root = random_site[1].parent
    assert not findings(root, "TAB-10") + findings(root, "TAB-11")


def test_units_under_heads_have_the_role_of_the_head(tmp_path: Path) -> None:
    rows = [
        {"number": 1, "text": "公开一。", "cells": {"主办单位": "区民政局", "配合单位": "区财政局、区水务局"}},
        {"number": 2, "text": "公开二。"},
        {"number": 3, "text": "公开三。", "cells": {"主办单位": "区水务局"}},
    ]
    root = district(tmp_path, {"lizhou-2024": plan(2024, ["序号", "工作任务", "主办单位", "配合单位"], rows)})
    tasks = PLAN_FILES.of(pipeline.check(root, DAY).column)["lizhou-2024"].tasks
    roles = [(given.printed, given.role) for given in tasks[0].assignments]
    assert roles == [("区民政局", Role.LEAD), ("区财政局", Role.SUPPORT), ("区水务局", Role.SUPPORT)]
    assert [given.unit for given in tasks[1].assignments] == [given.unit for given in tasks[0].assignments]
    assert tasks[0].units_text == "主办单位：区民政局；配合单位：区财政局、区水务局"
    assert [given.printed for given in tasks[2].assignments] == ["区水务局"]
    rows[0]["cells"]["配合单位"] = "区财证局"  # type: ignore[index]
    root = district(tmp_path / "wrong", {"lizhou-2024": plan(2024, ["序号", "工作任务", "主办单位", "配合单位"], rows)})
    assert [found.path for found in findings(root, "TAB-02")] == [("task_table", "rows", 0, "cells", "配合单位")]


ROW = {"number": 1, "text": "公开一。", "units": "区民政局", "deadline": "2024年9月底前"}


def test_a_value_without_a_head_is_shown_and_told(tmp_path: Path) -> None:
    rows = [{**ROW, "cells": {"备住": "列入民生实事"}}]
    root = district(tmp_path, {"lizhou-2024": plan(2024, ["序号", "工作任务", "责任单位", "备注"], rows)})
    told = findings(root, "TAB-11")
    assert [found.path for found in told] == [("task_table", "rows", 0, "deadline"), ("task_table", "rows", 0, "cells")]
    assert "{head: 完成时限, meaning: deadline}" in (told[0].hint or "")
    assert "备注" in (told[1].hint or "")
    grid = [
        ["序号", "工作任务", "责任单位", "备注", f"完成时限{_OURS}", f"备住{_OURS}"],
        ["1", "公开一。", "区民政局", "", "2024年9月底前", "列入民生实事"],
    ]
    site = built(root)
    assert printed(site, "lizhou-2024") == grid
    assert in_workbook(site, "lizhou-2024") == grid


def test_a_head_that_nobody_understands_is_told_with_the_yaml_to_write(tmp_path: Path) -> None:
    columns = ["序号", "工作任务", "谁来干", "啥时候"]
    root = district(tmp_path, {"lizhou-2024": plan(2024, columns, [ROW])})
    told = findings(root, "TAB-10")
    assert [found.path for found in told] == [("task_table", "columns", 2), ("task_table", "columns", 3)]
    assert "{head: 谁来干, meaning: units}" in (told[0].hint or "")
    mended = [*columns[:2], {"head": "谁来干", "meaning": "units"}, {"head": "啥时候", "meaning": "deadline"}]
    root = district(tmp_path / "mended", {"lizhou-2024": plan(2024, mended, [ROW])})
    assert not findings(root, "TAB-10") + findings(root, "TAB-11")
    assert printed(built(root), "lizhou-2024")[1] == ["1", "公开一。", "区民政局", "2024年9月底前"]


def test_the_text_stands_under_the_only_head_that_it_can_be(tmp_path: Path) -> None:
    for at, (heads, shown_under) in enumerate(
        (
            (["序号", "干啥", "责任单位", "时限"], "干啥"),
            (["序号", "备注", "责任单位", "时限"], f"具体要求{_OURS}"),
            (["序号", {"head": "干啥", "meaning": "text"}, "责任单位", "时限"], "干啥"),
        )
    ):
        root = district(tmp_path / str(at), {"lizhou-2024": plan(2024, heads, [ROW])})
        table = PLAN_FILES.of(pipeline.check(root, DAY).column)["lizhou-2024"]
        assert table.table is not None
        under = [column.label for column in table.table.columns if table.tasks[0].cell(column).text == "公开一。"]
        assert under == [shown_under]


def test_a_cell_never_hides_the_text_of_its_row(tmp_path: Path) -> None:
    heads = ["序号", {"head": "干啥", "meaning": "text"}, "责任单位", "时限"]
    root = district(tmp_path, {"lizhou-2024": plan(2024, heads, [{**ROW, "cells": {"干啥": "别的"}}])})
    assert len(findings(root, "TAB-11")) == 1
    table = PLAN_FILES.of(pipeline.check(root, DAY).column)["lizhou-2024"]
    assert table.table is not None
    assert {"别的", "公开一。"} <= {table.tasks[0].cell(column).text for column in table.table.columns}


def test_printed_numbers_that_start_again_keep_their_column(tmp_path: Path) -> None:
    rows = [{**ROW, "number": at, "cells": {"序号": str(shown)}} for at, shown in ((1, 1), (2, 2), (3, 1))]
    columns = ["序号", "工作任务", "责任单位", "完成时限"]
    root = district(tmp_path, {"lizhou-2024": plan(2024, columns, rows, number_printed=False)})
    assert not findings(root, "TAB-10") + findings(root, "TAB-11")
    site = built(root)
    assert [row[:2] for row in printed(site, "lizhou-2024")[1:]] == [["1", "1"], ["2", "2"], ["3", "1"]]
    assert [row[0] for row in in_workbook(site, "lizhou-2024")[1:]] == ["1", "2", "1"]


def test_a_change_of_a_cell_or_a_head_is_a_change_for_readers(tmp_path: Path) -> None:
    columns = ["序号", "工作任务", "责任单位", "完成时限", "备注"]
    states = []
    for at, (last, text) in enumerate((("备注", "甲甲"), ("备注", "乙乙"), ("说明", "甲甲"))):
        value = plan(2024, [*columns[:4], last], [{**ROW, "cells": {last: text}}])
        states.append(district(tmp_path / str(at), {"lizhou-2024": value}))
    assert "没有变化" in report(*two_states(states[0], states[0], DAY))
    cell, head = (report(*two_states(states[0], other, DAY)) for other in states[1:])
    assert [word for word in ("备注", "甲甲", "乙乙") if word not in cell] == [], cell
    assert [word for word in ("备注", "说明") if word not in head] == [], head


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["序号", {"head": "工作举措", "meaning": "词"}], "可以写：number（序号）、area"),
        (["序号", {"head": "工作举措", "means": "text"}], "是否想写 meaning"),
        (["序号", {"meaning": "text"}], "缺少字段 head"),
        (["序号", 3], "应当是文字"),
    ],
)
def test_mistakes_in_columns_are_told(tmp_path: Path, columns: list[Any], words: str) -> None:
    root = district(tmp_path, {"lizhou-2024": plan(2024, columns, [ROW])})
    told = [
        f"{found.message}；{found.hint}" for found in pipeline.check(root, DAY).findings if found.severity == "error"
    ]
    assert len([line for line in told if words in line]) == 1, told


@pytest.mark.parametrize(
    ("heads", "meaning"),
    [
        ("序号 编号 项目编号", Meaning.NUMBER),
        ("责任单位 承办单位 责任科室 责任人 责任部门 实施主体 责任单位及责任人 牵头及配合单位", Meaning.UNITS),
        ("牵头单位 牵头部门 主办单位 牵头责任单位", Meaning.LEAD),
        ("配合单位 协办单位 参与部门", Meaning.SUPPORT),
        ("完成时限 完成时间 时间节点 办结时限 时限要求 工作时限", Meaning.DEADLINE),
        ("投资额 总投资（万元） 资金", Meaning.AMOUNT),
        ("建设地点 实施地点", Meaning.PLACE),
        ("起止年限 建设工期", Meaning.PERIOD),
        ("备注 完成情况 分管领导 公开渠道", Meaning.OTHER),
        ("工作任务 重点任务 目标任务 任务", TaskHead.TASK),
        ("类别 任务名称 重点领域", TaskHead.GROUP),
        ("工作内容 主要内容", TaskHead.CONTENT),
        ("具体要求 工作措施 工作举措 工作要求", TaskHead.REQUIREMENT),
    ],
)
def test_heads_are_read_by_their_words(heads: str, meaning: Meaning | TaskHead) -> None:
    assert {head: announced(head) for head in heads.split()} == dict.fromkeys(heads.split(), meaning)


UNDER_TWO = ["区民政局", "区财政局、区水务局"]


@pytest.mark.parametrize(
    ("columns", "units", "expected"),
    [
        (["牵头单位", "责任单位"], "牵头单位：区民政局；责任单位：区财政局", ["区民政局", "区财政局"]),
        (["牵头部门", "配合部门"], "牵头单位：区民政局；配合单位：区财政局、区水务局", UNDER_TWO),
        (
            ["牵头单位", "责任单位", "配合单位"],
            "牵头单位：区民政局；责任单位：区财政局；配合单位：区水务局",
            ["区民政局", "区财政局", "区水务局"],
        ),
        (["配合单位", "责任单位"], "区民政局", ["", "区民政局"]),
        (["牵头单位"], "区民政局牵头，区财政局配合", ["区民政局牵头，区财政局配合"]),
        (["责任科室", "责任单位"], "区民政局、区财政局", ["", "区民政局、区财政局"]),
    ],
)  # fmt: skip
def test_units_written_together_stand_under_the_head_of_their_role(
    tmp_path: Path, columns: list[str], units: str, expected: list[str]
) -> None:
    value = plan(2024, ["序号", "工作任务", *columns, "时限"], [{**ROW, "units": units}])
    table = PLAN_FILES.of(pipeline.check(district(tmp_path, {"lizhou-2024": value}), DAY).column)["lizhou-2024"]
    assert table.table is not None
    assert [table.tasks[0].cell(column).text for column in table.table.columns[2:-1]] == expected


CELLS = {"投资额": "300万元", "备注": "列入民生实事"}
OTHERS: dict[str, tuple[str, dict[str, Any], str]] = {
    "project_list": (
        "projects",
        {
            "categories": [
                {"number": "一", "title": "民生", "projects": [{"number": 1, "title": "新建养老院", "cells": CELLS}]}
            ]
        },
        "项目清单",
    ),
    "decision_directory": (
        "decisions",
        {
            "decisions": [
                {"number": 1, "number_text": "一", "title": "养老规划", "organizers": "区民政局", "cells": CELLS}
            ]
        },
        "决策事项目录",
    ),
    "catalogue": (
        "catalogues",
        {"items": [{"number": 1, "title": "养老补贴", "units": "区民政局", "cells": CELLS}]},
        "主动公开事项目录",
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_columns_of_other_tables_are_kept_under_their_heads(tmp_path: Path, kind: str) -> None:
    """Lists of projects, directories of decisions and catalogues print columns that no field is for, too."""
    door, value, sheet_name = OTHERS[kind]
    head = plan(2024, ["序号", "工作任务"], [ROW])
    file = {key: head[key] for key in ("organ", "year", "title", "document")} | {"kind": kind, "id": "lizhou-2024-x"}
    site = built(district(tmp_path, {"lizhou-2024-x": {**file, **value}}))
    assert {cell.text(): cell.next.next.text() if cell.next.tag == "-text" else cell.next.text() for cell in page(
        site, f"{door}/lizhou-2024-x/1/"
    ).css("main dt")}.items() >= CELLS.items()  # fmt: skip
    sheet = openpyxl.load_workbook(site / f"{door}/lizhou-2024-x/index.xlsx")[sheet_name]
    heads = [cell.value for cell in sheet[2]]
    printed_row = next(row for row in sheet.iter_rows(min_row=3, values_only=True) if "300万元" in row)
    assert {name: printed_row[heads.index(name)] for name in CELLS} == CELLS
    records = {row["id"]: row for row in json.loads((site / "data/v1/records.json").read_bytes())["items"]}
    assert "备注：列入民生实事" in records["lizhou-2024-x/1"]["text"]


def said(root: Path) -> dict[int, object]:
    """By row: who does it, in which role, by when, and what stands under each printed head; taken over or not."""
    table = PLAN_FILES.of(pipeline.check(root, DAY).column)["lizhou-2024"]
    assert table.table is not None
    return {
        task.number: (
            {(given.unit, given.role) for given in task.assignments},
            task.deadline and task.deadline.text,
            {column.head: task.cell(column).text for column in table.table.columns if column.printed},
        )
        for task in table.tasks
    }


@pytest.mark.parametrize("seed", range(12))
def test_a_row_that_is_withdrawn_hands_down_what_stands_under_its_heads(tmp_path: Path, seed: int) -> None:
    """Merged cells keep what they say, also where units stand in columns of their own."""
    rnd = random.Random(seed)
    rows: list[dict[str, Any]] = []
    for number in range(1, 6):
        row: dict[str, Any] = {"number": number, "text": f"公开事项{number}。"}
        lead, support = rnd.sample(UNITS, 2)
        written = rnd.choice(["units", "cells", "lead", "support", "both"] + ([] if number == 1 else ["", "", "", ""]))
        if written in ("units", "both"):
            row["units"] = f"{lead}牵头，{support}配合" if written == "units" else rnd.choice(UNITS)
        cells = {"牵头单位": lead} if written in ("cells", "lead", "both") else {}
        cells |= {"配合单位": support} if written in ("cells", "support") else {}
        cells |= {"备注": f"备注{number}"} if rnd.random() < 0.4 else {}
        row |= {"cells": cells} if cells else {}
        row |= {"deadline": f"2024年{number + 4}月底前"} if number == 1 or rnd.random() < 0.5 else {}
        rows.append(row)
    heads = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限", "备注"]
    for number in range(1, 6):
        root = district(tmp_path / str(number), {"lizhou-2024": plan(2024, heads, rows)})
        before = said(root)
        withdraw(root, f"lizhou-2024/tasks/{number}", DAY, "含有个人信息", DAY)
        assert said(root) == {known: row for known, row in before.items() if known != number}, rows
