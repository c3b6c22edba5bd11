"""What is published later is told: in the feeds of all pages that hold the record, and on 最近更新, on its own day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.alternates.beside_pages import Alternates
from gongkai.alternates.files import MadeRows
from gongkai.column import urls
from gongkai.column.news import latest, news_of
from gongkai.column.origin import Origin
from gongkai.column.site_data import SiteData
from gongkai.column.withdrawal import Withdrawal
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS
from gongkai.load.yaml_values import load_values
from gongkai.site.addresses import every_page
from gongkai.site.changes import changes_page
from gongkai.site.home import home_page
from tests.miniature.build import AS_OF, miniature_repository

NEW = date(2022, 2, 27)
"""The day of what the tests add: later than all that the miniature district says, and past."""


def feeds(column: SiteData) -> dict[str, list[str]]:
    """Ids of what each feed tells, by the address of its page."""
    pages = [page for page in every_page(column) if page.news is not None]
    return {page.url: [told.id for told in page.news or ()] for page in pages}


def places(column: SiteData, record: str) -> set[str]:
    """The pages whose feeds hold a record: home, its district, year, units, themes, and the list of its kind."""
    entry = column.index.entries[record]
    units = {unit for unit, use in column.index.units.items() if any(each.task.id == record for each in use.everything)}
    themes = {theme for theme, filed in column.index.themes.items() if entry in filed}
    lists = {door.crumb.url for kind in KINDS if entry.kind in kind.records for door in kind.doors}
    found = {
        urls.HOME,
        urls.organ(entry.organ),
        urls.year(entry.year),
        *map(urls.unit, units),
        *map(urls.theme, themes),
    }
    return found | {url for url in lists if entry.url.startswith(url)}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return miniature_repository(tmp_path_factory.mktemp("news"))


@pytest.fixture(scope="module")
def before(root: Path) -> SiteData:
    return pipeline.check(root, AS_OF).column


@pytest.fixture(scope="module")
def told_before(before: SiteData) -> dict[str, list[str]]:
    return feeds(before)


def days_in(value: Any) -> Iterator[date]:
    """The days of a value of the open data that is only added to."""
    if isinstance(value, Mapping):
        if value.get("date"):
            yield date.fromisoformat(value["date"])
        for inner in value.values():
            yield from days_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from days_in(inner)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_day_of_what_is_only_added_to_is_told(before: SiteData, kind: FileKind[Any, Any]) -> None:
    """A kind that says what of it is added to later (``lasting``) tells its readers so."""
    for table in kind.tables:
        for file in kind.of(before).values():
            for row in table.lasting_rows(before, file):
                record = row["id"] if row["id"] in before.index.entries else file.id
                told = {news.day for news in news_of(before, [record])}
                days = {day for key in row.keys() - {"id"} for day in days_in(row[key]) if day <= AS_OF}
                assert days <= told, (row["id"], days - told)


def records_with(value: Any, key: str, path: tuple[str | int, ...] = ()) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if key in value:
            yield value
        for name, inner in value.items():
            yield from records_with(inner, key, (*path, name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from records_with(inner, key, (*path, at))


def progress(value: dict[str, Any]) -> None:
    found = next(records_with(value, "progress"))
    found["progress"].append({"date": NEW, "status": "完成", "text": "已经办完。"})


def stage(value: dict[str, Any]) -> None:
    value["decisions"][0]["stages"]["adoption"] = {
        "status": "published", "title": "采纳情况", "url": "https://www.example.com/a", "date": NEW, "received": 3,
        "adopted": 1, "unadopted_reasons": "其余意见与上位规划不一致。",
    }  # fmt: skip


def completion(value: dict[str, Any]) -> None:
    value["decisions"][1]["completion"] = {"text": "推迟到下一年。", "date": NEW}


def change(value: dict[str, Any]) -> None:
    value["decisions"][1]["changes"].append({"date": NEW, "kind": "变更", "reason": "再次推迟"})


def outcome(value: dict[str, Any]) -> None:
    value["items"][4]["outcome"] = {"date": NEW, "text": "收到议题5个。"}


def correction(value: dict[str, Any]) -> None:
    value["corrected"] = [{"date": NEW, "field": "title", "reason": "标题少了一个字"}]


def abolished(value: dict[str, Any]) -> None:
    value["document"] |= {"validity": "废止", "date_abolished": NEW}


Case = tuple[str, Callable[[dict[str, Any]], None], str]
CASES: list[Case] = [
    ("shili-2022", progress, "shili-2022/tasks/1/progress/2022-02-27"),
    ("shili-2021-projects", progress, "shili-2021-projects/2/progress/2022-02-27"),
    ("shili-2021-decisions", stage, "shili-2021-decisions/1/stages/adoption"),
    ("shili-2021-decisions", completion, "shili-2021-decisions/2/completion"),
    ("shili-2021-decisions", change, "shili-2021-decisions/2/changes/2022-02-27"),
    ("shili-canyu-2021", outcome, "shili-canyu-2021/5/outcome"),
    ("shili-yanglao-2019", abolished, "shili-yanglao-2019/abolished"),
]
CASES += [(path.stem, correction, f"{path.stem}/corrections/1") for kind in KINDS for path in kind.examples[:1]]


@pytest.mark.parametrize(("file", "add", "expected"), CASES, ids=[f"{name}-{add.__name__}" for name, add, _ in CASES])
def test_what_is_added_is_told_where_the_record_is_held(
    root: Path,
    told_before: dict[str, list[str]],
    file: str,
    add: Callable[[dict[str, Any]], None],
    expected: str,
) -> None:
    path = root / "plans" / f"{file}.yml"
    written = path.read_text(encoding="utf-8")
    value = load_values(written)
    add(value)
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        checked = pipeline.check(root, AS_OF)
    finally:
        path.write_text(written, encoding="utf-8")
    after, column = feeds(checked.column), checked.column
    news = next((told for told in latest(column) if told.id == expected), None)
    assert news, checked.report()
    assert (news.day, news.organ) == (NEW, "示例区")
    changed = {url for url in after if after[url] != told_before.get(url)}
    assert places(column, news.record) <= changed
    for url in changed:
        assert after[url][0] == expected, (url, "newest first")
        assert [told for told in after[url] if told != expected] == told_before.get(url, []), url
    view = changes_page(column).view
    assert view["months"][0][1][0] == news


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_is_withdrawn_is_told_without_a_word_of_it(before: SiteData, kind: FileKind[Any, Any]) -> None:
    file = next(iter(kind.of(before).values()))
    gone = Withdrawal(file.id, NEW, "原文件有误", (f"{kind.directory}{file.id}/",), None, Origin("plans/withdrawn.yml"))
    column = before.but(withdrawals=(gone,))
    for told in (latest(column), latest(column, kind.directory), latest(column, "", file.organ)):
        assert (told[0].day, told[0].what, told[0].text) == (NEW, "撤回", "原因：原文件有误")
        assert file.title not in told[0].heading
        assert told[0].url == gone.addresses[0]
    assert latest(column, "elsewhere/") == []
    later = replace(gone, restored=NEW + timedelta(days=1))
    again = latest(before.but(withdrawals=(later,)))
    assert [told.what for told in again[:2]] == ["恢复公开", "撤回"]
    assert len({told.id for told in again}) == len(again)


def test_nothing_without_a_day_or_with_a_day_to_come_is_news(before: SiteData) -> None:
    undated = "shili-canyu-2021/7"
    assert undated in before.index.entries
    told = {news.id: news for url in feeds(before) for news in latest(before)}
    assert undated not in told
    assert all(news.day <= AS_OF for news in told.values())
    assert news_of(before, ["shili-canyu-2021/2"]) == [], "its first day has not come"


def test_a_feed_is_as_old_as_its_newest_entry_whatever_the_day(before: SiteData, root: Path) -> None:
    later = pipeline.check(root, AS_OF + timedelta(days=3)).column

    def made(column: SiteData) -> bytes:
        beside = {file.name: file for file in Alternates(column, MadeRows(column), "").of(home_page(column))}
        return beside["feed.xml"].content

    assert made(before) == made(later)
    newest = latest(before)[0].day
    assert f"<updated>{newest.isoformat()}T00:00:00+08:00</updated>".encode() in made(before).split(b"<entry>")[0]


def test_page_of_changes_lists_what_the_feed_tells(before: SiteData) -> None:
    page = changes_page(before)
    shown = [news.id for _, items in page.view["months"] for news in items]
    assert shown == feeds(before)[urls.HOME]
    assert json.dumps(page.rows, ensure_ascii=False).count("shili-") >= len({news.record for news in latest(before)})
