"""A draft beside its paper: each text leads to the other side, and what stands on one side only is seen."""

from __future__ import annotations

import json

from gongkai.desk.paper import Run, field_anchor, paper_of
from tests.desk.desks import Visitor

JOB = "0123456789abcdef"
DRAFT = """kind: plan
id: shili-2029
organ: shili
year: 2029
title: 2029年要点
document: shili-2021
sections:
- {number: 一, title: 抓好落实, units: 区民政局, sections: [{number: （一）, title: 里面的一节}]}
"""


def link(text: str, path: list[object], at: tuple[int, int, int, int], *, again: bool = False) -> dict[str, object]:
    block, row, column, start = at
    place = {"block": block, "row": row, "column": column, "start": start, "length": len(text)}
    field = {"draft": "shili-2029.yml", "path": path, "field_start": 0, "field_length": len(text)}
    return {**place, **field, "again": again}


SAID = {
    "source": "要点.docx",
    "blocks": [
        {"line": 1, "text": "2029年要点"},
        {"line": 2, "rows": [[{"text": "一、抓好落实"}, {"text": "<b>区民政局"}], [{"text": "页脚"}, {"text": ""}]]},
    ],
    "links": [
        link("2029年要点", ["title"], (0, -1, -1, 0)),
        link("抓好落实", ["sections", 0, "title"], (1, 0, 0, 2)),
        link("区民政局", ["sections", 0, "units"], (1, 0, 1, 3)),
        link("2029", ["year"], (0, -1, -1, 0), again=True),
        {**link("x", ["title"], (0, -1, -1, 0)), "draft": "another.yml"},
    ],
    "pages": [{"number": 1, "wide": 595.0, "high": 842.0}],
    "left_out": [{"block": 1, "row": 1, "column": 0, "start": 0, "length": 2}],
}


def test_runs_cover_the_paper_and_lead_to_fields() -> None:
    paper = paper_of(SAID, ["shili-2029.yml"])
    for block, said in zip(paper.blocks, SAID["blocks"], strict=True):  # type: ignore[call-overload]
        rows = [[cell["text"] for cell in row] for row in said["rows"]] if "rows" in said else [[said["text"]]]
        assert [["".join(run.text for run in cell) for cell in row] for row in block] == rows
    first, second = paper.blocks[1][0][0]
    assert first == Run("一、")
    assert second == Run("抓好落实", "p1.0.0.2", field_anchor(0, "sections/0/title"))
    assert paper.blocks[1][1][0] == [Run("页脚", "p1.1.0.0", left=True)]
    assert paper.origins["shili-2029.yml"]["year"] == "p0.-1.-1.0"


def test_pages_are_shown_and_fields_light_up_on_them(visitor: Visitor) -> None:
    """The rectangles of one text are one mark; the rest of the paper leads to its text as it does without pictures."""
    links = [{**each, "spots": [[1, 50, 60, 200, 74], [1, 50, 76, 90, 90]]} if at == 1 else each
             for at, each in enumerate(SAID["links"])]  # type: ignore[var-annotated,arg-type]  # fmt: skip
    folder = visitor.session.state / "imports" / JOB
    (folder / "drafts").mkdir(parents=True)
    (folder / "pages").mkdir()
    (folder / "pages" / "1.png").write_bytes(b"PNG")
    (folder / "drafts" / "shili-2029.yml").write_text(DRAFT)
    (folder / "job.json").write_text(json.dumps({"source": "要点.pdf", "report": "认作：工作要点"}))
    (folder / "paper.json").write_text(json.dumps({**SAID, "links": links}))
    page = visitor.get(f"/import/{JOB}").text
    assert f'<a id="sp1.0.0.2" href="#{field_anchor(0, "sections/0/title")}"' in page
    assert page.count("<rect") == 2
    assert 'href="#sp1.0.0.2"' in page
    assert 'href="#p0.-1.-1.0"' in page
    assert visitor.get(f"/import/{JOB}/page/1").data == b"PNG"
    assert [visitor.get(f"/import/{job}/page/{n}").status_code for job, n in ((JOB, 2), ("0" * 16, 1), ("..", 1))] == [
        404, 404, 404,
    ]  # fmt: skip


def test_the_screen_shows_both_sides(visitor: Visitor) -> None:
    folder = visitor.session.state / "imports" / JOB
    (folder / "drafts").mkdir(parents=True)
    (folder / "drafts" / "shili-2029.yml").write_text(DRAFT)
    (folder / "job.json").write_text(json.dumps({"source": "要点.docx", "report": "认作：工作要点"}))
    (folder / "paper.json").write_text(json.dumps(SAID))
    page = visitor.get(f"/import/{JOB}").text
    anchors = set(page.split('id="')[1:])
    ids = {each.partition('"')[0] for each in anchors}
    leading = {each.partition('"')[0] for each in page.split('href="#')[1:]} - {"main"}
    assert len(leading) == 6
    assert leading <= ids
    assert "&lt;b&gt;" in page
    assert "里面的一节" in page
    assert '<mark id="p1.1.0.0"' in page
    assert '<span class="unlinked"' in page
