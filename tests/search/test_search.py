"""The contracts of the search: the same tokens on both sides, lunr's weights, pack and shards alike."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.builder import Builder
from lunr.index import Index
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column.record import Record
from gongkai.kinds.walk import all_records, within
from gongkai.output.named_pages import named_pages
from gongkai.search import postings as counts
from gongkai.search.compiled import compiled, lunr_index
from gongkai.search.corpus import changing
from gongkai.search.destinations import _all_names, destinations_of
from gongkai.search.encoding import LEVELS, SLICES, compress, pack_json, pack_text
from gongkai.search.fields import BOOSTS, field_tokens
from gongkai.search.index import search_files
from gongkai.search.normalize import (
    document_numbers,
    fold,
    normalize,
    query_tokens,
    single_characters,
    tokens,
)
from gongkai.search.postings import counted
from gongkai.search.spellings import Spellings
from gongkai.search.weighing import postings, weighed

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def node(script: str, data: Any, *arguments: str) -> Any:
    command = ["node", str(HERE / script), *arguments]
    result = subprocess.run(command, input=json.dumps(data), capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(result.stdout)


def python_tokens(text: str) -> list[Any]:
    normalized = normalize(text)
    return [
        fold(text), normalized, tokens(normalized), single_characters(normalized),
        document_numbers(normalized), query_tokens(text),
    ]  # fmt: skip


@pytest.fixture(scope="session", name="records")
def _records(checked: pipeline.Checked) -> list[Record]:
    return list(all_records(checked.column))


def test_tokens_are_the_same_in_the_browser(records: list[Record]) -> None:
    cases = json.loads((HERE / "token-cases.json").read_text(encoding="utf-8"))
    cases += [text for record in records for text in (record.title, record.text, record.units_text) if text]
    assert node("tokens.mjs", cases) == [python_tokens(case) for case in cases]


PLANES = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]) | st.characters(
    min_codepoint=0x20000, max_codepoint=0x3FFFF, exclude_categories=["Cn"]
)
"""Those that Han characters stand in; the first supplementary plane gets new letters with every version of Unicode."""


@settings(max_examples=3, deadline=None)
@given(st.lists(st.text(PLANES), min_size=200, max_size=200))
def test_tokens_of_anything_are_the_same_in_the_browser(cases: list[str]) -> None:
    # Unicode versions differ in the newest characters; what both sides call a token must not.
    ours = [python_tokens(case)[2:] for case in cases]
    assert [answer[2:] for answer in node("tokens.mjs", cases)] == ours


def test_every_character_reaches_the_browser_as_it_is() -> None:
    surrogates = range(0xD800, 0xE000)
    every = [point for point in (*range(0x10000), *range(0x20000, 0x20100), 0x1F600) if point not in surrogates]
    content = compress(pack_text("".join(map(chr, every))))
    assert node("texts.mjs", base64.b64encode(content).decode()) == every


def lunrs(records: Mapping[str, Mapping[str, list[str]]]) -> Index:
    """The index as lunr.py makes it, with our fields and their weights."""
    builder = Builder()
    builder.ref("id")
    for name, boost in BOOSTS.items():
        builder.field(name, boost)
    for identifier, fields in records.items():
        builder.add({"id": identifier, **fields})
    return builder.build()


def lunr_postings(index: Index, numbers: Mapping[str, int]) -> Iterator[tuple[str, list[int], list[float]]]:
    """Every token with its records (ascending) and the sum of their field weights, sorted by token."""
    names = {posting["_index"]: token for token, posting in index.inverted_index.items()}
    sums: dict[str, dict[int, float]] = {}
    for name in BOOSTS:  # field by field, in order, so that sums round as the streamed builder's do
        for reference, vector in index.field_vectors.items():
            field, _, identifier = reference.partition("/")
            if field != name:
                continue
            record = numbers[identifier]
            for at in range(0, len(vector.elements), 2):
                row = sums.setdefault(names[int(vector.elements[at])], {})
                row[record] = row.get(record, 0.0) + vector.elements[at + 1]
    for token in sorted(sums):
        ids = sorted(sums[token])
        yield token, ids, [sums[token][record] for record in ids]


def test_the_streamed_index_is_lunrs_to_the_last_digit(
    checked: pipeline.Checked, records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    column = checked.column
    spellings = Spellings(column.search_vocabulary, column.units.values())
    numbers = {record.id: number for number, record in enumerate(records)}
    expected = list(lunr_postings(lunrs({one.id: field_tokens(one, spellings) for one in records}), numbers))
    assert weights([counted(field_tokens(record, spellings) for record in records)]) == expected
    parts = (records[first : first + 7] for first in range(0, len(records), 7))
    files = [counted(field_tokens(record, spellings) for record in part) for part in parts]
    assert weights(files) == expected
    monkeypatch.setattr("gongkai.search.weighing.CHUNK_POSTINGS", 100)
    assert weights(files) == expected


def weights(files: Sequence[bytes]) -> list[tuple[str, list[int], list[float]]]:
    """Every token with its records and their weights, sorted by token."""
    found = []
    for at in range(SLICES):
        for some in postings(map(io.BytesIO, files), at):
            ends = list(accumulate(some.sizes.tolist(), initial=0))
            for token, (begin, end) in zip(some.tokens, pairwise(ends), strict=True):
                found.append((token, some.records[begin:end].tolist(), some.weights[begin:end].tolist()))
    return sorted(found)


def record_of(*, title: Sequence[str] = (), body: Sequence[str] = (), meta: Sequence[str] = ()) -> dict[str, list[str]]:
    return {"title": list(title), "body": list(body), "meta": list(meta)}


def test_counts_beyond_any_real_text_are_kept_as_they_are() -> None:
    few = [record_of(body=["一"] * (1 << count) + ["二"], meta=["一"]) for count in (0, 17)]
    expected = list(lunr_postings(lunrs({str(at): fields for at, fields in enumerate(few)}), {"0": 0, "1": 1}))
    assert weights([counted(few)]) == weights([counted(few[:1]), counted(few[1:])]) == expected


def test_what_is_written_of_a_token_says_its_records_and_weights_again() -> None:
    """Gaps of one, two and three bytes, from files of very different sizes, some of them without the token."""
    has = {0, 1, 127, 128, 257, 300, 20_000, 40_000}
    records = [record_of(title=["甲"] * (at % 3), body=["乙"]) if at in has else record_of() for at in range(40_001)]
    cuts = [0, 1, 129, 300, 301, 20_000, 40_001]
    files = [counted(records[begin:end]) for begin, end in pairwise(cuts)]
    written = {row[0]: row for at in range(SLICES) for row in weighed(map(io.BytesIO, files), at)}
    for token, ids, exact in weights(files):
        _, count, heaviest, blob = written[token]
        assert (count, heaviest) == (len(ids), max(exact))
        content = list(blob)
        assert content[-count:] == [int(weight / heaviest * LEVELS + 0.5) or 1 for weight in exact]
        assert read_gaps(content[:-count]) == ids
    assert set(written) == {"甲", "乙"}


def read_gaps(content: list[int]) -> list[int]:
    ids, number, bits = [], 0, 0
    for byte in content:
        number |= (byte & 0x7F) << bits
        bits += 7
        if byte < 0x80:
            ids.append(number + (ids[-1] + 1 if ids else 0))
            number = bits = 0
    return ids


def test_a_token_that_every_record_has_weighs_next_to_nothing() -> None:
    """Its weights all round to nought: no step of a heaviest weight can be told."""
    every = [record_of(body=["甲"]) for _ in range(10_000)]
    (row,) = [row for at in range(SLICES) for row in weighed([io.BytesIO(counted(every))], at)]
    assert row == ("甲", 10_000, 0.0, b"\0" * 10_000 + b"\1" * 10_000)


_WORDS = st.lists(st.sampled_from(["一", "二", "三", "#2021-3"]), max_size=6)


def test_the_index_for_download_is_lunrs_to_the_last_byte(checked: pipeline.Checked, records: list[Record]) -> None:
    column = checked.column
    organs = column.organs.values()
    spellings = Spellings(column.search_vocabulary, column.units.values(), organs)
    fields = {record.id: field_tokens(record, spellings) for record in records}
    given = lunr_index(records, column.units.values(), organs, column.search_vocabulary)
    assert given == compiled(fields) == pack_json(lunrs(fields).serialize())


@given(
    st.dictionaries(
        st.sampled_from("abcdefg"), st.builds(record_of, title=_WORDS, body=_WORDS, meta=_WORDS), min_size=1
    )
)
def test_few_records_are_compiled_as_lunr_does(records: dict[str, dict[str, list[str]]]) -> None:
    for field in BOOSTS:  # lunr.py divides by the average length
        records["a"] = {**records.get("a", record_of()), field: ["一"]}
    assert compiled(records) == pack_json(lunrs(records).serialize())


def test_a_column_that_has_just_begun_has_an_index() -> None:
    empty = {"version": "2.3.9", "fields": [*BOOSTS], "fieldVectors": [], "invertedIndex": [], "pipeline": []}
    assert json.loads(compiled({})) == empty


def test_lunr_js_ranks_the_exported_index_as_lunr_py_does(checked: pipeline.Checked, records: list[Record]) -> None:
    """One index, two engines: the open-data export, loaded by lunr.js, and lunr.py on the same JSON."""
    column = checked.column
    exported = json.loads(lunr_index(records, column.units.values(), column.organs.values(), column.search_vocabulary))
    queries = [query_tokens(query["q"]) for query in json.loads((HERE / "queries-open.json").read_text("utf-8"))]
    theirs = node("lunr.mjs", {"index": exported, "queries": queries})
    index = Index.load(exported)
    for words, answer in zip(queries, theirs, strict=True):
        query = index.create_query()
        for word in words:
            query.term(word)
        scores = {hit["ref"]: hit["score"] for hit in index.query(query)}
        assert len(scores) == answer["count"]
        for reference, score in answer["top"]:
            assert scores[reference] == pytest.approx(score, abs=0.002)


@pytest.fixture(scope="session", name="searches")
def _searches(checked: pipeline.Checked, records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The same column as a pack and as shards."""
    column = checked.column
    built = []
    for limit in (10_000_000, 0):
        out = tmp_path_factory.mktemp("search")
        files = search_files(
            records,
            *(column.units.values(), column.themes, column.organs, column.search_vocabulary),
            audiences=column.audiences,
            contains=within(column),
            pages=named_pages(ROOT, column),
            documents=column.documents,
            **changing(column),
            pack_limit=limit,
        )
        for path, content in files:
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
        built.append(out)
    return built


