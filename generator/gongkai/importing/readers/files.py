"""Which reader a file wants, judged by its content, not its name; what cannot be imported is refused in a sentence.

Time and memory are bounded before anything is parsed: the size on disk, the unpacked size of a Word file, its number of
parts, the pages of a PDF.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from msgspec.structs import replace

from gongkai.importing.blocks import Reading, Refusal, texts_of
from gongkai.importing.readers.bundles import read_mail, read_zip
from gongkai.importing.readers.office import converted
from gongkai.importing.readers.sheets import read_workbook
from gongkai.importing.readers.text import read_text
from gongkai.text.patterns import IGNORECASE, whole

_LARGEST = 60 * 1024 * 1024
_LARGEST_TEXT = 4 * 1024 * 1024
_LARGEST_PART = 40 * 1024 * 1024
_LARGEST_UNPACKED = 200 * 1024 * 1024
_LARGEST_RATIO = 300
_MOST_PARTS = 4000
_MOST_TEXTS = 100_000
_MOST_CHARACTERS = 4_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MAIL = whole(rb"(?:[\w-]+: [^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*MIME-Version: 1\.0", IGNORECASE)
_KNOWN = ".docx、.pdf、.ofd、.xlsx、.csv、.html、.txt、.eml 或 .zip"


def read_file(path: Path, *, original: bool = False) -> Reading | Refusal:
    """Read a file of any supported kind, or say why not; ``original``: a Word file as before its tracked changes."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            return Refusal("这不是一个文件", "请给出一个 .docx、.pdf、.xlsx、.html 或 .txt 文件")
        if size > _LARGEST:
            return Refusal(
                f"文件有 {size // 1024 // 1024} MB，超过可以导入的 60 MB", "请删去图片后另存，或只导入需要的部分"
            )
        data = path.read_bytes()
    except OSError as error:
        return Refusal(f"无法打开文件：{error.strerror or error}", "请核对文件名和路径")
    reading = read_bytes(data, path.suffix.lower())
    return reading if isinstance(reading, Refusal) or not original else _before_changes(data, path.suffix.lower())


def _before_changes(data: bytes, suffix: str) -> Reading | Refusal:
    from gongkai.importing.readers.revisions import before_changes, is_word  # noqa: PLC0415 - of an extra

    if not is_word(data):
        return Refusal("只有 Word 文件（.docx）记有修订", "请去掉 --changes；压缩包和邮件里的，请先取出来再导入")
    reading = read_bytes(before_changes(data), suffix)
    doubt = "文件里的修订没有采用：按修订以前的文字导入（--changes original）"
    return reading if isinstance(reading, Refusal) else replace(reading, doubts=(doubt, *reading.doubts))


def read_bytes(data: bytes, suffix: str) -> Reading | Refusal:
    """Like ``read_file``; ``suffix`` only decides where the content leaves a choice.

    Raises:
        ModuleNotFoundError: when the library for a kind of file is not installed; text needs none.
    """
    found = _read(data, suffix)
    return found if isinstance(found, Refusal) else _too_long(found) or found


def _too_long(reading: Reading) -> Refusal | None:
    """Recognising looks at every paragraph and cell, some thousand of them in a second."""
    found = [*reading.blocks, *(block for _, blocks in reading.files for block in blocks)]
    texts = [text for block in found for text in texts_of(block)]
    hint = "请核对是否选错了文件；若确是公文，请只导入需要的部分"
    if len(texts) > _MOST_TEXTS:
        words = f"文件里的段落和表格的格子有 {len(texts)} 个，超过可以导入的 {_MOST_TEXTS} 个，不像一份公文"
        return Refusal(words, hint)
    if sum(map(len, texts)) > _MOST_CHARACTERS:
        return Refusal(f"文件里的字超过 {_MOST_CHARACTERS // 10_000} 万个，不像一份公文", hint)
    return None


def _read(data: bytes, suffix: str) -> Reading | Refusal:
    if not data.strip():
        return Refusal("文件是空的（0 字节或只有空白）", "请核对是否下载完整，重新保存后再导入")
    if found := _by_first_bytes(data, suffix):
        return found
    if suffix == ".eml" or _MAIL.match(data[:400]):
        return read_mail(data, read_bytes)
    if suffix == ".csv":
        return read_workbook(data, "文件")
    if len(data) > _LARGEST_TEXT:
        return Refusal("文本超过 4 MB，不像一份公文", "请核对是否选错了文件")
    if suffix in (".html", ".htm", ".shtml", ".mht") or _looks_like_html(data):
        from gongkai.importing.readers.html import read_html  # noqa: PLC0415 - of an extra

        return read_html(data)
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Refusal("认不出这是什么格式的文件", f"请导入 {_KNOWN}；其他格式请先另存为 .docx")
    return read_text(data)


