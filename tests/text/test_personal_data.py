"""Numbers of persons in the forms in which offices print them, and numbers that only look like them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml

from gongkai.text.personal_data import private_data, private_data_in_markup

pytestmark = pytest.mark.quick

_LISTED = yaml.load((Path(__file__).parent / "numbers.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
FOUND = [(kind, text) for kind, texts in _LISTED["found"].items() for text in texts]


def digits_of(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_a_number_is_found_as_it_is_printed(kind: str, text: str) -> None:
    found = list(private_data(text))
    assert kind in {datum.kind for datum in found}
    for datum in found:
        assert text[datum.start :].startswith(datum.text)
        assert len(digits_of(datum.masked)) <= 5, "a message never shows the number"


@pytest.mark.parametrize("text", _LISTED["not found"])
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert list(private_data(text)) == []


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(FOUND) >= 80
    assert len(_LISTED["not found"]) >= 40


@pytest.mark.parametrize("seed", range(50))
def test_a_number_is_found_wherever_it_stands(seed: int) -> None:
    """Between any of the texts in which nothing is to be found, each on a line of its own."""
    made = random.Random(seed)
    kind, text = made.choice(FOUND)
    around = [made.choice(_LISTED["not found"]) for _ in range(made.randrange(6))]
    at = made.randrange(len(around) + 1)
    whole = "。\n\n".join([*around[:at], text, *around[at:]])
    assert kind in {datum.kind for datum in private_data(whole)}
    assert list(private_data("。\n\n".join(around))) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<p>&#49;3812345678</p>",
        "138&nbsp;1234&nbsp;5678",
        "138&#x2d;1234&ndash;5678",
        "甲乙\n138&thinsp;12345678 &amp; 其他",
        "13812345678 &amp; 其他",
    ],
)
def test_entities_hide_nothing(markup: str) -> None:
    (found,) = private_data_in_markup(markup)
    assert found.kind == "手机号码"
    line = markup.count("\n", 0, found.start)
    assert "138" in markup.splitlines()[line].replace("&#49;", "1"), "it is told on its line"


@pytest.mark.parametrize("size", range(9, 14))
@pytest.mark.parametrize("before", range(12))
def test_chinese_numerals_are_found_at_any_place(size: int, before: int) -> None:
    number = "一三八〇〇一三八〇〇〇二二"[:size]
    text = "甲" * before + number + "乙" + number
    found = [(datum.text, datum.start) for datum in private_data(text)]
    assert found == [(number, before), (number, before + size + 1)] * (size == 11)