def test_pack_and_shards_answer_alike(searches: list[Path]) -> None:
    files = (HERE / "queries-open.json", HERE / "queries-graded.json")
    queries = [[query["q"], {}] for file in files for query in json.loads(file.read_text(encoding="utf-8"))]
    queries += [["公开", {"year": "2022"}], ["公开", {"organ": "laiwu"}], ["养老", {"theme": "elderly-care"}],
                ["公开", {"kind": "task", "sort": "date"}], ["公开", {"limit": 5, "offset": 5}]]  # fmt: skip
    pack, shards = node("answers.mjs", queries, *map(str, searches))
    for left, right in zip(pack, shards, strict=True):
        assert left == right


EXPECTED = [  # (what a reader types, the page that must come first)
    ("莱芜政办发[2021]3号", "plans/laiwu-2021/"),
    ("莱芜政办字2021年5号", "decisions/laiwu-2021-decisions/"),
    ("长清区2022年政务公开工作要点", "plans/changqing-2022/"),
    ("產業發展規劃 十四五", "decisions/laiwu-2021-decisions/2/"),
    ("kuangchanziyuan", "decisions/laiwu-2021-decisions/4/"),
    ("红土沟", "projects/laiwu-2021-projects/60/"),
    ("“中关村信息谷创新示范基地”", "projects/laiwu-2021-reserve-projects/17/"),
]


