"""Numbers that Word prints before paragraphs: they are not in the text, and must be those that readers saw."""

from __future__ import annotations

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.importing.readers.docx_numbers import Numbering

_LEVEL = (
    '<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>{restart}'
    '<w:lvlText w:val="{label}"/></w:lvl>'
)


def _document(restart: str, overrides: str = "") -> docx.document.Document:
    document = docx.Document()
    root = document.part.numbering_part.element
    levels = _LEVEL.format(at=0, restart="", label="第%1章") + _LEVEL.format(at=1, restart=restart, label="第%2条")
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    for number, inside in (("90", ""), ("91", overrides)):
        root.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{inside}</w:num>')
        )
    return document


def _labels(document: docx.document.Document, *paragraphs: tuple[str, int]) -> list[str]:
    numbering = Numbering(document)
    found = []
    for number, level in paragraphs:
        paragraph = document.add_paragraph("文字")._p
        properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        paragraph.get_or_add_pPr().append(parse_xml(properties))
        found.append(numbering.label(paragraph))
    return found


@pytest.mark.parametrize(
    ("restart", "articles"),
    [
        ("", ["第一条", "第二条", "第一条"]),
        ('<w:lvlRestart w:val="1"/>', ["第一条", "第二条", "第一条"]),
        ('<w:lvlRestart w:val="0"/>', ["第一条", "第二条", "第三条"]),
    ],
)
def test_articles_go_on_from_chapter_to_chapter_where_word_says_so(restart: str, articles: list[str]) -> None:
    given = [("90", 0), ("90", 1), ("90", 1), ("90", 0), ("90", 1)]
    one, two, three = articles
    assert _labels(_document(restart), *given) == ["第一章", one, two, "第二章", three]


def test_a_list_may_begin_again_at_any_number() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    for start, label in ((1, "第一章"), (5, "第五章")):
        labels = _labels(_document("", again.format(start)), ("90", 0), ("90", 0), ("91", 0), ("91", 0))
        assert labels[:3] == ["第一章", "第二章", label]
        assert labels[3] == {"第一章": "第二章", "第五章": "第六章"}[label]
