"""Several files in one: a mail (.eml) with its attachments, a zip of a notice with its annexes -> one reading.

Each file is read by itself, in the order of their names; which one is the notice, recognisers say.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePosixPath

from msgspec.structs import replace

from gongkai.importing.blocks import LeftOut, Reading, Refusal, texts_of
from gongkai.importing.readers.text import parse_text
from gongkai.text.markers import marker

Read = Callable[[bytes, str], Reading | Refusal]
"""Reads one file by its content and suffix."""

_MOST_FILES = 60
_MAIL = "电子邮件"
_LONGEST_TEXT = 4_000_000
_LETTER = 300
"""A mail with attachments whose text is shorter only says that they are there."""


def read_mail(data: bytes, read: Read) -> Reading | Refusal:
    """The text of a mail and what is attached to it; who wrote to whom is no part of a document."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    if len(text) > _LONGEST_TEXT:
        return Refusal(f"邮件正文超过 {_LONGEST_TEXT // 10_000} 万字，不像一份公文", "请核对是否选错了文件")
    files = [
        (part.get_filename() or "", bytes(part.get_payload(decode=True) or b""))
        for part in message.iter_attachments()
        if part.get_filename()
    ]
    html = body is not None and body.get_content_subtype() == "html"
    letter = read(text.encode(), ".html") if html else parse_text(text, source=_MAIL)
    joined = _together(files, read, _MAIL)
    if isinstance(letter, Refusal) or not text.strip():
        return joined
    if isinstance(joined, Refusal):
        return letter if not files else Refusal(joined.message, joined.hint)
    words = [text for block in letter.blocks for text in texts_of(block) if text.strip()]
    if len(text) < _LETTER and not any(map(marker, words)):
        said = (LeftOut(line, "邮件正文", at) for at, line in enumerate(words, start=1))
        return replace(joined, left_out=(*said, *joined.left_out))
    doubts, left_out = (*letter.doubts, *joined.doubts), (*letter.left_out, *joined.left_out)
    return replace(joined, blocks=letter.blocks, left_out=left_out, doubts=doubts)


def read_zip(data: bytes, read: Read) -> Reading | Refusal:
    """A notice with its annexes, packed; the archive has been found to be of a sane size."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        items = [item for item in archive.infolist() if not item.is_dir() and not _is_rubbish(item.filename)]
        if len(items) > _MOST_FILES:
            return Refusal(
                f"压缩包里有{len(items)}个文件，超过可以一起导入的{_MOST_FILES}个", "请只打包一份公文和它的附件"
            )
        try:
            files = [(_name(item), archive.read(item)) for item in items]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
            return Refusal("压缩包已损坏，里面的文件取不出来", "请重新打包")
    return _together(files, read, "压缩包")


def _is_rubbish(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith((".", "~$", "Thumbs.db")) or "__MACOSX" in path.parts


def _name(item: zipfile.ZipInfo) -> str:
    """Chinese Windows packs names in GBK without saying so."""
    if item.flag_bits & 0x800:
        return item.filename
    try:
        return item.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return item.filename


def _together(files: Sequence[tuple[str, bytes]], read: Read, source: str) -> Reading | Refusal:
    found: list[tuple[str, Reading]] = []
    doubts: list[str] = []
    for name, data in sorted(files):
        suffix = PurePosixPath(name).suffix.lower()
        nested = suffix in (".eml", ".rar", ".7z") or (suffix == ".zip" and source != _MAIL)
        reading = Refusal("里面又是压缩包或者邮件", "") if nested else read(data, suffix)
        if isinstance(reading, Refusal):
            doubts.append(f"其中的“{name}”没有导入：{reading.message}")
        else:
            found.append((name, reading))
            doubts += [f"“{name}”：{doubt}" for doubt in reading.doubts]
    if not found:
        why = "；".join(doubts) or f"{source}里没有文件"
        return Refusal(f"{source}里没有可以导入的文件（{why}）", "请导入 .docx、.pdf、.xlsx、.html 或 .txt")
    left_out = tuple(item for _, reading in found for item in reading.left_out)
    inside = [file for name, reading in found for file in (reading.files or ((name, reading.blocks),))]
    words = f"{source}：{'、'.join(name for name, _ in inside)}"
    return Reading(words, (), left_out, tuple(doubts), files=tuple(inside))
