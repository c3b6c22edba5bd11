"""Real Word files, PDFs and web pages of the committed plans give the same plans."""

from __future__ import annotations

import pytest

from tests.importing.support import committed, differences, drafted, imported, plain

FILES = [
    ("changqing-2022.docx", "changqing-2022"),
    ("changqing-2022.pdf", "changqing-2022"),
    ("laiwu-2021.docx", "laiwu-2021"),
    ("laiwu-2021.pdf", "laiwu-2021"),
    ("laiwu-2021.html", "laiwu-2021"),
    ("laiwu-2021-libreoffice.docx", "laiwu-2021"),
]
NULL_TOPIC = ".task_table.rows[35].topic"  # null in the YAML; in the fixtures a merged cell like any other


@pytest.mark.parametrize(("file", "name"), FILES)
def test_a_file_gives_the_plan_it_was_made_of(file, name):
    found = differences(plain(committed(name)), plain(drafted(imported(file), name)))
    found.pop(NULL_TOPIC, None)
    assert found == {}


def test_automatic_numbers_of_word_are_spelled_out():
    wanted = committed("laiwu-2025")
    found = drafted(imported("laiwu-2025-numbered.docx"), "laiwu-2025")
    numbers = [section["number"] for section in found["sections"]]
    assert numbers == ["一", "二", "三", "四", "五"]
    for left, right in zip(wanted["sections"], found["sections"], strict=True):
        assert [child["title"] for child in left["sections"]] == [child["title"] for child in right["sections"]]


@pytest.mark.parametrize(("file", "name"), FILES)
def test_what_is_left_out_of_a_file_is_not_its_text(file, name):
    reasons = {item.reason for item in imported(file).account.left_out}
    assert reasons <= {"页码", "页脚", "网页上正文以外的文字（导航、按钮、页脚等）"}