def ask(searches: list[Path], *queries: str, **options: str | int) -> list[dict[str, Any]]:
    return node("answers.mjs", [[query, options] for query in queries], str(searches[0]))[0]


def test_what_readers_type_finds_the_page(searches: list[Path]) -> None:
    answers = ask(searches, *(query for query, _ in EXPECTED))
    for (query, url), answer in zip(EXPECTED, answers, strict=True):
        assert url in [hit[0] for hit in answer["hits"][:2]], query


def test_every_spelling_of_a_unit_finds_its_tasks(searches: list[Path]) -> None:
    answers = ask(searches, "区医保局", "医保局", "医疗保障局", "ybj")
    first = {hit[0] for hit in answers[0]["hits"]}
    assert {"plans/changqing-2022/tasks/22/", "plans/changqing-2022/tasks/24/"} <= first
    for answer in answers[1:3]:
        assert {hit[0] for hit in answer["hits"]} == first


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("人资局", "人力资源社会保障局"),
        ("住房局", "住房和城乡建设局"),
        ("教育体玉局", "教育体育局"),
        ("退军局", "退役军人"),
    ],
)
def test_a_short_or_wrong_name_of_a_department_is_understood_and_said(
    searches: list[Path], typed: str, meant: str
) -> None:
    (answer,) = ask(searches, typed)
    assert meant in answer["note"]
    assert answer["approximate"]
    assert {hit[0] for hit in answer["hits"]} == {
        hit[0] for hit in ask(searches, meant)[0]["hits"]
    } or meant == "退役军人"


def test_a_short_form_of_too_many_departments_means_none(searches: list[Path]) -> None:
    (answer,) = ask(searches, "管理局")
    assert "管理局”检索" not in answer["note"]


