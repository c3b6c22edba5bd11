"""Attachments: published as they are when nothing is wrong with them, refused with a sentence and a place otherwise."""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from gongkai import pipeline
from gongkai.cache.cache import Cache
from gongkai.findings.finding import Finding, Severity, errors
from gongkai.load import attachments as reading
from gongkai.output.manifest import write_manifest
from gongkai.output.verification import verify
from gongkai.rules.site.registry import facts_of, judge_site
from tests.conftest import ROOT
from tests.load.test_hostile import within
from tests.miniature.build import AS_OF, miniature_repository
from tests.theme import render_theme

NAME = "2021年任务分解表.pdf"
PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
PLAN = "plans/shili-2021.yml"


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return out.getvalue()


def pdf(words: str) -> bytes:
    """A PDF of one page with a line of Latin letters."""
    line = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    bodies = [
        *(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page),
        *(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line), font),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(places)
    return made + table + b"trailer\n<< /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF\n" % len(made)


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."
WORD = archive(word__document_xml="<w:p><w:r><w:t>公开</w:t></w:r></w:p>")


def with_attachment(scratch: Path, name: str = NAME, title: str = "任务分解表", content: bytes | None = PDF) -> Path:
    """The miniature repository, with an attachment named in line 4 and following of a plan's document."""
    root = miniature_repository(scratch)
    path = root / PLAN
    text = path.read_text(encoding="utf-8")
    item = f"document:\n  attachments:\n    - {{file: {json.dumps(name, ensure_ascii=False)}, title: {title}}}\n"
    path.write_text(text.replace("document:\n", item, 1), encoding="utf-8")
    (root / "plans/files").mkdir(exist_ok=True)
    if content is not None:
        (root / "plans/files" / name).write_bytes(content)
    return root


def build(root: Path, scratch: Path) -> pipeline.Built:
    return pipeline.build(root, scratch / "site", scratch / "cache", AS_OF, render_theme)


def wrong(root: Path) -> list[Finding]:
    return errors(list(pipeline.check(root, AS_OF).findings))


def test_published_as_it_is_and_told_on_every_page(tmp_path: Path) -> None:
    root = with_attachment(tmp_path)
    done = build(root, tmp_path)
    assert done.ok, done.report()
    site = tmp_path / "site"
    copy = site / "documents/shili-2021/files" / NAME
    assert copy.read_bytes() == PDF
    for url in ("plans/shili-2021", "documents/shili-2021"):
        page = HTMLParser((site / url / "index.html").read_text(encoding="utf-8"))
        link = page.css_first(".attachments a")
        assert link is not None
        assert link.text() == "任务分解表（PDF，30字节）"
        assert (site / url / (link.attributes["href"] or "").replace("%E5%B9%B4", "年")).parent.resolve() == copy.parent
    rows = {row["id"]: row for row in json.loads((site / "data/v1/documents.json").read_bytes())["items"]}
    assert rows["shili-2021"]["attachments"] == [
        {
            "title": "任务分解表",
            "file": NAME,
            "url": "documents/shili-2021/files/2021%E5%B9%B4%E4%BB%BB%E5%8A%A1%E5%88%86%E8%A7%A3%E8%A1%A8.pdf",
            "format": "PDF",
            "bytes": len(PDF),
            "sha256": hashlib.sha256(PDF).hexdigest(),
        }
    ]
    assert rows["shili-2022"]["attachments"] == []
    assert errors(judge_site(facts_of(site, AS_OF))) == []  # LINK-01 follows the links to the files
    assert "files/" not in (site / "sitemap.xml").read_text(encoding="utf-8")
    write_manifest(site, {})
    assert f"documents/shili-2021/files/{NAME}" in json.loads((site / "manifest.json").read_bytes())["files"]
    copy.write_bytes(PDF + b" ")
    assert verify(str(site))[1] == [f"内容不符：documents/shili-2021/files/{NAME}"]


def test_unchanged_when_unchanged_and_followed_when_changed(tmp_path: Path) -> None:
    root = with_attachment(tmp_path)
    build(root, tmp_path)
    site = tmp_path / "site"
    copy, page = site / "documents/shili-2021/files" / NAME, site / "plans/shili-2021/index.html"
    times = copy.stat().st_mtime_ns
    assert build(root, tmp_path).tree.written == 0
    assert copy.stat().st_mtime_ns == times
    (root / "plans/files" / NAME).write_bytes(PDF + b"%" * 5000)
    assert build(root, tmp_path).ok
    assert copy.stat().st_size == len(PDF) + 5000
    assert "（PDF，5KB）" in page.read_text(encoding="utf-8")
    copy.write_bytes(b"damaged")
    build(root, tmp_path)
    assert copy.stat().st_size == len(PDF) + 5000
    text = (root / PLAN).read_text(encoding="utf-8")
    (root / PLAN).write_text(
        "".join(line for line in text.splitlines(True) if "attachments" not in line and NAME not in line)
    )
    assert build(root, tmp_path).ok
    assert not copy.parent.exists()


