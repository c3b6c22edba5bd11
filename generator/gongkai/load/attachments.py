"""Attachments on disk: ``files/`` beside the authored file. What is wrong with one is said where it is named.

Nothing is opened that is no ordinary file inside the repository; of an archive no more is unpacked than ``_UNPACKED``.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from gongkai.cache.cache import Cache
from gongkai.column.attachment import FORMATS, OLE, Attachment, FileFormat
from gongkai.findings.finding import Finding, Severity
from gongkai.load.drawings import DrawingError, read_drawing
from gongkai.load.pdf_text import pdf_words
from gongkai.load.yaml_positions import locate
from gongkai.text.personal_data import private_data

FOLDER = "files"
MAX_ATTACHMENT_BYTES = 20_000_000
"""Bytes. A phone on a slow network (1 Mbit/s) loads such a file in three minutes."""
_UNPACKED = 50_000_000
_NAME = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff（）〔〕《》“”、—_.-]{0,79}")
_SAYS_NOTHING = re.compile(
    r"(附件|文件|正文|文档|下载|扫描件?|图片|截图|新建.*|无标题|未命名|untitled|scan|img|image|doc|file|new)?[\d\s._()（）-]*",
    re.IGNORECASE,
)
_TEXT = {".txt", ".csv", ".css", ".js", ".mjs", ".json", ".webmanifest"}
_READ = {".pdf", ".ofd", ".docx", ".xlsx", ".pptx"}
"""Kinds that have text when they are what they should be."""
_ENDS = re.compile(rb"</(?:\w+:)?(?:p|tr|tc|si|c|row|v|TextCode)>")
_TAGS = re.compile(rb"<[^>]*>")
_BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)

Fault = tuple[str, str, str]
"""Code, sentence, and what to do."""

_UNREAD = "ATT-06"
"""The one fault that forbids nothing: nobody could look for personal data."""


def read_attachments(
    root: Path, name: str, attached: Iterable[tuple[str, str]], text: str, cache: Cache
) -> tuple[dict[str, Attachment], list[Finding]]:
    """The attachments of an authored file, by name, and what is wrong.

    Args:
        root: the repository.
        name: the authored file.
        attached: file and title of each attachment as written there.
        text: the authored file's text, for places.
        cache: what was found in a file before, by its content: reading a long PDF takes seconds.
    """
    found: dict[str, Attachment] = {}
    findings: list[Finding] = []
    for at, (file, title) in enumerate(attached):
        source = (PurePosixPath(name).parent / FOLDER / file).as_posix()
        content, faults = examine(root, source, file, cache)
        stem, extension = PurePosixPath(file).stem, PurePosixPath(file).suffix
        if content and _SAYS_NOTHING.fullmatch(stem):
            words = f"附件的文件名“{file}”看不出内容"
            faults.append(("ATT-04", words, f"请改成说明内容的名称，如 2026年任务分解表{extension}"))
        if any(file.casefold() == other.casefold() for other in found):
            faults.append(("ATT-04", f"附件 {file} 写了两次，或只有大小写不同", "请删去一个，或改名"))
        if _SAYS_NOTHING.fullmatch(title):
            faults.append(("ATT-04", f"附件标题“{title}”看不出内容", "请写附件的名称，如 2026年任务分解表"))
        path = ("document", "attachments", at, "file")
        line, column = locate(text, path)
        findings += [
            Finding(code, _weight(code), name, line, column, said, hint, path=path, fields=("file",))
            for code, said, hint in faults
        ]
        if not any(code != _UNREAD for code, _, _ in faults):
            digest = hashlib.sha256(content).hexdigest()
            found[file] = Attachment(title, file, source, len(content), digest)
    return found, findings


def _weight(code: str) -> Severity:
    return Severity.WARNING if code == _UNREAD else Severity.ERROR


def unused_files(root: Path, named: Iterable[str]) -> list[Finding]:
    """Files in ``files/`` that no authored file names: they are not published."""
    known = set(named)
    hint = "请写进文件的 document.attachments，或删去"
    return [
        Finding("ATT-05", Severity.WARNING, source, 1, 1, "没有文件提到这个附件，不会公开", hint)
        for folder in sorted((root / "plans").rglob(FOLDER))
        if folder.is_dir() and not folder.is_symlink()
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".") and (source := path.relative_to(root).as_posix()) not in known
    ]


def examine(
    root: Path, source: str, name: str, cache: Cache, kinds: Mapping[str, FileFormat] = FORMATS
) -> tuple[bytes, list[Fault]]:
    """The bytes of a file that is served as it is, and everything that forbids it.

    Args:
        root: the repository.
        source: where the file lies in it.
        name: the file's name.
        cache: what was found in a file before, by its content.
        kinds: the kinds of files that may lie there, by extension.
    """
    extension = PurePosixPath(name).suffix
    if not _NAME.fullmatch(name):
        return b"", [("ATT-04", f"附件的文件名“{name}”不能作网址", "只用汉字、字母、数字、连字符和点，不写路径和空格")]
    if extension not in kinds:
        return b"", [("ATT-02", f"不能公开 {extension or '没有扩展名'} 格式的附件", f"可以用：{'、'.join(kinds)}")]
    path = root / source
    if path.is_symlink() or not path.resolve().is_relative_to(root.resolve()) or not path.is_file():
        return b"", [("ATT-01", f"找不到附件 {source}", "请把文件放进同一目录的 files/，不能用链接代替")]
    size = path.stat().st_size
    if size == 0 or size > MAX_ATTACHMENT_BYTES:
        words = "是空的" if size == 0 else f"超过 {MAX_ATTACHMENT_BYTES // 1_000_000} MB"
        return b"", [("ATT-03", f"附件 {name} {words}", "请换成完整的文件" if size == 0 else "请压缩或拆分")]
    content = path.read_bytes()
    made = hashlib.sha256(content).hexdigest()
    magic = kinds[extension].magic
    return content, cache.get_or_make(
        lambda: list(_faults(name, extension, magic, content)), "attachment", name, made, kind=list[Fault], dear=True
    )


def _faults(name: str, extension: str, magic: bytes, content: bytes) -> Iterator[Fault]:
    try:
        words, active = read_drawing(content) if extension == ".svg" else (_words(extension, content), [])
    except (DrawingError, *_BROKEN_ARCHIVE):
        words, active = None, []
    if words is None or not content.startswith(magic):
        yield "ATT-02", f"附件 {name} 的内容不是 {extension} 文件", "请用原来的程序另存为这种格式，不要只改扩展名"
        return
    if active:
        said = f"附件 {name} 里有会运行的内容，或者从别处取内容：{'、'.join(active)}"
        yield "ATT-02", said, "请换成 .png 图片，或者用绘图程序另存为普通的 SVG"
    if not words.strip() and extension in _READ:
        hint = "请人工核对有没有个人信息；扫描件请换成由 Word 直接导出的 PDF"
        yield _UNREAD, f"附件 {name} 里读不出文字（可能是扫描件），没有检查个人信息", hint
    for datum in private_data(words):
        yield "PRIV-01", f"附件 {name} 里有{datum.kind}（{datum.masked}），不能公开", "请删去或以 * 代替后再放进来"


def _words(extension: str, content: bytes) -> str | None:
    """The words inside, as far as they can be read without the program that wrote them; None when it is another kind.

    Raises:
        one of ``_BROKEN_ARCHIVE``: when an archive cannot be read, or is larger unpacked than anyone would publish.
    """
    if extension in _TEXT:
        return None if b"\0" in content else content.decode("utf-8-sig")
    if extension == ".pdf":
        return pdf_words(content)
    if extension not in FORMATS:
        return ""
    if FORMATS[extension].magic == OLE:  # text is bytes or pairs of bytes there; digits look the same
        return content.replace(b"\0", b"").decode("latin-1")
    member = FORMATS[extension].member
    if not member:
        return ""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        inside = archive.infolist()
        if member not in archive.namelist() or any("vbaProject" in item.filename for item in inside):
            return None
        if sum(item.file_size for item in inside) > _UNPACKED:
            raise ValueError
        parts = (archive.read(item) for item in inside if item.filename.endswith(".xml"))
        return "\n".join(_plain(part) for part in parts)


def _plain(xml: bytes) -> str:
    return _TAGS.sub(b"", _ENDS.sub(b"\n", xml)).decode("utf-8", "replace")


def digest_of(attachments: Mapping[str, Attachment]) -> str:
    """What changes whenever an attachment does."""
    return "".join(item.sha256 for item in attachments.values())
