"""Tracked changes of Word files: accepted unless somebody asks for the wording before them."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml

from gongkai.importing.importer import import_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="1" w:author="甲"'
LINES = (
    "示例县2025年政务公开工作要点",
    "一、深化公开",
)
CHANGED = (
    f"<w:p {W.partition(' w:id')[0]}><w:r><w:t>（一）财政公开。公开</w:t></w:r>"
    f"<w:del {W}><w:r><w:delText>部门预算</w:delText></w:r></w:del>"
    f"<w:ins {W}><w:r><w:t>部门预算和决算</w:t></w:r></w:ins>"
    "<w:r><w:t>。（责任单位：县财政局）</w:t></w:r></w:p>"
)


@pytest.fixture(name="path")
def _path(tmp_path):
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.element.body.insert(len(LINES), parse_xml(CHANGED))
    table = document.add_table(3, 3)
    for at, texts in enumerate(
        (("序号", "工作任务", "责任单位"), ("1", "公开预算。", "县财政局"), ("2", "公开决算。", "县财政局"))
    ):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    inserted = table.rows[2]._tr
    inserted.get_or_add_trPr().append(parse_xml(f"<w:ins {W}/>"))
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "甲.docx"
    path.write_bytes(stream.getvalue())
    return path


@pytest.mark.parametrize(
    ("original", "text", "rows", "doubt"),
    [(False, "公开部门预算和决算。", 2, "按接受全部修订以后的文字导入"), (True, "公开部门预算。", 1, "修订没有采用")],
    ids=["accepted", "original"],
)
def test_changes_are_accepted_or_refused_as_a_whole(path, original, text, rows, doubt):
    result = import_file(path, organ="shili", original=original)
    plan = result.drafts[0].text
    assert f"text: {text}" in plan
    assert plan.count("- number: 1\n") + plan.count("- number: 2\n") == rows
    assert any(doubt in finding.message for finding in result.findings)


def test_other_files_have_no_changes_to_refuse(tmp_path):
    path = tmp_path / "甲.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")
    result = import_file(path, organ="shili", original=True)
    assert result.refused
    assert "只有 Word 文件" in result.findings[0].message