SOUND = {
    "2021年政务公开工作要点.docx": WORD,
    "重点项目清单.xlsx": archive(xl__workbook_xml="<x/>"),
    "公文.ofd": archive(OFD_xml="<x/>"),
    "任务表.csv": "\ufeff序号,任务\r\n1,公开\r\n".encode(),
    "说明.txt": "说明".encode(),
    "决策程序图.png": b"\x89PNG\r\n\x1a\n....",
    "letter-2021.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
}


@pytest.mark.parametrize(("name", "content"), SOUND.items())
def test_every_kind_that_offices_use(tmp_path: Path, name: str, content: bytes) -> None:
    assert wrong(with_attachment(tmp_path, name, content=content)) == []


REFUSED: list[tuple[str, str, bytes | None, str, str]] = [
    ("没有.pdf", "任务分解表", None, "ATT-01", "找不到附件 plans/files/没有.pdf"),
    ("表.pdf", "任务分解表", b"", "ATT-03", "附件 表.pdf 是空的"),
    ("表.pdf", "任务分解表", WORD, "ATT-02", "附件 表.pdf 的内容不是 .pdf 文件"),
    ("表.docx", "任务分解表", PDF, "ATT-02", "附件 表.docx 的内容不是 .docx 文件"),
    ("表.docx", "任务分解表", archive(xl__workbook_xml=""), "ATT-02", "附件 表.docx 的内容不是 .docx 文件"),
    ("表.docx", "任务分解表", WORD[:60], "ATT-02", "附件 表.docx 的内容不是 .docx 文件"),
    ("表.xlsx", "任务表", archive(xl__workbook_xml="", xl__vbaProject="x"), "ATT-02",
     "附件 表.xlsx 里有会运行的内容，或者从别处取内容：宏"),
    ("表.txt", "说明", "说明".encode("gbk"), "ATT-02", "附件 表.txt 的内容不是 .txt 文件"),
    ("表.txt", "说明", b"MZ\0\0", "ATT-02", "附件 表.txt 的内容不是 .txt 文件"),
    ("表.html", "说明", b"<script>", "ATT-02", "不能公开 .html 格式的附件"),
    ("表.svg", "说明", b"<svg onload=x>", "ATT-02", "不能公开 .svg 格式的附件"),
    ("表.PDF", "说明", PDF, "ATT-02", "不能公开 .PDF 格式的附件"),
    ("表", "说明", PDF, "ATT-02", "不能公开 没有扩展名 格式的附件"),
    ("附件1.pdf", "任务分解表", PDF, "ATT-04", "附件的文件名“附件1.pdf”看不出内容"),
    ("新建 文档.pdf", "任务分解表", PDF, "ATT-04", "附件的文件名“新建 文档.pdf”不能作网址"),
    ("scan_001.pdf", "任务分解表", PDF, "ATT-04", "附件的文件名“scan_001.pdf”看不出内容"),
    ("表.pdf", "附件2", PDF, "ATT-04", "附件标题“附件2”看不出内容"),
    ("../shili-2022.yml", "说明", None, "ATT-04", "附件的文件名“../shili-2022.yml”不能作网址"),
    ("/etc/hostname", "说明", None, "ATT-04", "附件的文件名“/etc/hostname”不能作网址"),
    (".表.pdf", "说明", PDF, "ATT-04", "附件的文件名“.表.pdf”不能作网址"),
    ("说明.txt", "说明", "电话13812345678".encode(), "PRIV-01", "附件 说明.txt 里有手机号码（138******78），不能公开"),
    ("名单.docx", "名单", archive(word__document_xml="<w:p><w:t>138</w:t><w:t>12345678</w:t></w:p>"), "PRIV-01",
     "附件 名单.docx 里有手机号码（138******78），不能公开"),
    ("名单.xlsx", "名单", archive(xl__workbook_xml="", xl__sharedStrings_xml="<si><t>11010519491231002X</t></si>"),
     "PRIV-01", "附件 名单.xlsx 里有身份证号（110*************2X），不能公开"),
    ("名单.pdf", "名单", pdf("Tel 13812345678"), "PRIV-01", "附件 名单.pdf 里有手机号码（138******78），不能公开"),
    ("名单.doc", "名单", OLD_WORD + "电话13812345678。".encode("utf-16-le"), "PRIV-01",
     "附件 名单.doc 里有手机号码（138******78），不能公开"),
    ("名单.xls", "名单", OLD_WORD + b"\x0b\0\x0011010519491231002X\0", "PRIV-01",
     "附件 名单.xls 里有身份证号（110*************2X），不能公开"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "title", "content", "code", "sentence"), REFUSED)
def test_refused_with_a_sentence_and_a_place(
    tmp_path: Path, name: str, title: str, content: bytes | None, code: str, sentence: str
) -> None:
    root = with_attachment(tmp_path, name, title, content)
    lines = (root / PLAN).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "- {file:" in text)
    found = [(item.code, item.file, item.line, item.column, item.message) for item in wrong(root)]
    assert found == [(code, PLAN, line, lines[line - 1].index(json.dumps(name, ensure_ascii=False)) + 1, sentence)]
    assert not build(root, tmp_path).ok
    assert not (tmp_path / "site").exists()


