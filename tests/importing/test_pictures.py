"""Pictures of the pages of a PDF: each text that a field has is marked where it is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pdfplumber
import pytest

from gongkai.importing.command import run_import
from gongkai.importing.readers.pdf_pictures import page_pictures
from tests.conftest import ROOT

PAPER = Path(__file__).parent / "fixtures" / "catalogue.pdf"


def signs(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def test_what_is_marked_says_what_is_linked(tmp_path: Path) -> None:
    """Another library reads what is printed inside the rectangles."""
    where = tmp_path / "paper.json"
    done = run_import(ROOT, PAPER, tmp_path / "out", organ="shili", provenance=where, pictures=tmp_path / "pages")
    assert done.ok
    said = json.loads(where.read_text("utf-8"))
    assert [each["number"] for each in said["pages"]] == [1, 2]
    assert all((tmp_path / "pages" / f"{at}.png").read_bytes().startswith(b"\x89PNG") for at in (1, 2))
    linked = [link for link in said["links"] if not link["again"]]
    assert sum(bool(link["spots"]) for link in linked) >= 0.9 * len(linked)
    with pdfplumber.open(PAPER) as pdf:
        for link in linked[:: len(linked) // 12]:
            block = said["blocks"][link["block"]]
            whole = block["rows"][link["row"]][link["column"]]["text"] if "rows" in block else block["text"]
            text = whole[link["start"] : link["start"] + link["length"]]
            found = ""
            for number, left, top, right, bottom in link["spots"]:
                chars = [char for char in pdf.pages[number - 1].chars
                         if left - 1 <= (char["x0"] + char["x1"]) / 2 <= right + 1
                         and top - 1 <= (char["top"] + char["bottom"]) / 2 <= bottom + 1]  # fmt: skip
                found += "".join(char["text"] for char in chars)
            assert signs(text) in signs(found)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"PK"])
def test_what_is_no_pdf_has_no_pictures(data: bytes) -> None:
    assert list(page_pictures(data)) == []
