"""What a query is taken for: pages by name, items by number, years by name, words where nothing has all of it."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column import urls
from gongkai.column.news import latest_of_records
from gongkai.column.record import Record
from gongkai.column.unit import Unit
from gongkai.column.vocabulary import SearchVocabulary
from gongkai.kinds.walk import all_records
from gongkai.load.content import content_pages
from gongkai.search import shards
from gongkai.search.destinations import NAME_END, NAME_FILES, Destination, published_names
from gongkai.search.encoding import compress
from gongkai.search.index import PACK_LIMIT_BYTES, search_files
from gongkai.search.normalize import normalize
from gongkai.search.spellings import Spellings
from gongkai.site.addresses import page_of
from gongkai.site.facets import months_of_years
from gongkai.site.year_comparison import compared_plans
from tests.miniature.build import AS_OF, miniature_repository
from tests.search.test_search import HERE, ROOT, ask, node
from tests.search.test_search import _records as _records  # noqa: PLC0414 - fixtures
from tests.search.test_search import _searches as _searches  # noqa: PLC0414

THIS_YEAR = date.today().year  # noqa: DTZ011 - what 今年 is to the reader whose browser asks


def titles(answer: dict[str, Any]) -> set[str]:
    return {url for _, url, near in answer["destinations"] if not near}


def test_every_unit_is_reached_by_every_spelling_with_its_district(
    searches: list[Path], checked: pipeline.Checked
) -> None:
    column = checked.column
    asked = [
        (unit.id, f"{column.organs[unit.organ].short_name}{name}")
        for unit in column.units.values()
        for name in (unit.name, *unit.aliases)
    ]
    for search in searches:
        answers = ask([search], *(query for _, query in asked))
        for (unit, query), answer in zip(asked, answers, strict=True):
            assert f"units/{unit}/" in titles(answer), query


def test_pages_of_content_are_reached_by_title_and_alias(searches: list[Path]) -> None:
    pages = list(content_pages(ROOT / "content"))
    assert {page.url for page in pages} >= {"request/", "guide/", "annual-reports/"}
    for page in pages:
        for answer in ask(searches, page.title, *page.aliases):
            assert page.url in titles(answer), answer["query"]


def test_a_page_without_front_matter_or_with_a_broken_one_has_its_heading(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("---\naliases: [甲, 乙]\n---\n\n# 题目 #\n", encoding="utf-8")
    (tmp_path / "two.md").write_text("---\naliases: [甲\n---\n# 别的题目\n", encoding="utf-8")
    (tmp_path / "three.md").write_text("没有题目\n", encoding="utf-8")
    found = [(page.title, page.url, page.aliases) for page in content_pages(tmp_path)]
    assert found == [("题目", "one/", ("甲", "乙")), ("别的题目", "two/", ())]


def test_a_branch_joins_its_bureau_and_its_own_name_means_its_district(searches: list[Path]) -> None:
    general, own = ask(searches, "环保局", "生态环境局莱芜分局")
    assert {url.split("/")[1].split("-")[0] for url, *_ in general["hits"]} == {"laiwu", "changqing"}
    assert {url.split("/")[1].split("-")[0] for url, *_ in own["hits"]} == {"laiwu"}
    assert not general["approximate"]


@pytest.mark.parametrize(("typed", "kind"), [("第{}项任务", "tasks"), ("{}号任务", "tasks"), ("第{}项", "tasks")])
def test_an_item_is_found_by_its_number(searches: list[Path], records: list[Record], typed: str, kind: str) -> None:
    known = {record.url for record in records}
    for number in (1, 7, 22, 33):
        for district, plan in (("长清区2022年", "changqing-2022"), ("莱芜2021年", "laiwu-2021")):
            url = f"plans/{plan}/{kind}/{number}/"
            (answer,) = ask(searches, district + typed.format(number))
            assert url not in known or url in {hit[0] for hit in answer["hits"]}, (district, typed, number)
            assert all(hit[0].endswith(f"/{number}/") for hit in answer["hits"])
            assert not answer["approximate"]


def test_numbers_may_be_written_out(searches: list[Path]) -> None:
    figures, words, project, short = ask(searches, "长清第22项任务", "长清第二十二项任务", "第46个项目", "重点项目46")
    assert figures["hits"] == words["hits"]
    assert {url for url, *_ in project["hits"]} >= {"projects/laiwu-2021-projects/46/"}
    assert all("/46/" in url for url, *_ in (*project["hits"], *short["hits"]))
    assert {url for url, *_ in short["hits"]} == {url for url, *_ in project["hits"]}


def test_years_may_be_short_or_named_from_today(searches: list[Path]) -> None:
    whole, short, spoken, this_year = ask(
        searches, "2021年重大行政决策", "21年重大行政决策", "二一年重大行政决策", "今年工作要点"
    )
    assert {hit[0] for hit in short["hits"]} == {hit[0] for hit in spoken["hits"]} == {hit[0] for hit in whole["hits"]}
    assert "2025" in this_year["hits"][0][0]
    assert THIS_YEAR == 2025 or f"没有{THIS_YEAR}年" in this_year["note"]


def test_what_nothing_has_as_a_whole_is_looked_for_by_words_that_are_said(searches: list[Path]) -> None:
    for answer in ask(searches, "停车难", "老人看病", "安置房", "养老 补助金额表", "低保户"):
        assert answer["approximate"]
        assert answer["hits"], answer["query"]
        assert "已按" in answer["note"]
        assert answer["total"] <= 10


def test_below_few_results_stands_what_is_related_and_it_is_not_exact(searches: list[Path]) -> None:
    queries = ("棚户区改造", "供热", "医疗救助", "长清第18项", "天天来店里检查", "养老")
    both = [node("answers.mjs", [[query, {"related": True}] for query in queries], str(one))[0] for one in searches]
    for small, large in zip(*both, strict=True):
        assert {url for url, _ in small["related"]} == {url for url, _ in large["related"]}, small["query"]
        shown = {hit[0] for hit in small["hits"]}
        assert bool(small["related"]) is (small["total"] < 10), small["query"]
        assert not shown & {url for url, _ in small["related"]}
        assert not any(exact for _, exact in small["related"])
        assert len(shown) + len(small["related"]) <= 10
    numbered = both[0][3]
    assert "plans/changqing-2022/sections/1-5/" in {url for url, _ in numbered["related"]}, "the section it stands in"


def test_who_asks_who_is_led_to_the_units_of_what_was_found(searches: list[Path]) -> None:
    plain, asked = ask(searches, "垃圾分类", "谁负责垃圾分类")
    assert "units/changqing-chengguanju/" in titles(asked) - titles(plain)
    assert not {url for url in titles(asked) if url.startswith("units/laiwu")}, "of the district of the result only"


def test_towns_that_are_named_together_are_reached_by_what_people_call_them(searches: list[Path]) -> None:
    for answer in ask(searches, "街道办", "镇政府", "各乡镇", "各乡镇街道", "乡镇政府街道办事处"):
        assert titles(answer) >= {"units/changqing-jiezhen/", "units/laiwu-zhen-jiedao/"}
    for answer in ask(searches, "长清街道办", "长清各乡镇"):
        assert answer["hits"], "looked for as documents print them"
        assert all("changqing" in url for url, *_ in answer["hits"])


def test_a_department_without_its_last_character_is_one_too(searches: list[Path]) -> None:
    whole, short = ask(searches, "人社局", "人社")
    assert {hit[0] for hit in short["hits"]} >= {hit[0] for hit in whole["hits"]}
    assert titles(short) == titles(whole)


def test_pages_that_list_a_document_number_are_reached_by_it(searches: list[Path]) -> None:
    listed = [(page, number) for page in content_pages(ROOT / "content") for number in page.numbers]
    assert listed
    for (page, number), answer in zip(listed, ask(searches, *(number for _, number in listed)), strict=True):
        assert page.url in titles(answer), number


def test_a_number_in_numerals_and_the_newest_of_what_was_found(searches: list[Path]) -> None:
    written, newest = ask(searches, "莱芜政办发二〇二一3号", "最新工作要点")
    assert written["hits"][0][0] == "plans/laiwu-2021/"
    assert not written["approximate"]
    assert [hit[0] for hit in newest["hits"][:2]] == ["plans/laiwu-2025/", "plans/changqing-2022/"]


@pytest.mark.parametrize("pack_limit", [PACK_LIMIT_BYTES, 0], ids=["pack", "shards"])
def test_what_something_happened_to_last_comes_first_among_the_newest(tmp_path: Path, pack_limit: int) -> None:
    column = pipeline.check(miniature_repository(tmp_path / "column"), AS_OF).column
    known = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    latest = latest_of_records(column)
    assert latest
    assert max(day for day, _ in latest.values()) <= AS_OF
    records = list(all_records(column))
    files = search_files(records, *known, audiences=column.audiences, contains={}, latest=latest, pack_limit=pack_limit)
    for path, content in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    [answer] = ask([tmp_path], "公开", sort="date", limit=500)
    own = {record.url: record.date or date(record.year, 1, 1) for record in records}
    happened = {record.url: latest[record.id][0] for record in records if record.id in latest}
    found = [url for url, _, exact in answer["hits"] if exact]
    shown = [max(own[url], happened.get(url, date.min)) for url in found]
    assert shown == sorted(shown, reverse=True)
    assert any(own[url] < day for url, day in zip(found, shown, strict=True)), "nothing that was found has news"


def test_pages_of_a_district_a_year_and_a_month_are_reached_by_them(
    searches: list[Path], checked: pipeline.Checked
) -> None:
    column = checked.column
    short = {organ.id: organ.short_name for organ in column.organs.values()}
    theme = {theme.id: theme.name for theme in column.themes_in_use}
    entries = column.index.entries
    asked = [
        (urls.year_month(year, at), f"{year}年{at}月底前") for year, at in months_of_years(column) if at.isdecimal()
    ]
    asked += [(urls.organ_year(organ, year), f"{short[organ]}{year}年") for organ, year in column.index.organ_years]
    asked += [(urls.organ_theme(organ, of), f"{short[organ]}{theme[of]}") for organ, of in column.index.organ_themes]
    asked += [(urls.year_theme(year, of), f"{year}年{theme[of]}") for year, of in column.index.year_themes]
    asked += [
        (urls.compare(*pair), f"{short[entries[pair[0]].organ]}{years[0]}年和{years[1]}年有什么变化")
        for pair in compared_plans(column)
        for years in [sorted(entries[plan].year for plan in pair)]
    ]
    assert len({url.split("/")[-3] for url, _ in asked}) > 3
    for search in searches:
        for (url, query), answer in zip(asked, ask([search], *(query for _, query in asked)), strict=True):
            assert url in titles(answer), query


def test_every_page_that_a_query_names_is_one_of_the_site(searches: list[Path], checked: pipeline.Checked) -> None:
    queries = ("长清2022年养老", "莱芜2021年和2025年工作要点", "6月底前", "2021年莱芜重点工程", "莱芜区2021", "街道办")
    found = {url for answer in ask(searches, *queries) for url in titles(answer)}
    assert len(found) > 12
    own = (urls.DATA, urls.SEARCH)
    assert not [url for url in found if not url.startswith(own) and page_of(checked.column, url) is None]


def test_files_of_a_list_are_reached_by_its_names_with_district_and_year(
    searches: list[Path], checked: pipeline.Checked
) -> None:
    column = checked.column
    called = dict(column.search_vocabulary.pages)
    asked = [
        (head.entry.url, f"{column.organs[head.entry.organ].short_name[:-1]}{head.entry.year}{name}")
        for head in column.index.heads.values()
        for name in called.get(f"{head.entry.url.split('/')[0]}/", ())
    ]
    assert len(asked) > 20
    for search in searches:
        for (url, query), answer in zip(asked, ask([search], *(query for _, query in asked)), strict=True):
            assert url in titles(answer), query
            assert answer["hits"], query


def test_an_item_is_one_of_the_list_that_is_named(searches: list[Path]) -> None:
    for typed in ("预备项目{}号", "第{}个预备项目", "{}号预备项目", "预备项目清单{}"):
        for answer in ask(searches, *(typed.format(number) for number in (3, 15))):
            number = re.findall(r"\d+", answer["query"])[0]
            assert [hit[0] for hit in answer["hits"]] == [f"projects/laiwu-2021-reserve-projects/{number}/"], answer[
                "query"
            ]
    for answer in ask(searches, "莱芜21年任务表30", "莱芜2021年要点第30条"):
        assert "plans/laiwu-2021/tasks/30/" in {hit[0] for hit in answer["hits"]}


def test_the_city_before_a_district_changes_nothing(searches: list[Path], checked: pipeline.Checked) -> None:
    for organ in checked.column.organs.values():
        whole = ask(searches, f"{organ.region}{organ.short_name}政府办公室", f"{organ.short_name}政府办公室")
        for with_city, without in zip(whole[::2], whole[1::2], strict=True):
            assert with_city["hits"], organ.id
            assert {hit[0] for hit in with_city["hits"]} == {hit[0] for hit in without["hits"]}


def test_what_documents_call_a_word_is_said_to_be_no_more_than_that(
    searches: list[Path], checked: pipeline.Checked, records: list[Record]
) -> None:
    vocabulary = checked.column.search_vocabulary
    texts = [normalize(f"{one.title}\n{one.text}\n{one.units_text}\n{one.document}") for one in records]
    alike = {word: group for group in vocabulary.same for word in group}
    nowhere = [
        word
        for word, _ in vocabulary.to
        if not any(normalize(other) in text for other in alike.get(word, (word,)) for text in texts)
        if not any(f"{word}局" in names for names in vocabulary.departments)
    ]
    assert len(nowhere) > 5
    for answer in ask(searches, *nowhere):
        assert not answer["hits"] or answer["approximate"], answer["query"]
        assert not answer["hits"] or "已按" in answer["note"], answer["query"]


def test_a_document_is_reached_by_its_title(searches: list[Path], checked: pipeline.Checked) -> None:
    column = checked.column
    heads = [head for head in column.index.heads.values() if head.carries and head.document in column.documents]
    assert heads
    for search in searches:
        for head, answer in zip(heads, ask([search], *(head.entry.title for head in heads)), strict=True):
            own = urls.document(head.entry.id)
            assert own in titles(answer) or page_of(column, own) is None, head.entry.title


def test_a_document_number_may_lack_its_year(searches: list[Path]) -> None:
    for whole, short in (("济长政办发〔2022〕2号", "济长政办发2号"), ("莱芜政办字〔2021〕5号", "政办字第5号")):
        for search in searches:
            known, found = ask([search], whole, short)
            assert [hit[0] for hit in found["hits"]] == [hit[0] for hit in known["hits"]]
            assert titles(found) == titles(known)
            assert not found["approximate"]
    for answer in ask(searches, "济长政办发98765号"):
        assert not answer["hits"] or answer["approximate"]


def test_pages_are_reached_by_what_says_the_same(searches: list[Path], checked: pipeline.Checked) -> None:
    column = checked.column
    people = [column.audiences[one] for one in column.index.audiences]
    asked = [
        (urls.audience(one.id), other)
        for one in people
        for group in column.search_vocabulary.same
        if one.name in group
        for other in group
    ]
    assert asked
    for search in searches:
        for (url, query), answer in zip(asked, ask([search], *(query for _, query in asked)), strict=True):
            assert url in titles(answer), query
    for answer in ask(searches, "疫情", "最近更新了什么", "2022年"):
        assert titles(answer) & {"themes/epidemic/", urls.CHANGES, "years/2022/"}, answer["query"]


def test_a_verb_that_asks_may_be_part_of_a_name(searches: list[Path]) -> None:
    for answer in ask(searches, "信息公开怎么申请", "怎么申请信息公开"):
        assert "request/" in titles(answer)


def test_texts_with_more_of_the_words_stand_first(searches: list[Path], records: list[Record]) -> None:
    texts = {record.url: normalize(f"{record.title}\n{record.text}") for record in records}
    for answer in ask(searches, "免费技能培训", "农民 技能 培训费减免", "技能 培训 停车难"):
        words = [word for word in ("技能", "培训") if word in answer["note"]]
        having = [sum(word in texts[hit[0]] for word in words) for hit in answer["hits"]]
        assert answer["approximate"]
        assert having[0] == max(having) == len(words) == 2, answer["query"]


def test_an_article_is_looked_for_in_the_document_that_is_named(tmp_path: Path) -> None:
    column = pipeline.check(miniature_repository(tmp_path / "column"), AS_OF).column
    vocabularies = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    records = list(all_records(column))
    for path, content in search_files(records, *vocabularies, audiences=column.audiences, contains={}):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    for answer in ask([tmp_path], "养老服务补贴办法第二条", "养老服务补贴办法第2条"):
        assert not answer["approximate"]
        assert {hit[0] for hit in answer["hits"]} == {"documents/shili-yanglao-2019/", "documents/shili-yanglao-2021/"}


def test_words_that_say_nothing_alone_find_nothing_alone(searches: list[Path]) -> None:
    for answer in ask(searches, "殡葬服务", "三胎政策", "宅基地", "国办发〔2016〕80号"):
        assert not answer["hits"] or "服务”" not in answer["note"], answer["query"]
        assert not answer["hits"] or answer["approximate"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yibao局", "医保局"),
        ("养lao", "养老"),
        ("gonggong qiye", "公共"),
        ("宏际堂", "宏济堂"),
        ("12354热线", "12345"),
        ("nianbao", "年报"),
        ("幼儿圆", "幼儿园"),
        ("长请区财政局", "长清区"),
    ],
)
def test_wrong_and_mixed_spellings_are_read_and_said(searches: list[Path], typed: str, meant: str) -> None:
    (answer,) = ask(searches, typed)
    assert answer["hits"], typed
    assert meant in answer["note"]


def test_traditional_characters_reach_document_numbers_and_units(searches: list[Path]) -> None:
    number, unit = ask(searches, "濟長政辦發〔2022〕2號", "長清區醫保局")
    assert number["hits"][0][0] == "plans/changqing-2022/"
    assert not number["approximate"]
    assert "units/changqing-yibaoju/" in titles(unit)
    assert "简体" in unit["note"]


def test_two_frequent_tokens_never_share_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "term_hash", lambda _: 7)
    with pytest.raises(shards.CollisionError, match="校验值相同"):
        shards.no_collision(["甲乙", "丙丁"])
    shards.no_collision(["甲乙"])


def test_names_of_many_districts_lie_in_files_by_their_ends(checked: pipeline.Checked) -> None:
    some = next(iter(checked.column.units.values()))
    units: list[Unit] = [
        replace(some, id=f"u{at}", name=f"区第{at + 100}办", aliases=(), full_name=None) for at in range(9000)
    ]
    spellings = Spellings(SearchVocabulary(departments=(("残联",),)), units)
    found = [Destination("unit", unit.name, f"units/{unit.id}/", spellings.names(unit)) for unit in units]
    names = published_names(spellings, found, [], compress)
    assert names.head == {"spellings": [[0, "残联"]]}, "nothing shows that it is a department; and all are too many"
    assert len(names.files) > NAME_FILES
    unpacked = [json.loads(gzip.decompress(content).decode("gbk")) for content in names.files.values()]
    listed = sorted(name for groups, _ in unpacked for _, *some_ in groups for name in some_)
    assert listed == sorted(normalize(f"第{at + 100}办") for at in range(9000))
    for groups, _ in unpacked:
        ends = {name[-NAME_END:] for _, *some_ in groups for name in some_}
        assert not ends & {n[-NAME_END:] for other, _ in unpacked if other is not groups for _, *o in other for n in o}


def test_characters_of_all_planes_are_one_token(tmp_path: Path) -> None:
    cases = ["王𠮷水库", "㛃村𫄸丝厂", "二○二一年", "三〇九厂"]
    answers = node("tokens.mjs", cases)
    assert answers[0][2] == ["王𠮷", "𠮷水", "水库"]
    assert answers[3][2] == ["三〇", "〇九", "九厂"]
    assert answers[2][1] == "2021年"


def test_the_vocabulary_refers_to_no_word_twice() -> None:
    """An everyday word that is in another list as well would never be asked for."""
    vocabulary = pipeline.check(ROOT, date(2026, 11, 21)).column.search_vocabulary
    assert len(vocabulary.everyday) >= 400
    assert not [word for word, others in vocabulary.everyday if word in others]
    assert not set(vocabulary.weak) & {word for word, _ in vocabulary.everyday}
    assert json.loads((HERE / "queries-graded.json").read_text(encoding="utf-8"))


def test_common_words_are_read_of_the_newest_records_first_and_of_all_where_that_matters(
    checked: pipeline.Checked, records: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "NEWEST_RECORDS", 60)
    monkeypatch.setattr(shards, "_HEAVY", 100)
    column = checked.column
    vocabularies = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    for path, content in search_files(records, *vocabularies, audiences=column.audiences, contains={}, pack_limit=0):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    assert list(tmp_path.glob("search/*/heavy-*-older.bin"))
    first, narrowed, older = node("partial.mjs", ["公开", {"year": "2021"}, "信息公开 政务"], str(tmp_path))
    having = {at for at, r in enumerate(records) if "公开" in normalize(f"{r.title}\n{r.text}")}
    assert first["partial"]
    assert max(first["matches"]) < 60
    assert set(first["all"]) >= having
    assert narrowed["urls"]
    assert all("2021" in url for url in narrowed["urls"]), "older records have the words, too"
    assert older["total"] > 0
