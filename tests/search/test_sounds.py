"""Words sound as pypinyin says, whatever they are made of."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin import lazy_pinyin, load_phrases_dict
from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

from gongkai.search.sounds import pinyin

_QUERIES = json.loads((Path(__file__).parent / "queries-open.json").read_text("utf-8"))
_PHRASES = [
    "重大",
    "银行",
    "长清",
    "女儿",
    "绿化",
    "行政",
    "重庆",
    "了解",
    "音乐",
    "会计",
    "一",
    "不",
    "地",
    "的",
    "欸",
    "嗯",
    "A1",
    " ",
    "㐀",
]


@cache
def _phrases() -> None:
    """All phrases: pypinyin has none where the program was loaded first."""
    load_phrases_dict(phrases_dict)
    load_phrases_dict({"长清": [["cháng"], ["qīng"]]})


def _theirs(word: str) -> tuple[str, ...]:
    _phrases()
    return tuple(lazy_pinyin(word))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PHRASES), min_size=1, max_size=4).map("".join))
def test_phrases_in_a_row(word: str) -> None:
    assert pinyin(word) == _theirs(word)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8))
def test_any_characters(word: str) -> None:
    assert pinyin(word) == _theirs(word)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=8))
def test_any_text(word: str) -> None:
    assert pinyin(word) == _theirs(word)


def test_every_character_and_every_phrase_that_is_known() -> None:
    known = [*map(chr, pinyin_dict), *phrases_dict]
    assert len(known) > 80_000
    assert [word for word in known if pinyin(word) != _theirs(word)] == []


def test_what_people_ask_for() -> None:
    for query in _QUERIES:
        for end in range(2, len(query["q"]) + 1):
            assert pinyin(query["q"][:end]) == _theirs(query["q"][:end])
    assert pinyin("长清") == ("chang", "qing")
