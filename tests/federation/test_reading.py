"""What a district publishes is looked at table by table, field by field, before a city repeats it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.alternates.reading import wrong_in_tables
from gongkai.alternates.tables import TABLES
from gongkai.federation import federate as federation
from gongkai.load.published import PublishedError, Source, read_district
from tests.conftest import ROOT

pytestmark = pytest.mark.quick

EXPECTED = ROOT / "tests/miniature/expected"
ORGANS = {"shili"}


def load() -> dict[str, list[Any]]:
    paths = sorted((EXPECTED / "data/v1").glob("*.json"))
    return {path.stem: json.loads(path.read_bytes())["items"] for path in paths if path.stem in TABLES}


PUBLISHED = load()


def wrong(table: str, row: object, organs: set[str] = ORGANS) -> list[str]:
    return list(wrong_in_tables({table: [row]}, organs))


def first_rows() -> Iterator[tuple[str, dict[str, Any]]]:
    for table, rows in PUBLISHED.items():
        yield table, copy.deepcopy(max(rows, key=lambda row: len(json.dumps(row))))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a row."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from places(below, (*path, key))


def put(row: dict[str, Any], path: tuple[Any, ...], value: object) -> Any:
    changed: Any = copy.deepcopy(row)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


def at(row: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        row = row[key]
    return row


def test_what_a_district_publishes_is_right() -> None:
    assert PUBLISHED.keys() == TABLES.keys()
    assert list(wrong_in_tables(PUBLISHED, ORGANS)) == []


def test_a_telephone_is_found_in_every_text_of_every_table() -> None:
    texts = 0
    for table, row in first_rows():
        for path in places(row):
            if isinstance(at(row, path), str) and path[-1] not in ("sha256", "organ", "id"):
                texts += 1
                assert wrong(table, put(row, path, "请拨打13812345678")), (table, path)
    assert texts > 150


def test_every_value_of_every_table_has_its_type() -> None:
    checked = 0
    for table, row in first_rows():
        for path in places(row):
            checked += 1
            assert wrong(table, put(row, path, 3.5)), (table, path)
    assert checked > 300


LEADING_AWAY = ("javascript:alert(1)", "//evil.example/", "../../x/", "/x/", "https://a b/", "data:x", "x\\y")


@pytest.mark.parametrize("address", LEADING_AWAY)
def test_no_address_leads_elsewhere_or_runs(address: str) -> None:
    found = 0
    for table, row in first_rows():
        for path in places(row):
            if str(path[-1]).endswith("url") and isinstance(at(row, path), str):
                found += 1
                assert wrong(table, put(row, path, address)), (table, path)
    assert found >= len(TABLES)


def test_a_page_lies_in_its_own_site() -> None:
    for table, row in first_rows():
        assert wrong(table, {**row, "url": "https://elsewhere.example/"}), table


def test_a_district_speaks_for_itself() -> None:
    for table, row in first_rows():
        if table == "themes":
            continue
        assert wrong(table, {**row, "id": "other-2021"}), table
        if "organ" in row:
            assert wrong(table, {**row, "organ": "other"}), table


BAD: list[tuple[str, str, object]] = [
    ("tasks", "number", 10**15),
    ("tasks", "number", True),
    ("decisions", "year", 3021),
    ("tasks", "text", "x" * 300_000),
    ("tasks", "text", "看\u202e不见"),
    ("tasks", "text", "响\x07铃"),
    ("documents", "date_signed", "2021-13-45"),
    ("documents", "date_published", "9999-12-31"),
    ("tasks", "new_field", [[[[[[[[[[[1]]]]]]]]]]]),
    ("tasks", "new_field", {"url": "javascript:x"}),
    ("tasks", "new_field", "电话13812345678"),
    ("tasks", "new_field", 13812345678),
    ("tasks", "themes", ["x"] * 30_000),
    ("tasks", "id", "../x"),
    ("tasks", "id", 3),
]


@pytest.mark.parametrize(("table", "key", "value"), BAD, ids=[f"{at}-{bad[1]}" for at, bad in enumerate(BAD)])
def test_ranges_lengths_days_and_what_nobody_knows(table: str, key: str, value: object) -> None:
    assert wrong(table, {**PUBLISHED[table][0], key: value})


def test_rows_that_are_none_and_rows_twice() -> None:
    row = PUBLISHED["tasks"][0]
    assert wrong("tasks", ["no row"])
    assert list(wrong_in_tables({"tasks": [row, row]}, ORGANS))


def test_an_older_or_newer_version_is_no_mistake() -> None:
    row = {key: value for key, value in PUBLISHED["tasks"][0].items() if key not in ("cells", "progress")}
    assert wrong("tasks", {**row, "new_field": ["新的一栏"]}) == []


def test_reading_tells_all_of_it_and_hides_the_number() -> None:
    def two(tables: object, organs: object) -> list[str]:
        assert organs == ORGANS
        return ["甲", "乙"]

    source = Source(home="https://www.example.gov.cn/", site=EXPECTED)
    with pytest.raises(PublishedError) as told:
        read_district(source, two)
    assert told.value.args[1:] == ("甲", "乙")
    (words,) = wrong("tasks", {**PUBLISHED["tasks"][0], "editor_note": "13812345678"})
    assert "13812345678" not in words


@pytest.mark.parametrize(
    ("homes", "said"),
    [
        (("https://a.cn/x/", "https://a.cn/x/y/"), "下面"),
        (("https://a.cn/x/", "https://a.cn/x/"), "写了两次"),
        (("https://a.cn/x/", "https://a.cn/xy/"), ""),
    ],
    ids=["below", "twice", "beside"],
)
def test_homes_lie_apart(homes: tuple[str, str], said: str) -> None:
    sources = [Source(home=home, site=Path("x")) for home in homes]
    if said:
        with pytest.raises(PublishedError, match=said):
            federation.apart(sources)
    else:
        federation.apart(sources)


def test_no_number_is_no_number(tmp_path: Path) -> None:
    (tmp_path / "data/v1").mkdir(parents=True)
    for name, rows in PUBLISHED.items():
        text = json.dumps({"version": 1, "as_of": "2022-03-01", "items": rows})
        (tmp_path / f"data/v1/{name}.json").write_text(text.replace('"number": 1,', '"number": NaN,'), "utf-8")
    with pytest.raises(PublishedError, match="读不懂"):
        read_district(Source(home="https://www.example.gov.cn/", site=tmp_path))
