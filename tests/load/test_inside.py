"""What lies in a file that is published, beside what its readers see: found wherever it can lie."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from gongkai.load.attachments import examine_bytes
from gongkai.load.inside import MAX_UNPACKED_BYTES
from tests.load.test_attachments import pdf

pytestmark = pytest.mark.quick
NUMBER = "13812345678"
W = 'xmlns:w="urn:w" xmlns:r="urn:r" xmlns:dc="urn:dc"'
BODY = f"<w:document {W}><w:p><w:t>附件正文</w:t></w:p></w:document>"


def archive(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(**parts: str | bytes) -> bytes:
    return archive({"word/document.xml": BODY, **{name.replace("__", "/"): text for name, text in parts.items()}})


def word(inside: str) -> bytes:
    return docx(**{"word/document.xml": f"<w:document {W}><w:p>{inside}</w:p></w:document>"})


def xlsx(text: str) -> bytes:
    return archive({"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": f"<sst><si><t>{text}</t></si></sst>"})


def encoded(encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?><f>电话{NUMBER}</f>'.encode(encoding)


def written(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("words"))))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def note(writer: PdfWriter) -> None:
    found = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Text"),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/Contents"): TextStringObject(f"call {NUMBER}"),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(found)])


def on_page(number: int) -> bytes:
    def change(writer: PdfWriter) -> None:
        for _ in range(number):
            writer.add_page(PdfReader(io.BytesIO(pdf("words"))).pages[0])
        writer.add_page(PdfReader(io.BytesIO(pdf(f"Tel {NUMBER}"))).pages[0])

    return written(change)


def action(kind: str) -> bytes:
    found = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("cmd.exe")})
    return written(lambda writer: writer.root_object.update({NameObject("/OpenAction"): writer._add_object(found)}))


def compound(*storages: str, words: str = "") -> bytes:
    """A compound file with empty storages (MS-CFB), and words in a sector of their own."""
    entries = [("Root Entry", 5, 1 if storages else -1), *((name, 1, -1) for name in storages)]
    directory = b""
    for at, (name, kind, child) in enumerate(entries):
        spelled = name.encode("utf-16-le") + b"\0\0"
        right = at + 1 if 0 < at < len(entries) - 1 else -1
        directory += spelled.ljust(64, b"\0") + struct.pack("<HBBiii", len(spelled), kind, 1, -1, right, child)
        directory += bytes(36) + struct.pack("<iQ", -2, 0)
    directory = directory.ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<i", 0) + b"\xff" * 432
    fat = struct.pack("<iii", -3, -2, -2) + b"\xff" * 500
    return header + fat + directory[:512] + words.encode("utf-16-le").ljust(512, b"\0")


def photo(*, place: bool = False, artist: str = "") -> bytes:
    """A JPEG with nothing but its camera's notes (Exif 2.3: TIFF in an APP1 segment)."""
    entries = [(0x013B, 2, len(artist) + 1, 100)] if artist else []
    if place:
        entries.append((0x8825, 4, 1, 60))
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries))
    for entry in entries:
        tiff += struct.pack("<HHII", *entry)
    tiff = (tiff + bytes(4)).ljust(60, b"\0") + struct.pack("<H", 1) + struct.pack("<HHII", 2, 5, 3, 140) + bytes(4)
    tiff = tiff.ljust(100, b"\0") + artist.encode() + b"\0"
    tiff = tiff.ljust(140, b"\0") + struct.pack("<6I", 36, 1, 40, 1, 0, 1)
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


