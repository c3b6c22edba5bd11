"""Attachments (附件) of official documents: files that are published as they are, and the kinds that may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct


class FileFormat(NamedTuple):
    """A kind of file: what readers call it, its first bytes, and for a zip archive a member that only this kind has."""

    label: str
    magic: bytes
    member: str = ""


_ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the files of older office programs begin."""

FORMATS: Mapping[str, FileFormat] = {
    ".pdf": FileFormat("PDF", b"%PDF-"),
    ".ofd": FileFormat("OFD", _ZIP, "OFD.xml"),
    ".docx": FileFormat("Word", _ZIP, "word/document.xml"),
    ".xlsx": FileFormat("Excel", _ZIP, "xl/workbook.xml"),
    ".pptx": FileFormat("PowerPoint", _ZIP, "ppt/presentation.xml"),
    ".doc": FileFormat("Word", OLE),
    ".xls": FileFormat("Excel", OLE),
    ".wps": FileFormat("WPS 文字", OLE),
    ".et": FileFormat("WPS 表格", OLE),
    ".png": FileFormat("图片", b"\x89PNG\r\n\x1a\n"),
    ".jpg": FileFormat("图片", b"\xff\xd8\xff"),
    ".txt": FileFormat("文本", b""),
    ".csv": FileFormat("CSV", b""),
}
"""Formats by extension. None of them runs in a browser; archives and files with macros are left out on purpose."""

ILLUSTRATIONS: Mapping[str, FileFormat] = {
    ".jpeg": FileFormat("图片", b"\xff\xd8\xff"),
    ".gif": FileFormat("图片", b"GIF8"),
    ".webp": FileFormat("图片", b"RIFF"),
    ".svg": FileFormat("图片", b""),
}
"""Further pictures that pages of content/ show."""

THEME_FILES: Mapping[str, FileFormat] = {
    **ILLUSTRATIONS,
    ".png": FORMATS[".png"],
    ".jpg": FORMATS[".jpg"],
    ".ico": FileFormat("图标", b"\0\0\1\0"),
    ".css": FileFormat("样式", b""),
    ".js": FileFormat("脚本", b""),
    ".mjs": FileFormat("脚本", b""),
    ".json": FileFormat("数据", b""),
    ".webmanifest": FileFormat("数据", b""),
    ".txt": FORMATS[".txt"],
    ".woff2": FileFormat("字体", b"wOF2"),
    ".woff": FileFormat("字体", b"wOFF"),
    ".ttf": FileFormat("字体", b"\0\1\0\0"),
    ".otf": FileFormat("字体", b"OTTO"),
}
"""What the look of the column is made of, beside its templates: the files of overrides/."""


class Attachment(Struct, frozen=True):
    """One attachment: what readers see, the file's name, where it lies in the repository, its size and its digest."""

    title: str
    file: str
    source: str
    size: int
    sha256: str

    @property
    def format(self) -> str:
        """What readers call the kind of file."""
        return FORMATS[self.file[self.file.rindex(".") :]].label

    @property
    def printed_size(self) -> str:
        """The size as readers know it from their computers: 1024 bytes are a KB."""
        if self.size < _STEP:
            return f"{self.size}字节"
        if self.size < _STEP * _STEP:
            return f"{self.size / _STEP:.0f}KB"
        return f"{self.size / _STEP / _STEP:.1f}MB"


_STEP = 1024
