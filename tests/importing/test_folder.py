"""``gongkai import FOLDER``: a saved section of a portal at once, one report, and what leads from the old addresses."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from benchmarks.importing.corpus import CASES, made
from gongkai.cli import main
from gongkai.importing.addresses import address_of, redirect_files
from tests.importing.support import ROOT

SITE = "https://www.example.gov.cn/gongkai/"
OLD = "https://www.example.gov.cn/art/2025/3/18/art_1.html"
PAGE = "open-decisions-basis-time-box-table"


def bytes_of(name: str) -> bytes:
    return made(next(case for case in CASES if case.name == name)).data


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    page = bytes_of(PAGE)
    (folder / "a.html").write_bytes(f"<!-- saved from url=(0051){OLD} -->\n".encode() + page)
    (folder / "b.html").write_bytes(page)
    (folder / "c.txt").write_bytes(bytes_of("open-clauses-own-line-tabs"))
    (folder / "d.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "a_files").mkdir()
    (folder / "a_files" / "menu.html").write_text("<p>首页</p>", encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture(name="imported", scope="module")
def _imported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    root = tmp_path_factory.mktemp("county")
    (root / "plans").mkdir()
    settings = re.sub(r"(?m)^site_url:.*$", f"site_url: {SITE}", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    arguments = ["import", str(folder), "--organ", "shili", "--redirects", str(root / "moved"), "--root", str(root)]
    return root, CliRunner().invoke(main, arguments)


def test_one_report_says_what_became_of_each_file(imported):
    _, result = imported
    assert result.exit_code == 0, result.output
    assert "没有导入：1 个文件\n  d.docx：" in result.output
    assert "重复，没有再导入：1 个文件\n  b.html：与 a.html 的文字相同" in result.output
    assert "a.html → shili-2025-decisions.yml（决策目录" in result.output
    assert "c.txt → shili-2025.yml（工作要点" in result.output
    assert "menu.html" not in result.output
    assert "另有 1 个文件不是文档" in result.output


def test_the_old_address_is_kept_and_leads_to_the_new_page(imported):
    root, _ = imported
    draft = yaml.safe_load((root / "plans/shili-2025-decisions.yml").read_text(encoding="utf-8"))
    assert f"原网址 {OLD}" in draft["document"]["sources"]
    new = f"{SITE}decisions/shili-2025-decisions/"
    assert json.loads((root / "moved/old-addresses.json").read_text(encoding="utf-8")) == {OLD: new}
    assert (root / "moved/old-addresses.map").read_text("utf-8") == f'"/art/2025/3/18/art_1.html" "{new}";\n'
    assert f'url={new}"' in (root / "moved/pages/art/2025/3/18/art_1.html").read_text("utf-8")


def test_the_second_time_nothing_is_written(imported, folder):
    root, _ = imported
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    again = CliRunner().invoke(main, ["import", str(folder), "--organ", "shili", "--root", str(root)])
    assert again.exit_code == 1
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before


def test_what_is_said_of_one_document_cannot_be_said_of_a_folder(imported, folder):
    root, _ = imported
    result = CliRunner().invoke(main, ["import", str(folder), "--kind", "plan", "--root", str(root)])
    assert result.exit_code == 2
    assert "--kind 只能用在一个文件上" in result.output


@pytest.mark.parametrize(
    ("page", "address"),
    [
        (b"<html><head><link href='https://a.gov.cn/x/1.html' rel=canonical></head>", "https://a.gov.cn/x/1.html"),
        (b'<meta property="og:url" content="https://a.gov.cn/x">', "https://a.gov.cn/x"),
        (b"<html><link rel=canonical href=/x/1.html><a href='https://b.gov.cn/'>", None),
        (b"<!-- saved from url=(0014)about:internet -->", None),
    ],
    ids=["canonical", "open-graph", "relative", "nowhere"],
)
def test_a_page_says_where_it_was(page, address):
    assert address_of(page) == address


def test_no_old_address_leaves_the_folder_or_the_string():
    old = ("https://a.gov.cn/../../etc/passwd", 'https://a.gov.cn/x"; return 200 "$host', "https://a.gov.cn/a.jsp?id=1")
    files = redirect_files(dict.fromkeys(old, "plans/x/"), "")
    assert [name for name in files if name.startswith("pages/")] == []
    for line in files["old-addresses.map"].decode().splitlines():
        assert line.count('"') == 4
        assert "$" not in line
    assert b'"/a.jsp?id=1" "/plans/x/";' in files["old-addresses.map"]