@pytest.mark.parametrize("question", ["哪个单位负责养老", "养老归谁管", "养老找谁", "养老服务什么时候"])
def test_a_question_is_about_its_words(searches: list[Path], question: str) -> None:
    (answer,) = ask(searches, question)
    assert not answer["approximate"]
    assert "plans/changqing-2022/tasks/23/" in {hit[0] for hit in answer["hits"]}


def test_what_is_approximate_says_so(searches: list[Path]) -> None:
    exact, wrong, nothing = ask(searches, "疫苗接种", "疫苗接钟", "护照办理")
    assert not exact["approximate"]
    assert wrong["approximate"]
    assert "疫苗接种" in wrong["note"]
    assert nothing["approximate"] or nothing["total"] == 0


def test_a_phrase_never_brings_what_lacks_it(searches: list[Path], records: list[Record]) -> None:
    texts = {r.url: normalize(f"{r.title}\n{r.text}\n{r.units_text}") for r in records}
    for phrase in ("政府开放日", "重污染天气", "债务限额", "权责清单和本级政府行政机关机构职能目录"):
        answer = ask(searches, phrase)[0]
        assert answer["hits"]
        assert all(phrase in texts[hit[0]] for hit in answer["hits"]), phrase


def test_filters_narrow_and_sort_orders(searches: list[Path]) -> None:
    everything, narrowed = ask(searches, "公开")[0], ask(searches, "公开", year="2025")[0]
    assert 0 < narrowed["total"] < everything["total"]
    assert all("laiwu-2025" in hit[0] for hit in narrowed["hits"])


@pytest.mark.parametrize("mode", [0, 1], ids=["pack", "shards"])
def test_counts_say_what_a_click_would_leave(searches: list[Path], mode: int) -> None:
    chosen = {"year": "2022", "theme": "education"}
    answer = ask(searches[mode:], "教育", **chosen)[0]
    for facet, values in answer["counts"].items():
        for value, _, number in values:
            clicked = ask(searches[mode:], "教育", **(chosen | {facet: value}))[0]
            assert len(clicked["hits"]) == min(10, number), (facet, value)
    assert {value for value, _, _ in answer["counts"]["year"]} > {"2022"}, "other years stay in reach"


@pytest.mark.parametrize("mode", [0, 1], ids=["pack", "shards"])
def test_filters_alone_list_what_they_hold_newest_first(searches: list[Path], records: list[Record], mode: int) -> None:
    wanted = [r for r in records if r.year == 2022 and r.organ == "changqing" and "education" in r.themes]
    answer = ask(searches[mode:], "", year="2022", organ="changqing", theme="education", limit=500)[0]
    assert {hit[0] for hit in answer["hits"]} == {record.url for record in wanted}
    assert answer["total"] == len(wanted) > 0
    assert not answer["approximate"]
    assert ask(searches[mode:], "")[0]["total"] == 0


@pytest.mark.parametrize("mode", [0, 1], ids=["pack", "shards"])
def test_people_are_a_facet_that_counts_and_narrows(searches: list[Path], records: list[Record], mode: int) -> None:
    concerned = {record.url for record in records if "older-people" in record.audiences}
    everything = ask(searches[mode:], "公开", limit=500)[0]
    narrowed = ask(searches[mode:], "公开", audience="older-people", limit=500)[0]
    found = {hit[0] for hit in narrowed["hits"]}
    assert found == {hit[0] for hit in everything["hits"]} & concerned
    assert found
    assert ["older-people", "老年人", len(found)] in everything["counts"]["audience"]
    both = ask(searches[mode:], "公开", audience="older-people", year="2022", limit=500)[0]
    assert {hit[0] for hit in both["hits"]} == {url for url in found if "2022" in url}
    assert ask(searches[mode:], "公开", audience="nobody")[0]["total"] == 0


@pytest.mark.parametrize("mode", [0, 1], ids=["pack", "shards"])
def test_a_search_within_a_file_stays_in_it(searches: list[Path], mode: int) -> None:
    plan = ask(searches[mode:], "养老", **{"in": "changqing-2022"})[0]
    assert plan["total"]
    assert all(hit[0].startswith("plans/changqing-2022/") for hit in plan["hits"])
    assert plan["file"] == "2022年长清区政务公开工作要点"
    assert not ask(searches[mode:], "养老", **{"in": "no-such-file"})[0]["total"]


def test_a_search_within_a_gazette_finds_the_documents_it_prints(searches: list[Path]) -> None:
    found = {hit[0] for hit in ask(searches, "红土沟", **{"in": "laiwu-gazette-2021-2"})[0]["hits"]}
    assert found == {"projects/laiwu-2021-projects/60/"}
    assert not ask(searches, "长清", **{"in": "laiwu-gazette-2021-2"})[0]["hits"]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=40, max_size=40))
