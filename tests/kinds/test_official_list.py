"""Official lists (清单): versions row by row, sums that mean something, no names of persons; what answers rest on."""

from __future__ import annotations

import gzip
import random
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai import pipeline
from gongkai.column.cell import Cell
from gongkai.column.origin import Origin
from gongkai.findings.finding import errors
from gongkai.host import render_theme
from gongkai.kinds.official_list import KIND
from gongkai.kinds.official_list.link import columns_of
from gongkai.kinds.official_list.model import ListMeaning, ListRow, OfficialList, amount_of
from gongkai.kinds.official_list.versions import compare_versions
from tests.miniature.build import AS_OF, build_miniature, miniature_repository

LIST = "plans/shili-2021-shoufei.yml"
PERSONS = "plans/shili-2022-gongzu.yml"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, OfficialList]:
    return dict(KIND.of(pipeline.check(miniature_repository(tmp_path_factory.mktemp("lists")), AS_OF).column))


def test_versions_tell_every_row_once(lists: dict[str, OfficialList]) -> None:
    """Rows that came, went, changed and stayed are all rows; nothing but what was done to them is told."""
    later = lists["shili-2021-shoufei"]
    for seed in range(30):
        rnd = random.Random(seed)
        rows = [_row(number, rnd) for number in range(1, rnd.randint(2, 9))]
        kept = [row for row in rows if rnd.random() < 0.7]
        new = [_row(number, rnd, name=f"新增{number}") for number in range(20, 20 + rnd.randint(0, 3))]
        old_list, new_list = _with(later, rows), _with(later, [*kept, *new])
        found = compare_versions(old_list, new_list)
        assert {row.name for row in found.new} == {row.name for row in new}
        assert {row.name for row in found.gone} == {row.name for row in rows} - {row.name for row in kept}
        assert not found.changed
        assert found.same == len(kept)


def _row(number: int, rnd: random.Random, name: str = "") -> ListRow:
    cells = (Cell("收费标准", str(rnd.randint(1, 9))),)
    return ListRow(
        number=number, name=name or f"项目{number}", group=None, cells=cells, editor_note=None, origin=Origin("x")
    )


def _with(listed: OfficialList, rows: list[ListRow]) -> OfficialList:
    given = {name: getattr(listed, name) for name in listed.__struct_fields__}
    return OfficialList(**{**given, "rows": tuple(rows)})


def test_the_version_before_is_compared(lists: dict[str, OfficialList]) -> None:
    found = compare_versions(lists["shili-2020-shoufei"], lists["shili-2021-shoufei"])
    assert [row.name for row in found.new] == ["普通高中住宿费"]
    assert [row.name for row in found.gone] == ["养老院伙食费"]
    assert [(each.row.name, each.cells) for each in found.changed] == [("幼儿园保教费", (("收费标准", "350", "380"),))]
    assert found.same == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200.50", Decimal("1200.50")),
        ("-3", Decimal(-3)),
        ("380元", None),
        ("", None),
        ("1.2.3", None),
        ("３８０", None),
    ],
)
def test_amounts(text: str, number: Decimal | None) -> None:
    assert amount_of(text) == number


@pytest.mark.parametrize(
    ("head", "names", "cells", "total"),
    [
        ("预算数（万元）", ["甲", "乙"], ["1.10", "2"], Decimal("3.10")),
        ("预算数（万元）", ["甲", "乙"], ["1.10", "另行通知"], None),
        ("预算数（万元）", ["甲", "合计"], ["1.10", "1.10"], None),
        ("收费金额（元/件）", ["甲", "乙"], ["1", "2"], None),
        ("说明", ["甲", "乙"], ["1", "2"], None),
    ],
)
def test_only_amounts_have_a_sum(
    head: str, names: list[str], cells: list[str], total: Decimal | None, lists: dict[str, OfficialList]
) -> None:
    rows = [
        ListRow(number=at, name=name, group=None, cells=(Cell(head, text),), editor_note=None, origin=Origin("x"))
        for at, (name, text) in enumerate(zip(names, cells, strict=True), start=1)
    ]
    given = lists["shili-2021-shoufei"]
    listed = OfficialList(
        **{
            **{name: getattr(given, name) for name in given.__struct_fields__},
            "rows": tuple(rows),
            "columns": columns_of(["项目名称", head]),
        }
    )
    assert [found for _, found in listed.totals()] == ([] if total is None else [total])


