"""What a file costs the importer has bounds: beyond them one sentence says which."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib

import pytest

from gongkai.importing.blocks import Refusal
from gongkai.importing.readers import files, pdf_bounds
from gongkai.importing.readers.files import read_bytes, read_file
from tests.conftest import ROOT
from tests.importing.test_bad_input import pdf_pages

pytestmark = pytest.mark.quick


def pdf(page: bytes, *, form: bytes | None = None) -> bytes:
    """A PDF of one page that draws this, compressed, and may call a form F."""
    resources = "<< /Font << /F1 5 0 R >>" + (" /XObject << /F 6 0 R >>" if form is not None else "") + " >>"
    bodies: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {resources} >>".encode(),
        stream(page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    if form is not None:
        bodies.append(
            stream(form, "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 6 0 R >> >>")
        )
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, start))
    return out.getvalue()


def stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    return b"<< %b /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (entries.encode(), len(packed), packed)


def text(characters: int) -> bytes:
    return b"BT /F1 12 Tf 72 700 Td (" + b"a" * characters + b") Tj ET"


def refused(data: bytes) -> str:
    found = read_bytes(data, ".pdf")
    assert isinstance(found, Refusal), "it was read"
    assert found.hint
    return found.message


def test_a_pdf_of_some_kilobytes_that_unfolds_to_megabytes_is_not_unfolded() -> None:
    bomb = pdf(b" " * 50_000_000)
    assert len(bomb) < 100_000
    assert "展开后大得不正常" in refused(bomb)


def test_pages_without_end_are_counted_no_further() -> None:
    assert "2000 页，超过可以导入的 200 页" in refused(pdf_pages(2000))


@pytest.mark.parametrize(
    ("limit", "page", "words"),
    [
        ("_MOST_CHARACTERS", text(51), "第 1 页有 50 个以上的字"),
        ("_MOST_CHARACTERS_IN_ALL", text(51), "个以上的字，不像一份公文"),
        ("_MOST_LINES", b"1 1 5 5 re S\n" * 51, "第 1 页有 50 条以上的线和框"),
        ("_MOST_UNPACKED", b" " * 51, "展开后大得不正常"),
    ],
)
def test_every_bound_has_its_sentence(monkeypatch: pytest.MonkeyPatch, limit: str, page: bytes, words: str) -> None:
    monkeypatch.setattr(pdf_bounds, limit, 50)
    assert words in refused(pdf(page))


def test_a_form_costs_each_time_it_is_called() -> None:
    """Some bytes that call a form some thousand times, which may call others."""
    assert "指令多得不正常" in refused(pdf(b"/F Do\n" * 12_000, form=b" "))


def test_an_old_compression_is_undone_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_bounds, "_MOST_DECODED", 5)
    data = pdf(text(3)).replace(b"/FlateDecode", b"/LZWDecode  ")
    assert "老式的方法压缩" in refused(data)


def test_a_pdf_within_the_bounds_is_read_and_the_library_is_as_before() -> None:
    from pdfminer import pdftypes

    assert "没有汉字" in refused(pdf(text(40)))
    assert pdftypes.zlib is zlib


def test_a_file_of_more_than_60_mb_is_not_opened(tmp_path) -> None:
    path = tmp_path / "notice.docx"
    path.touch()
    os.truncate(path, 61 * 1024 * 1024)
    found = read_file(path)
    assert isinstance(found, Refusal)
    assert "61 MB，超过可以导入的 60 MB" in found.message


@pytest.mark.parametrize(
    ("limit", "words"),
    [("_MOST_TEXTS", "段落和表格的格子有 4 个，超过可以导入的 3 个"), ("_MOST_CHARACTERS", "文件里的字超过")],
)
def test_what_would_take_minutes_to_recognise_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, words: str
) -> None:
    monkeypatch.setattr(files, limit, 3)
    found = read_bytes("2025年示例区政务公开工作要点\n一、重点\n（一）健全。\n（二）完善。\n".encode(), ".txt")
    assert isinstance(found, Refusal)
    assert words in found.message


def test_a_mail_whose_text_is_a_flood_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.importing.readers.bundles._LONGEST_TEXT", 30)
    mail = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + "公开" * 20
    found = read_bytes(mail.encode(), ".eml")
    assert isinstance(found, Refusal)
    assert "邮件正文超过" in found.message


def test_a_web_page_of_elements_without_end_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.importing.readers.html._MOST_ELEMENTS", 50)
    found = read_bytes(("<html><body><table><tr>" + "<td>字" * 50).encode(), ".html")
    assert isinstance(found, Refusal)
    assert "个元素，超过可以导入的 50 个" in found.message


RUNS = ("<", " ", "\u3000", "1", "（", "、", "-", "\t", "|", "责任单位：", "第 ", "1、", " \n", "— 1 —\n", "附件：\n")
LONG = f"""
import pathlib, sys
from gongkai.importing.importer import import_file
path = pathlib.Path(sys.argv[1])
for run in {RUNS!r}:
    text = "2025年示例区政务公开工作要点\\n一、聚焦重点任务\\n" + (run * 60_000)[:60_000] + "\\n（一）健全机制。\\n"
    path.write_text(text, encoding="utf-8")
    import_file(path)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time and memory")
def test_a_run_of_anything_costs_what_it_is_long(tmp_path) -> None:
    """A child with twenty seconds of processor time and a gigabyte; a square of the length would take minutes."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
        resource.setrlimit(resource.RLIMIT_DATA, (1 << 30, 1 << 30))

    command = [sys.executable, "-c", LONG, str(tmp_path / "run.txt")]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    done = subprocess.run(command, preexec_fn=limit, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:] or "more than 20 seconds of processor time"