def test_any_query_gets_an_answer(searches: list[Path], queries: list[str]) -> None:
    for answer in ask(searches, *queries):
        assert answer["total"] >= len([hit for hit in answer["hits"] if hit[2]]) or answer["approximate"]


def test_no_number_of_the_search_is_too_large_for_its_place(
    checked: pipeline.Checked, records: list[Record], tmp_path: Path
) -> None:
    """More themes, districts, themes of one record and letters in a word than a byte counts."""
    column, word = checked.column, "a1" * 200
    theme, organ = next(iter(column.themes.values())), next(iter(column.organs.values()))
    themes = {f"t{at}": replace(theme, id=f"t{at}") for at in range(300)}
    organs = {f"o{at}": replace(organ, id=f"o{at}") for at in range(300)}
    about = (
        {"organ": "o299", "themes": tuple(themes), "text": f"公开{word}{word}氢能"},
        {"organ": "o270", "themes": ("t299",), "text": f"公开{word}"},
    )
    some = [replace(records[at], id=f"x/{at}", url=f"x/{at}/", **values) for at, values in enumerate(about)]
    known = ([], themes, organs, column.search_vocabulary)
    for path, content in search_files(some, *known, audiences=column.audiences, contains={}, pack_limit=0):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    ((both, one),) = node("answers.mjs", [["公开", {}], ["氢能", {}]], str(tmp_path))
    assert sorted(hit[0] for hit in both["hits"]) == ["x/0/", "x/1/"]
    assert [hit[0] for hit in one["hits"]] == ["x/0/"]
    counts = {name: {value[0]: value[-1] for value in values} for name, values in both["counts"].items()}
    assert counts["organ"] == {"o299": 1, "o270": 1}
    assert counts["theme"] == {**dict.fromkeys(themes, 1), "t299": 2}


def test_more_records_than_there_are_places_for_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = {name: ["公开"] for name in BOOSTS}
    monkeypatch.setattr(counts, "MAX_COUNTED_RECORDS", 3)
    assert counted([fields] * 3)
    with pytest.raises(counts.TooManyRecordsError, match="最多 3 条记录"):
        counted([fields] * 4)


def test_spellings_are_found_as_one_pattern_of_all_would_find_them(
    checked: pipeline.Checked, records: list[Record]
) -> None:
    spellings = Spellings(checked.column.search_vocabulary, checked.column.units.values())
    names = sorted((name for group in spellings.groups for name in group), key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, names)))
    texts = [normalize(f"{record.title}{record.text}{record.units_text}") for record in records]
    texts += ["".join(pair) for pair in pairwise(names)] + [name[:-1] + other for name, other in pairwise(names)]
    assert sum(map(len, map(spellings.named, texts))) > 300
    assert [spellings.named(text) for text in texts] == [pattern.findall(text) for text in texts]


def test_a_branch_is_named_by_its_own_district_alone(checked: pipeline.Checked) -> None:
    """However many districts there are, each unit has as many names."""
    column = checked.column
    unit, organ = next(iter(column.units.values())), next(iter(column.organs.values()))
    vocabulary = replace(column.search_vocabulary, departments=(("生态环境局", "环保局"),))

    def names(districts: int) -> list[tuple[str, ...]]:
        regions = [f"{place}城" for place in "甲乙丙丁戊己庚辛壬癸"[:districts]]
        organs = [replace(organ, id=name, name=name, short_name=f"{name}区", region=f"{name}区") for name in regions]
        units = [
            replace(
                unit, id=name, organ=name, name=f"市生态环境局{name}分局", full_name=None, aliases=(), kind="department"
            )
            for name in regions
        ]
        spellings = Spellings(vocabulary, units, organs)
        assert len(spellings.groups) == 1
        return [tuple(_all_names(one, spellings)) for one in destinations_of(units, (), (), organs, (), spellings, {})]

    two, ten = names(2), names(10)
    assert ten[:2] == two[:2]
    for at, place in enumerate("甲乙丙"):
        assert {"环保局", f"生态环境局{place}城分局"} <= set(ten[at])
        assert not [name for name in ten[at] if "城" in name and place not in name]


def test_same_records_same_bytes(checked: pipeline.Checked, records: list[Record]) -> None:
    column = checked.column
    arguments = (records, list(column.units.values()), column.themes, column.organs, column.search_vocabulary)
    narrowing = {"audiences": column.audiences, "contains": within(column)}
    assert dict(search_files(*arguments, **narrowing)) == dict(search_files(*arguments, **narrowing))
