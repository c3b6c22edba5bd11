"""Lists of units as offices have them: pasted, CSV, Excel; what is no unit is said with its line."""

from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.extras import MissingExtraError, command
from gongkai.starter.unit_list import UnitListError, read_units
from tests.conftest import AS_OF
from tests.starter.test_init import begun

pytestmark = pytest.mark.quick

NAMES = ["县发展和改革局", "县公安局", "城关镇"]


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", "县发展和改革局\n县公安局\n城关镇".encode()),
        ("x.txt", "1. 县发展和改革局\r\n2、县公安局\r\n（3）城关镇\r\n".encode("gbk")),
        ("x.txt", "\ufeff县发展和改革局\n\n县公安局\n\n城关镇\n县公安局\n".encode()),
        ("x.txt", "县发展和改革局、县公安局、城关镇。".encode()),
        ("x.txt", "序号\t单位名称\t联系电话\n1\t县发展和改革局\t0500\n2\t县公安局\t\n3\t城关镇\t".encode("utf-16")),
        ("x.csv", "单位名称,类别\n县发展和改革局,政府部门\n县公安局,department\n城关镇,\n".encode("gb18030")),
        ("x.csv", "1,县发展和改革局\n2,县公安局\n3,城关镇\n".encode()),
        ("x.xlsx", workbook([None], ["序号", "单位名称"], [1, NAMES[0]], [2, NAMES[1]], [None], [3, NAMES[2]])),
    ],
)  # fmt: skip
def test_a_list_in_any_form(name: str, content: bytes) -> None:
    units = read_units(content, name)
    assert [unit.name for unit in units] == NAMES
    assert [unit.kind.value for unit in units] == ["department", "department", "township"]


def test_columns_go_where_their_heads_say() -> None:
    text = "简称,全称,别名,类别\n县民政局,示例县民政局,民政局、县民政,\n税务分局,,,市级部门驻区机构\n"
    first, second = read_units(text.encode(), "x.csv")
    assert (first.full_name, first.aliases) == ("示例县民政局", ("民政局", "县民政"))
    assert second.kind.value == "branch"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.txt", "县民政局\n请各单位贯彻落实，按时上报。\n".encode(), "第2行：“请各单位贯彻落实，按时上报”不像是"),
        ("x.csv", "单位名称,类别\n县民政局,机关\n".encode(), "第2行：不认识的类别“机关”"),
        ("x.txt", b"\n\n", "没有单位名称"),
        ("x.txt", b"\xff\x00\x01", "读不懂 x.txt"),
        ("x.xlsx", b"PK nothing", "不是 Excel 工作簿"),
        ("x.xls", b"x", "老格式的 Excel"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_said(name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnitListError) as raised:
        read_units(content, name)
    assert said in "\n".join(raised.value.args)


def test_a_workbook_without_its_library_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *given: Any, **more: Any) -> Any:
        if name == "openpyxl":
            raise ModuleNotFoundError(name="openpyxl")
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", lacking)
    with pytest.raises(MissingExtraError) as raised:
        read_units(b"", "x.xlsx")
    assert command("import") in str(raised.value)
    assert [unit.name for unit in read_units("县民政局".encode(), "x.txt")] == ["县民政局"]


def test_units_are_added_to_a_register_once(tmp_path: Path) -> None:
    root = begun(tmp_path / "x")
    listed = tmp_path / "名单.csv"
    listed.write_text("单位名称\n县民政局\n县政府办公室\n县财政局\n", "utf-8-sig")
    words = ["new", "units", "shili", "--from", str(listed), "--root", str(root)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "名录里已有的 1 个：县政府办公室" in done.output
    register = root / "plans/vocabularies/units-shili.yml"
    before = register.read_bytes()
    assert "没有要添加的单位" in CliRunner().invoke(main, words).output
    assert register.read_bytes() == before
    checked = pipeline.check(root, AS_OF)
    assert not checked.findings, checked.report()
    assert [unit.name for unit in checked.column.units.values()] == ["县政府办公室", "县民政局", "县财政局"]
    pasted = CliRunner().invoke(main, ["new", "units", "shili", "--from", "-", "--root", str(root)], input="县审计局\n")
    assert pasted.exit_code == 0, pasted.output
    assert "shili-shenjiju" in register.read_text("utf-8")