def warned(root: Path) -> list[str]:
    return [finding.code for finding in pipeline.check(root, AS_OF).findings if finding.code.startswith("ATT")]


def test_a_pdf_with_text_is_looked_through_and_a_scan_is_said_so(tmp_path: Path) -> None:
    printed = (ROOT / "tests/importing/fixtures/changqing-2022.pdf").read_bytes()
    assert warned(with_attachment(tmp_path / "text", content=printed)) == ["ATT-08"], (
        "who wrote it is in its properties"
    )
    scan = with_attachment(tmp_path / "scan", content=PDF)
    assert warned(scan) == ["ATT-06"]
    assert pipeline.check(scan, AS_OF).ok, "nobody is kept from publishing a scan"


HOSTILE_PDF = {
    "pages that contain themselves": pdf("x").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
    "a length that lies": pdf("x").replace(b"/Length ", b"/Length 99999999"),
    "a bomb": pdf("x")
    .replace(b"endstream", zlib.compress(b"x" * 300_000_000, 9) + b"endstream")
    .replace(b"/Length", b"/Filter /FlateDecode /Length"),
    "cut": pdf("x")[:200],
    "nothing but its name": b"%PDF-1.7",
}


@pytest.mark.parametrize("content", HOSTILE_PDF.values(), ids=HOSTILE_PDF)
def test_a_hostile_pdf_costs_little(content: bytes, tmp_path: Path) -> None:
    with within(300):
        assert warned(with_attachment(tmp_path, content=content)) in ([], ["ATT-06"])


def test_a_pdf_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = with_attachment(tmp_path, content=pdf("public"))
    read = []
    whole = reading.read_pdf
    monkeypatch.setattr(reading, "read_pdf", lambda *given: read.append(1) or whole(*given))
    for _ in range(2):
        pipeline.check(root, AS_OF, Cache(tmp_path / "cache"))
    (root / "plans/files" / NAME).write_bytes(pdf("Tel 13812345678"))
    assert not pipeline.check(root, AS_OF, Cache(tmp_path / "cache")).ok
    assert len(read) == 2


def test_too_large_is_never_read(tmp_path: Path) -> None:
    root = with_attachment(tmp_path)
    with (root / "plans/files" / NAME).open("wb") as file:
        file.truncate(reading.MAX_ATTACHMENT_BYTES + 1)
    assert [(item.code, item.message) for item in wrong(root)] == [("ATT-03", f"附件 {NAME} 超过 20 MB")]


def test_an_archive_that_swells_is_not_unpacked(tmp_path: Path) -> None:
    bomb = archive(word__document_xml="0" * 60_000_000)
    assert len(bomb) < 100_000
    assert [item.code for item in wrong(with_attachment(tmp_path, "表.docx", content=bomb))] == ["ATT-02"]


def link_to(target: Path | str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


ODD: dict[str, Callable[[Path], None]] = {
    "a link out of the tree": link_to("/etc/hostname"),
    "a link inside the tree": link_to("../shili-2022.yml"),
    "a pipe": os.mkfifo,
    "a directory": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD.keys())
def test_what_is_no_ordinary_file_is_never_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    root = with_attachment(tmp_path, content=None)
    make(root / "plans/files" / NAME)
    assert [item.code for item in wrong(root)] == ["ATT-01"]


def test_a_folder_that_is_a_link_out_of_the_tree(tmp_path: Path) -> None:
    root = with_attachment(tmp_path, content=None)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / NAME).write_bytes(PDF)
    (root / "plans/files").rmdir()
    (root / "plans/files").symlink_to(tmp_path / "elsewhere")
    assert [item.code for item in wrong(root)] == ["ATT-01"]


def test_the_same_name_twice_even_in_other_case(tmp_path: Path) -> None:
    root = with_attachment(tmp_path, "Plan-a.pdf")
    (root / "plans/files/plan-a.pdf").write_bytes(PDF)
    text = (root / PLAN).read_text(encoding="utf-8")
    more = "任务分解表}\n    - {file: plan-a.pdf, title: 说明材料}\n"
    (root / PLAN).write_text(text.replace("任务分解表}\n", more, 1), encoding="utf-8")
    assert [item.code for item in wrong(root)] == ["ATT-04"]


def test_a_file_that_nobody_names_is_not_published_and_said_so(tmp_path: Path) -> None:
    root = with_attachment(tmp_path)
    (root / "plans/files/多余.pdf").write_bytes(PDF)
    found = [item for item in pipeline.check(root, AS_OF).findings if item.code == "ATT-05"]
    assert [(item.file, item.severity) for item in found] == [("plans/files/多余.pdf", Severity.WARNING)]
    assert build(root, tmp_path).ok
    assert not list((tmp_path / "site").rglob("多余.pdf"))
