"""Answers in place: verbatim, with source and day, for what asks the question, and only while the source holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.column.answers import Holding, Source, answered, holding, lead
from gongkai.column.site_data import SiteData
from gongkai.kinds.walk import all_records
from gongkai.search.index import search_files
from tests.miniature.build import AS_OF, miniature_repository
from tests.search.test_search import node

pytestmark = pytest.mark.quick
QUESTION, OF_INTERPRETATION = "shili-2021-wenda/1", "shili-yanglao-wenda/questions/1"


@pytest.fixture(scope="module", name="column")
def _column(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    return pipeline.check(miniature_repository(tmp_path_factory.mktemp("answers")), AS_OF).column


def test_answers_hold_while_all_their_sources_do(column: SiteData) -> None:
    now = holding(column)
    assert set(now) == {QUESTION, OF_INTERPRETATION, "shili-yanglao-wenda/questions/2"}, (
        "another has no day and a repealed source"
    )
    assert now[QUESTION].text == "发到享受补贴的老年人本人账户。"
    assert not now[QUESTION].whole, "a second paragraph follows"
    assert now[QUESTION].sources == (
        Source("示例区养老服务补贴办法（2021年修订）", "第八条", "documents/shili-yanglao-2021/"),
    )
    assert now[OF_INTERPRETATION].sources[0].clause == "第二条"
    assert {shown.until for shown in now.values()} == {date(2026, 6, 30)}
    assert not holding(column.but(as_of=date(2026, 7, 1))), "the measures have a last day"


def test_a_source_that_was_withdrawn_gives_no_answer(column: SiteData) -> None:
    entries = {key: entry for key, entry in column.index.entries.items() if key != "shili-yanglao-2021"}
    assert not holding(column.but(index=column.index.but(entries=entries)))


@pytest.mark.parametrize("pack_limit", [100_000, 0])
def test_a_query_shows_the_answer_of_the_question_that_it_asks(
    column: SiteData, tmp_path: Path, pack_limit: int
) -> None:
    known = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    shown = {record: replace(answer, until=None) for record, answer in holding(column).items()}
    shown[OF_INTERPRETATION] = replace(shown[OF_INTERPRETATION], until=date(2022, 3, 2))  # long ago for any browser
    files = search_files(
        list(all_records(column)),
        *known,
        audiences=column.audiences,
        contains={},
        answers=answered(column),
        holding=shown,
        pack_limit=pack_limit,
    )
    for path, content in files:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    asked = ("养老服务补贴直接发给谁？", "养老补贴 直接发给谁", "补贴", "原来的补贴办法还能用吗", "谁能领补贴", "天气")
    whole, keywords, *others = node("in-place.mjs", asked, str(tmp_path))
    assert whole == keywords
    assert (whole["text"], whole["day"]) == ("发到享受补贴的老年人本人账户。", "2021-06-20")
    assert whole["url"] == "questions/shili-2021-wenda/1/"
    assert others == [None] * 4, (
        "a lone word asks nothing; the source was repealed; the last day is over; nothing is found"
    )
    answers = list(tmp_path.glob("search/*/answers-*.bin"))
    assert answers
    assert max(path.stat().st_size for path in answers) < 1_000


@pytest.mark.parametrize(
    ("paragraphs", "shown"),
    [
        (("不收费。",), ("不收费。", True)),
        (("不收费。", "夜间除外。"), ("不收费。", False)),
        (("甲" * 100 + "。" + "乙" * 100 + "。",), ("甲" * 100 + "。", False)),
        (("甲" * 200 + "。乙。",), ("甲" * 200 + "。", False)),
        (("甲" * 200,), ("甲" * 200, True)),
    ],
)
def test_an_answer_is_cut_between_sentences_only(paragraphs: tuple[str, ...], shown: tuple[str, bool]) -> None:
    assert lead(paragraphs) == shown


def test_every_answer_is_verbatim(column: SiteData) -> None:
    for record, answer in holding(column).items():
        assert isinstance(answer, Holding)
        assert column.index.answers[record].paragraphs[0].startswith(answer.text)
