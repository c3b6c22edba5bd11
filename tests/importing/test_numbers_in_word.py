"""Numbers that Word prints before paragraphs: they are not in the text, and must be those that readers saw."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gongkai.importing.importer import import_file
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


_NUMBERS = '<w:abstractNum {w} w:abstractNumId="90"><w:lvl w:ilvl="{0}"><w:start w:val="{1}"/><w:lvlRestart w:val="{2}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'  # noqa: E501
_LIST = '<w:num {w} w:numId="90"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="{3}"><w:startOverride w:val="{4}"/></w:lvlOverride></w:num>'  # noqa: E501
_PLACES = 6


@pytest.mark.parametrize("value", ["x", "-1", "", "1.5", "²", "9" * 5000])
@pytest.mark.parametrize("place", range(_PLACES))
def test_a_number_that_is_none_costs_no_more_than_itself(place: int, value: str, tmp_path: Path) -> None:
    given = ["0", "1", "0", "0", "1", "0"]
    given[place] = value
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(_NUMBERS.format(*given, w=nsdecls("w"))))
    root.append(parse_xml(_LIST.format(*given, w=nsdecls("w"))))
    paragraph = document.add_paragraph("各单位照此办理。")._p
    properties = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{given[5]}"/><w:numId w:val="90"/></w:numPr>'
    paragraph.get_or_add_pPr().append(parse_xml(properties))
    document.save(str(tmp_path / "a.docx"))
    read = import_file(tmp_path / "a.docx")
    assert "各单位照此办理。" in "".join(getattr(block, "text", "") for block in read.blocks)
