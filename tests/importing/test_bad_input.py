"""Files that cannot be imported: one clear sentence, bounded time and memory, no drafts."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from gongkai.importing.importer import import_file
from gongkai.importing.report import render_report
from tests.importing.support import FIXTURES, SOURCES
from tests.waiting import guarded

PLAN = (
    "2025年示例区政务公开工作要点\n\n一、聚焦重点任务\n\n"
    "（一）健全机制。完善主动公开事项目录制度。〔责任单位：区政府办公室〕\n"
)


def archive(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return buffer.getvalue()


def pdf_pages(count: int, *, text: bool = False) -> bytes:
    """A small PDF of blank pages, or of pages with Latin text."""
    kids = " ".join(f"{3 + at} 0 R" for at in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += ["<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * count
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010d} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF whose user password is not the empty one: the trailer names an encryption dictionary."""
    whole = pdf_pages(1)
    entry = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >> /ID [<31><31>] "
    )
    return whole.replace(b"/Root 1 0 R >>", b"/Root 1 0 R " + entry + b">>")


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch):
    """What it makes of a file is tried in test_formats.py; here it must not be started."""
    monkeypatch.setattr("gongkai.importing.readers.office.shutil.which", lambda _: None)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
TRADITIONAL = (
    "國務院關於印發政務公開工作要點的通知\n\n各區縣人民政府，區政府各部門："
    "現將要點印發給你們，請結合實際認真貫徹落實。責任單位應當發揮作用，確保任務完成。"
)

BAD = [
    ("empty.docx", b"", "空的"),
    ("blank.txt", b" \n\t\n", "空的"),
    ("report.zip", archive({"a.txt": b"x"}), "压缩包"),
    ("broken.docx", b"PK\x03\x04 nothing here", "已损坏"),
    ("damaged.docx", archive({"word/document.xml": b"<w:doc", "[Content_Types].xml": b"<Types/>"}), "损坏"),
    ("bomb.docx", archive({"word/document.xml": b" " * 80_000_000}), "大得不正常"),
    ("many.docx", archive({f"word/{at}.xml": b"" for at in range(5000)}), "大得不正常"),
    ("old.doc", OLE, "旧版 Word"),
    ("old.wps", OLE, "WPS"),
    ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
    ("plan.ofd", archive({"OFD.xml": b"<ofd/>"}), "OFD"),
    ("plan.xlsx", archive({"xl/workbook.xml": b"<workbook/>"}), "Excel"),
    ("plan.odt", archive({"content.xml": b"<office/>"}), "OpenDocument"),
    ("plan.rtf", b"{\\rtf1 hello}", "RTF"),
    ("scan.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "图片"),
    ("scan.pdf", pdf_pages(3), "扫描件"),
    ("long.pdf", pdf_pages(500), "500 页"),
    ("locked.pdf", encrypted_pdf(), "密码"),
    ("broken.pdf", b"%PDF-1.7\n garbage", "损坏"),
    ("mojibake.txt", "锟斤拷锟斤拷锟斤拷锟斤拷政务公开".encode(), "乱码"),
    ("mojibake2.txt", PLAN.encode().decode("latin-1").encode(), "乱码"),
    ("traditional.txt", TRADITIONAL.encode(), "繁体"),
    ("binary.dat", bytes(range(256)) * 20, "格式"),
    ("english.txt", b"Nothing Chinese here at all.", "没有汉字"),
    (
        "notice-without-its-directory.txt",
        "现将《示例区人民政府2024年重大行政决策事项目录》印发给你们，并就有关事项通知如下：\n"
        "一、要严格落实法定程序。\n二、承办单位应当加强档案管理。\n2024年5月9日\n".encode(),
        "附件在另一个文件里",
    ),
    ("letter.txt", "今天天气很好，我们去公园散步。".encode(), "没有认出"),
]


@pytest.mark.parametrize(("name", "data", "words"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_gets_one_sentence_and_no_draft(tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    tracemalloc.start()
    with guarded(name):
        result = import_file(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert result.refused
    assert [finding.code for finding in result.findings] == ["IMP-01"]
    report = render_report(result)
    assert words in report
    assert "没有写入任何文件" in report
    assert peak < 150_000_000


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    assert import_file(tmp_path / "nowhere.docx").refused
    assert import_file(tmp_path).refused


def test_gbk_is_read_as_gbk_and_says_so(tmp_path):
    path = tmp_path / "gbk.txt"
    path.write_bytes(PLAN.encode("gb18030"))
    result = import_file(path)
    assert result.drafts[0].data["title"] == "2025年示例区政务公开工作要点"
    assert any("GBK" in finding.message for finding in result.findings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_encoding_of_a_text_gives_the_same_draft(tmp_path, encoding):
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.encode(encoding))
    first, *_ = import_file(path).drafts
    path.write_bytes(PLAN.encode())
    assert first.text == import_file(path).drafts[0].text


@pytest.mark.parametrize("name", ["changqing-2022.docx", "laiwu-2021.html", "laiwu-2021.pdf"])
def test_a_file_under_a_wrong_name_is_known_by_its_content(tmp_path, name):
    path = tmp_path / "file.txt"
    path.write_bytes((FIXTURES / name).read_bytes())
    assert not import_file(path).refused


@pytest.mark.parametrize("name", ["changqing-2022.docx", "laiwu-2021.pdf"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_file_cut_short_never_raises(tmp_path, name, share):
    data = (FIXTURES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * share)])
    result = import_file(path)
    assert result.refused
    assert "损坏" in render_report(result)


def test_a_text_cut_anywhere_never_raises(tmp_path):
    text = (SOURCES / "changqing-2022-work-plan.txt").read_text(encoding="utf-8")
    path = tmp_path / "cut.txt"
    for share in range(5, 100, 19):
        path.write_text(text[: len(text) * share // 100], encoding="utf-8")
        import_file(path)


def test_a_table_that_begins_with_a_cell_of_an_unknown_column_is_read(tmp_path):
    """Found by fuzzing: a column that nobody knows, and a first cell that could be its."""
    heads = "工作任务 |\n具 体 要 求 |\n责任单位 |\n完成情况 |\n某某注 |\n||\n"
    row = "1.文件集中公开 |\n开展清理，形成目录。 |\n区政府各部门，各街镇 |\n推进中 |\n11月底前完成 |\n||\n"
    path = tmp_path / "a.txt"
    path.write_text("2023年示例区政务公开重点工作任务清单\n" + heads + row + row.replace("1.", "2."), encoding="utf-8")
    result = import_file(path)
    assert not result.refused
    assert any("形成目录" in draft.text for draft in result.drafts)