HIDDEN_NUMBERS: dict[str, tuple[str, bytes]] = {
    "text": ("a.docx", word(f"<w:t>{NUMBER}</w:t>")),
    "text cut into runs": ("a.docx", word("<w:r><w:t>138</w:t></w:r><w:r><w:t w:x='y'>12345678</w:t></w:r>")),
    "entities": ("a.docx", word("<w:t>&#49;&#51;&#56;12345678</w:t>")),
    "full-width digits": ("a.docx", word("<w:t>１３８１２３４５６７８</w:t>")),
    "alternative text": ("a.docx", word(f'<w:pic descr="{NUMBER}"/>')),
    "a header": ("a.docx", docx(**{"word/header1.xml": f"<h>{NUMBER}</h>"})),
    "properties": ("a.docx", docx(**{"docProps/core.xml": f"<p><subject>{NUMBER}</subject></p>"})),
    "UTF-16": ("a.docx", docx(**{"word/footer.xml": encoded("utf-16")})),
    "GBK": ("a.docx", docx(**{"word/footer.xml": encoded("gbk")})),
    "an embedded workbook": ("a.docx", docx(**{"word/embeddings/book.xlsx": xlsx(NUMBER)})),
    "an embedded workbook under another name": ("a.docx", docx(**{"word/embeddings/oleObject1.bin": xlsx(NUMBER)})),
    "an archive in an archive in an archive": (
        "a.docx", docx(**{"word/e/b.xlsx": archive({"x.docx": docx(**{"word/e/c.xlsx": xlsx(NUMBER)})})})),
    "an embedded compound file": ("a.docx", docx(**{"word/embeddings/o.bin": compound(words=NUMBER)})),
    "a name of a part": ("a.docx", docx(**{f"word/media/{NUMBER}.png": b"x"})),
    "a cell": ("a.xlsx", xlsx(NUMBER)),
    "an old file, in pairs of bytes": ("a.doc", compound(words=f"电话{NUMBER}。")),
    "a PDF": ("a.pdf", pdf(f"Tel {NUMBER}")),
    "page 502 of a PDF": ("a.pdf", on_page(501)),
    "properties of a PDF": ("a.pdf", written(lambda writer: writer.add_metadata({"/Subject": NUMBER}))),
    "a note in a PDF": ("a.pdf", written(note)),
    "a file attached to a PDF": ("a.pdf", written(lambda writer: writer.add_attachment("b.xlsx", xlsx(NUMBER)))),
    "a PDF attached to a PDF": ("a.pdf", written(lambda writer: writer.add_attachment("b.pdf", pdf(f"Tel {NUMBER}")))),
    "who took a picture": ("a.jpg", photo(artist=f"Tel {NUMBER}")),
    "a picture in a document": ("a.docx", docx(**{"word/media/image1.jpg": photo(artist=f"Tel {NUMBER}")})),
    "a drawing": ("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><text>{NUMBER}</text></svg>'.encode()),
    "plain text": ("a.txt", f"电话{NUMBER}".encode()),
}  # fmt: skip

ACTIVE: dict[str, tuple[str, bytes]] = {
    "a project of macros": ("a.docx", docx(**{"word/vbaProject.bin": b"x"})),
    "a renamed project of macros": (
        "a.docx",
        docx(
            **{"[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-office.vbaProject"/></Types>'}
        ),
    ),
    "a sheet of macros": ("a.xlsx", archive({"xl/workbook.xml": "<workbook/>", "xl/macrosheets/sheet1.xml": "<m/>"})),
    "macros of an old file": ("a.doc", compound("Macros")),
    "macros of an old workbook": ("a.xls", compound("_VBA_PROJECT_CUR")),
    "a template from elsewhere": (
        "a.docx",
        docx(**{"word/_rels/settings.xml.rels": '<R><R Type="u/attachedTemplate" TargetMode="External"/></R>'}),
    ),
    "a command": ("a.docx", word('<w:instrText>DDEAUTO c:\\\\windows\\\\system32 "x"</w:instrText>')),
    "a script in a PDF": ("a.pdf", action("/JavaScript")),
    "a program that a PDF starts": ("a.pdf", action("/Launch")),
}
LEFT_BEHIND: dict[str, tuple[str, bytes, str]] = {
    "comments": ("a.docx", docx(**{"word/comments.xml": f'<c {W}><w:comment w:author="张三"/></c>'}), "批注1处"),
    "changes": ("a.docx", word('<w:ins w:id="1" w:author="张三"><w:t>甲</w:t></w:ins>'), "修订记录1处"),
    "a note in a PDF": ("a.pdf", written(note), "批注"),
    "a file in a PDF": ("a.pdf", written(lambda writer: writer.add_attachment("b.txt", b"x")), "附带文件1个"),
    "the place of a picture": ("a.jpg", photo(place=True), "拍摄地点（GPS）"),
    "the place of a picture in a document": (
        "a.docx",
        docx(**{"word/media/i.jpeg": photo(place=True)}),
        "拍摄地点（GPS）",
    ),
}
AUTHORS: dict[str, tuple[str, bytes]] = {
    "a document": ("a.docx", docx(**{"docProps/core.xml": "<p><dc:creator xmlns:dc='urn:dc'>张三</dc:creator></p>"})),
    "a comment": ("a.docx", docx(**{"word/comments.xml": f'<c {W}><w:comment w:author="张三"/></c>'})),
    "a PDF": ("a.pdf", written(lambda writer: writer.add_metadata({"/Author": "张三"}))),
}


def faults(name: str, content: bytes) -> dict[str, str]:
    return {code: words for code, words, _ in examine_bytes(name, PurePosixPath(name).suffix, content)}


@pytest.mark.parametrize(("name", "content"), HIDDEN_NUMBERS.values(), ids=HIDDEN_NUMBERS)
def test_a_number_is_found_wherever_it_lies(name: str, content: bytes) -> None:
    found = faults(name, content)
    assert "手机号码" in found["PRIV-01"]
    assert NUMBER not in "".join(found.values())


@pytest.mark.parametrize(("name", "content"), ACTIVE.values(), ids=ACTIVE)
def test_what_runs_is_refused(name: str, content: bytes) -> None:
    assert "会运行的内容，或者从别处取内容" in faults(name, content)["ATT-02"]


@pytest.mark.parametrize(("name", "content", "trace"), LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_what_is_left_behind_is_named(name: str, content: bytes, trace: str) -> None:
    assert trace in faults(name, content)["ATT-07"]


@pytest.mark.parametrize(("name", "content"), AUTHORS.values(), ids=AUTHORS)
def test_names_in_properties_are_told(name: str, content: bytes) -> None:
    assert "张三" in faults(name, content)["ATT-08"]


PLAIN = {"a.docx": docx(), "a.xlsx": xlsx("甲"), "a.doc": compound("WordDocument", words="甲"), "a.pdf": pdf("words"),
         "a.jpg": photo(), "a.txt": "甲".encode()}  # fmt: skip


@pytest.mark.parametrize(("name", "content"), PLAIN.items(), ids=PLAIN)
def test_nothing_is_said_of_a_plain_file(name: str, content: bytes) -> None:
    assert faults(name, content) == {}


@pytest.mark.parametrize(
    "content",
    [
        docx(**{"word/x.xml": '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}),
        docx(**{"word/large.xml": b"<x>" + b" " * MAX_UNPACKED_BYTES}),
        docx(**{"word/e.xlsx": archive({"x.xml": b" " * (MAX_UNPACKED_BYTES - 1000)}), "word/y.xml": b" " * 2000}),
        docx()[:200],
    ],
    ids=["entities of its own", "a bomb", "a bomb inside", "cut"],
)
def test_what_cannot_be_read_whole_is_refused(content: bytes) -> None:
    assert set(faults("a.docx", content)) == {"ATT-02"}


def test_a_part_of_nothing_but_brackets_is_read_once() -> None:
    """It was quadratic: 39 KB stopped a check for good."""
    assert faults("a.docx", docx(**{"word/x.xml": b"<" * 40_000_000})) == {}
