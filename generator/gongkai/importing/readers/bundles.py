"""Several files in one: a mail (.eml) with its attachments, a zip of a notice with its annexes -> one reading.

The notice comes first, its annexes follow in the order of their names, so that the drafts of all refer to its document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import PurePosixPath

from gongkai.importing.blocks import Block, LeftOut, Paragraph, Reading, Refusal
from gongkai.importing.readers.text import parse_text
from gongkai.importing.recognise.titles import payload_title, title_length
from gongkai.text.markers import marker
from gongkai.text.patterns import anywhere
from gongkai.text.phrases import PAYLOAD_WORD

Read = Callable[[bytes, str], Reading | Refusal]
"""Reads one file by its content and suffix."""

_MOST_FILES = 60
_LETTER = 300
"""A mail with attachments whose text is shorter only says that they are there."""
_NUMBERED = anywhere(r"^(?:附件|附表|附)?\s*(?:[\d一二三四五六七八九十]{1,3}\s*)?(?:[.、:：．_-]\s*)?")
_HEAD = 20


def read_mail(data: bytes, read: Read) -> Reading | Refusal:
    """The text of a mail and what is attached to it; who wrote to whom is no part of a document."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain", "html"))
    text = str(body.get_content()) if body is not None else ""
    files = [
        (part.get_filename() or "", bytes(part.get_payload(decode=True) or b""))
        for part in message.iter_attachments()
        if part.get_filename()
    ]
    html = body is not None and body.get_content_subtype() == "html"
    letter = read(text.encode(), ".html") if html else parse_text(text, source="电子邮件")
    joined = _together(files, read, "电子邮件")
    if isinstance(letter, Refusal) or not text.strip():
        return joined
    if isinstance(joined, Refusal):
        return letter if not files else Refusal(joined.message, joined.hint)
    words = [block for block in letter.blocks if isinstance(block, Paragraph)]
    if len(text) < _LETTER and not any(marker(block.text) for block in words):
        said = tuple(LeftOut(block.text, "邮件正文", block.line) for block in words)
        return Reading("电子邮件", joined.blocks, (*said, *joined.left_out), joined.doubts)
    return Reading("电子邮件", (*letter.blocks, *joined.blocks), joined.left_out, (*letter.doubts, *joined.doubts))


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
        nested = suffix in (".zip", ".eml", ".rar", ".7z")
        reading = Refusal("里面又是压缩包或者邮件", "") if nested else read(data, suffix)
        if isinstance(reading, Refusal):
            doubts.append(f"其中的“{name}”没有导入：{reading.message}")
        else:
            found.append((name, reading))
            doubts += [f"“{name}”：{doubt}" for doubt in reading.doubts]
    if not found:
        why = "；".join(doubts) or f"{source}里没有文件"
        return Refusal(f"{source}里没有可以导入的文件（{why}）", "请导入 .docx、.pdf、.xlsx、.html 或 .txt")
    found.sort(key=lambda pair: not _is_notice(pair[1].blocks))
    blocks = [block for at, (name, reading) in enumerate(found) for block in _titled(name, reading, first=at == 0)]
    left_out = tuple(item for _, reading in found for item in reading.left_out)
    return Reading(f"{source}：{'、'.join(name for name, _ in found)}", tuple(blocks), left_out, tuple(doubts))


def _is_notice(blocks: Sequence[Block]) -> bool:
    return any(title_length(blocks, at) for at in range(min(len(blocks), _HEAD)))


def _titled(name: str, reading: Reading, *, first: bool) -> Sequence[Block]:
    """An annex that prints no title has that of its file."""
    title = _NUMBERED.sub("", PurePosixPath(name).stem)
    named = any(payload_title(reading.blocks, at) for at in range(min(len(reading.blocks), _HEAD)))
    if first or named or not PAYLOAD_WORD.search(title):
        return reading.blocks
    return (Paragraph(title, 0), *reading.blocks)