@pytest.mark.parametrize("head", ["姓名", "户主姓名", "身份证号", "银行卡号", "手机号码", "领取人姓名"])
def test_lists_of_persons_are_refused(head: str, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / LIST
    path.write_text(path.read_text("utf-8").replace("  - 收费依据\n", f"  - 收费依据\n  - {head}\n"), "utf-8")
    (found,) = [each for each in errors(list(pipeline.check(root, AS_OF).findings)) if each.code == "LIST-01"]
    assert head in found.message
    assert found.line == path.read_text("utf-8").splitlines().index(f"  - {head}") + 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('{收费标准: "380"', '{收费标淮: "380"', "收费标准"),
        ("  - 项目名称\n", "  - {head: 项目名称, meaning: 文字}\n", "名称栏"),
        ("  - 收费依据\n", "  - 收费依据\n  - 收费依据\n", "写了两次"),
    ],
)
def test_rows_fit_the_columns(old: str, new: str, words: str, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / LIST
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = [each for each in errors(list(pipeline.check(root, AS_OF).findings)) if each.code == "LIST-02"]
    assert any(words in f"{each.message}{each.hint}" for each in found), found


def test_columns_mean_what_their_heads_say() -> None:
    heads = ["序号", "事项名称", "项目", "金额（万元）", "实施单位"]
    found = [(column.meaning, column.unit) for column in columns_of(list(heads))]
    assert found == [
        (ListMeaning.NUMBER, None), (ListMeaning.NAME, None), (ListMeaning.TEXT, None),
        (ListMeaning.AMOUNT, "万元"), (ListMeaning.TEXT, None),
    ]  # fmt: skip


def test_pages_say_what_changed_and_what_holds_no_longer(tmp_path: Path) -> None:
    site = build_miniature(tmp_path)
    versions = (site / "lists/shili-2021-shoufei/versions/index.html").read_text("utf-8")
    assert "由<del>350</del>改为<ins>380</ins>" in versions
    assert "versions/index.html" in (site / "lists/shili-2021-shoufei/index.html").read_text("utf-8")
    page = (site / "questions/shili-2021-wenda/2/index.html").read_text("utf-8")
    assert "可能不再适用" in page
    assert "可能不再适用" not in (site / "questions/shili-2021-wenda/1/index.html").read_text("utf-8")


@pytest.mark.parametrize("head", ["身份证号", "银行卡号", "联系电话", "家庭住址"])
def test_no_text_allows_numbers_and_addresses_of_persons(head: str, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    path = root / PERSONS
    path.write_text(path.read_text("utf-8").replace("姓名, 房源]", f"姓名, 房源, {head}]"), "utf-8")
    found = [each for each in errors(list(pipeline.check(root, AS_OF).findings)) if each.code == "LIST-01"]
    assert any(head in each.message for each in found), found


@pytest.mark.parametrize("day", [date(2022, 3, 15), date(2022, 3, 16)])
def test_persons_stand_on_one_page_until_their_last_day_and_nowhere_else(day: date, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    for path in (root / "plans").glob("*.yml"):
        if not path.name.startswith("shili-2022-gongzu"):
            path.unlink()
    built = pipeline.build(root, tmp_path / "site", tmp_path / "cache", day, render_theme, offline=True)
    assert built.ok, built.report()
    site = tmp_path / "site"
    shown = day <= date(2022, 3, 15)
    having = {
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and any("赵甲一".encode() in content for content in _contents(path))
    }
    assert having == ({"lists/shili-2022-gongzu/persons/index.html"} if shown else set())
    about = (site / "lists/shili-2022-gongzu/index.html").read_text("utf-8")
    assert ('persons/index.html">看名单</a>' in about) is shown
    assert "示政发〔2020〕9号" in about
    assert "persons/" not in (site / "sitemap.xml").read_text("utf-8")
    if shown:
        assert 'content="noindex, nofollow"' in (site / having.pop()).read_text("utf-8")


def _contents(path: Path) -> list[bytes]:
    """A file, and what is packed in it: zips and workbooks, the files of the search."""
    content = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return [packed.read(name) for name in packed.namelist()]
    if content.startswith(b"\x1f\x8b"):
        text = gzip.decompress(content)
        return [text, text.decode("gbk", "replace").encode()]
    return [content]