def _by_first_bytes(data: bytes, suffix: str) -> Reading | Refusal | None:
    """What the first bytes say, which no text begins with; None for everything else."""
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(_OLE):
        return _ole(data, suffix)
    if b"%PDF-" in data[:1024]:
        from gongkai.importing.readers.pdf import read_pdf  # noqa: PLC0415 - of an extra

        return read_pdf(data)
    if data.startswith(b"{\\rtf"):
        return _by_office(data, ".rtf", "RTF 文件")
    if picture := _picture(data):
        return Refusal(
            f"这是图片（{picture}），里面没有文字", "请找到文字版，或先用文字识别（OCR）软件转成文字并校对后再导入"
        )
    return None


def _looks_like_html(data: bytes) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(
        (b"<!doctype", b"<html", b"<head", b"<body", b"<div", b"<p", b"<table", b"<?xml", b"<meta", b"<article")
    )


def _picture(data: bytes) -> str | None:
    kinds = {
        b"\x89PNG": "PNG",
        b"\xff\xd8\xff": "JPEG",
        b"GIF8": "GIF",
        b"II*\x00": "TIFF",
        b"MM\x00*": "TIFF",
        b"BM": "BMP",
    }
    return next((name for magic, name in kinds.items() if data.startswith(magic)), None)


def _by_office(data: bytes, suffix: str, what: str) -> Reading | Refusal:
    made = converted(data, suffix, what)
    if isinstance(made, Refusal):
        return made
    reading = read_bytes(*made)
    doubt = f"这是{what}，经 LibreOffice 转换后导入，请对照原件核对"
    return reading if isinstance(reading, Refusal) else replace(reading, doubts=(doubt, *reading.doubts))


def _ole(data: bytes, suffix: str) -> Reading | Refusal:
    if _ENCRYPTED_STREAM in data:
        return Refusal("文件设了打开密码", "请用 WPS 或 Word 打开，取消密码后另存，再导入")
    name = {".wps": "WPS 文字（.wps）", ".xls": "旧版 Excel（.xls）", ".et": "WPS 表格（.et）", ".ppt": "旧版演示文稿"}
    return _by_office(data, suffix, f"{name.get(suffix, '旧版 Word（.doc）或 WPS ')}文件")


def _zipped(data: bytes) -> Reading | Refusal:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Refusal("文件已损坏，压缩包打不开", "请重新下载或请发来的人重新保存")
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    bomb = any(
        part.file_size > 1024 * 1024 and part.file_size > _LARGEST_RATIO * max(part.compress_size, 1) for part in parts
    )
    large = any(part.file_size > _LARGEST_PART and part.filename.endswith(".xml") for part in parts)
    if large or unpacked > _LARGEST_UNPACKED or len(parts) > _MOST_PARTS or bomb:
        return Refusal(
            "压缩文件展开后大得不正常，不像一份公文，没有打开", "请核对来源；若确是公文，请用 Word 打开后另存"
        )
    if any(part.flag_bits & 1 for part in parts):
        return Refusal("压缩文件设了密码", "请取消密码后再导入")
    return _by_parts(data, names)


def _by_parts(data: bytes, names: set[str]) -> Reading | Refusal:
    if "word/document.xml" in names or any(name.startswith("word/document") for name in names):
        from gongkai.importing.readers.docx import read_docx  # noqa: PLC0415 - of an extra

        return read_docx(data)
    if "OFD.xml" in names:
        from gongkai.importing.readers.ofd import read_ofd  # noqa: PLC0415 - of an extra

        return read_ofd(data)
    if any(name.startswith("xl/") for name in names):
        return read_workbook(data, "文件")
    if "content.xml" in names:
        sheet = b"opendocument.spreadsheet" in data[:200]
        return _by_office(data, ".ods" if sheet else ".odt", "OpenDocument 文件")
    return read_zip(data, read_bytes)
