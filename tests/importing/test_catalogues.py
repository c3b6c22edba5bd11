"""Catalogues of what must be public, as offices send them, give the catalogue that they were printed from."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from gongkai.importing.blocks import Cell, Paragraph, Table
from gongkai.importing.recognise.catalogues import is_catalogue, read_catalogue
from tests.importing.make_fixtures import CATALOGUE, ELEMENTS
from tests.importing.support import differences, drafted, imported, plain

FIELDS = ("number", "level", *ELEMENTS)


def printed(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in FIELDS if name in item}


@pytest.mark.parametrize("file", ["catalogue.docx", "catalogue.pdf"])
def test_a_file_gives_the_items_it_was_made_of(file: str) -> None:
    wanted = yaml.safe_load(CATALOGUE.read_text("utf-8"))
    result = imported(file, known=False)
    found = drafted(result, "shili-2021-catalogue")
    assert found["title"] == wanted["title"]
    assert found["document"]["doc_number"] == "示政办发〔2021〕3号"
    assert differences(plain(list(map(printed, wanted["items"]))), plain(list(map(printed, found["items"])))) == {}
    assert result.account
    assert {item.reason for item in result.account.left_out} <= {"页码", "页脚"}


def test_times_that_can_be_counted_are_proposed_with_a_mark() -> None:
    (draft,) = [each for each in imported("catalogue.docx", known=False).drafts if "catalogue" in each.name]
    items = yaml.safe_load(draft.text)["items"]
    assert items[0]["within"] == {"number": 20, "unit": "工作日"}
    assert items[1]["every"] == {"number": 3, "unit": "月"}
    assert [item["number"] for item in items if "every" in item or "within" in item] == [1, 2, 3]
    assert draft.text.count("按公开时限推定") == 3


def table(*rows: str) -> Table:
    return Table(tuple(tuple(Cell(text) for text in row.split("|")) for row in rows), 1)


HEAD = "序号|公开事项|公开内容|公开依据|公开时限|责任单位"


def test_a_row_that_broke_over_a_page_is_one_item() -> None:
    found = read_catalogue([table(HEAD, "1|招生|范围；报|《义务教育法》|每年|区教体局", "||名时间|第十二条||")])
    assert found
    assert [item.texts["content"] for item in found.items] == ["范围；报名时间"]
    assert found.items[0].texts["basis"] == "《义务教育法》第十二条"


def test_numbers_that_begin_anew_are_counted_through_and_marked() -> None:
    rows = ("1|甲|x|《法》|每年|区教体局", "1|乙|x|《法》|每年|区教体局")
    found = read_catalogue([Paragraph("说明", 1), table(HEAD, *rows)])
    assert found
    assert [item.number for item in found.items] == [1, 2]
    assert "重复" in found.items[1].doubts["number"]
    assert [paragraph.text for paragraph in found.rest] == ["说明"]


def test_rows_that_fit_no_column_are_left_out_and_told() -> None:
    found = read_catalogue([table(HEAD, "1|甲|x|《法》|每年|区教体局|多出的一格", "2|乙|x|《法》|每年|区教体局")])
    assert found
    assert [item.number for item in found.items] == [2]
    assert "多出的一格" in found.odd


@pytest.mark.parametrize(
    "head",
    [
        "序号|工作任务|具体要求|责任单位|完成时限",
        "序号|决策事项名称|承办单位|决策依据|决策时间",
        "序号|项目名称|责任单位",
    ],
)
def test_other_tables_are_no_catalogue(head: str) -> None:
    assert not is_catalogue(table(head, head.replace("序号", "1")))
