"""Attachments on disk: ``files/`` beside the authored file. What is wrong with one is said where it is named.

Nothing is opened that is no ordinary file inside the repository; an archive is unpacked up to ``MAX_UNPACKED_BYTES``.
"""

from __future__ import annotations

import difflib
import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from gongkai.cache.cache import Cache
from gongkai.column.attachment import FORMATS, OLE, THEME_FILES, Attachment, FileFormat
from gongkai.findings.finding import Finding, Severity
from gongkai.load.archives import read_archive
from gongkai.load.drawings import DrawingError, read_drawing
from gongkai.load.inside import BROKEN, Inside
from gongkai.load.legacy import read_legacy
from gongkai.load.pdf_text import read_pdf
from gongkai.load.photos import PHOTOS, read_photo
from gongkai.load.yaml_positions import locate
from gongkai.text.patterns import IGNORECASE, whole
from gongkai.text.personal_data import private_data

FOLDER = "files"
MAX_ATTACHMENT_BYTES = 20_000_000
"""Bytes. A phone on a slow network (1 Mbit/s) loads such a file in three minutes."""
_NAME = whole(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff（）〔〕《》“”、—_.-]{0,79}")
_SAYS_NOTHING = whole(
    r"新建.*|(附件|文件|正文|文档|下载|扫描件?|图片|截图|无标题|未命名|untitled|scan|img|image|doc|file|new)?[\d\s._()（）-]*",
    IGNORECASE,
)
_TEXT = {".txt", ".csv", ".css", ".js", ".mjs", ".json", ".webmanifest"}
_MAGIC = {extension: kind.magic for extension, kind in {**FORMATS, **THEME_FILES}.items()}
_READ = {".pdf", ".ofd", ".docx", ".xlsx", ".pptx"}
"""Kinds that have text when they are what they should be."""
Fault = tuple[str, str, str]
"""Code, sentence, and what to do."""

_UNREAD, _TRACES, _AUTHORS = "ATT-06", "ATT-07", "ATT-08"
_FORBID_NOTHING = {_UNREAD: Severity.WARNING, _TRACES: Severity.WARNING, _AUTHORS: Severity.INFO}
"""Nobody could look for personal data; something hidden is left in the file; somebody's name is."""


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
            Finding(code, weight(code), name, line, column, said, hint, path=path, fields=("file",))
            for code, said, hint in faults
        ]
        if not any(weight(code) is Severity.ERROR for code, _, _ in faults):
            digest = hashlib.sha256(content).hexdigest()
            found[file] = Attachment(title, file, source, len(content), digest)
    return found, findings


def weight(code: str) -> Severity:
    """How much a fault weighs: only what forbids to publish the file is an error."""
    return _FORBID_NOTHING.get(code, Severity.ERROR)


def unused_files(root: Path, named: Iterable[str]) -> list[Finding]:
    """Files in ``files/`` that no authored file names: they are not published."""
    known = set(named)
    hint = "要公开的，请写进公文的 document.attachments；不公开的，请移出 plans/"
    return [
        Finding("ATT-05", Severity.WARNING, source, 1, 1, "没有文件提到这个附件，不会公开", hint)
        for folder in sorted((root / "plans").rglob(FOLDER))
        if folder.is_dir() and not folder.is_symlink()
        for path in sorted(folder.iterdir())
        if not path.name.startswith(LITTER)
        and path.name not in LEFT_BY_SYSTEMS
        and (source := path.relative_to(root).as_posix()) not in known
    ]


LITTER = (".", "~$", "~WRL")
"""What names of files begin with that Office keeps open, or that a system hides."""
LEFT_BY_SYSTEMS = frozenset({"Thumbs.db", "ehthumbs.db", "desktop.ini", "Desktop.ini", "Icon\r"})


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
        known = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        hint = f"是否想写 {near[0]}？" if near else "请把文件放进同一目录的 files/，不能用链接代替"
        return b"", [("ATT-01", f"找不到附件 {source}", hint)]
    size = path.stat().st_size
    if size == 0 or size > MAX_ATTACHMENT_BYTES:
        words = "是空的" if size == 0 else f"超过 {MAX_ATTACHMENT_BYTES // 1_000_000} MB"
        return b"", [("ATT-03", f"附件 {name} {words}", "请换成完整的文件" if size == 0 else "请压缩或拆分")]
    content = path.read_bytes()
    made = hashlib.sha256(content).hexdigest()
    return content, cache.get_or_make(
        lambda: list(examine_bytes(name, extension, content)), "attachment", name, made, kind=list[Fault], dear=True
    )


def examine_bytes(name: str, extension: str, content: bytes) -> Iterator[Fault]:
    """Everything that forbids to serve content under a name, and what its owner should know of it."""
    try:
        inside = _inside(extension, content) if content.startswith(_MAGIC[extension]) else None
    except (DrawingError, *BROKEN):
        inside = None
    if inside is None:
        yield "ATT-02", f"附件 {name} 的内容不是 {extension} 文件", "请用原来的程序另存为这种格式，不要只改扩展名"
        return
    if inside.active:
        said = f"附件 {name} 里有会运行的内容，或者从别处取内容：{'、'.join(inside.active)}"
        yield (
            "ATT-02",
            said,
            _SAFE_COPY.get(extension, "请另存为不带宏和外部内容的文件，或者换成由原来的程序导出的 PDF"),
        )
    if not inside.words.strip() and extension in _READ:
        hint = "请人工核对有没有个人信息；扫描件请换成由 Word 直接导出的 PDF"
        yield _UNREAD, f"附件 {name} 里读不出文字（可能是扫描件），没有检查个人信息", hint
    yield from _left_behind(name, inside)
    for datum in private_data(inside.words):
        yield "PRIV-01", f"附件 {name} 里有{datum.kind}（{datum.masked}），不能公开", "请删去或以 * 代替后再放进来"


def words_of(root: Path, attachment: Attachment, cache: Cache) -> str:
    """All words of an attachment that may be published; none where it has none that can be read."""

    def read() -> str:
        content = (root / attachment.source).read_bytes()
        try:
            inside = _inside(PurePosixPath(attachment.file).suffix, content)
        except (DrawingError, *BROKEN):
            return ""
        return inside.words if inside else ""

    return cache.get_or_make(read, "words", attachment.sha256, PurePosixPath(attachment.file).suffix, kind=str)


def _left_behind(name: str, inside: Inside) -> Iterator[Fault]:
    """What readers do not see and can bring to light."""
    if inside.hidden:
        hint = "在 Word、Excel 里接受或拒绝全部修订，删去批注；照片去掉拍摄信息；再另存一份放进来"
        yield _TRACES, f"附件 {name} 里还留着{'、'.join(inside.hidden)}，下载的人看得到", hint
    if names := [name for name in inside.authors[:5] if not any(private_data(name))]:
        hint = "不想公开的，在 Word、Excel 的“文件—信息—检查文档”里删去属性和个人信息"
        yield _AUTHORS, f"附件 {name} 的属性里有名字：{'、'.join(names)}", hint


_SAFE_COPY = {".svg": "请换成 .png 图片，或者用绘图程序另存为普通的 SVG"}


def _inside(extension: str, content: bytes) -> Inside | None:
    """What a file holds; None when it is another kind than its extension says.

    Raises:
        DrawingError: when an .svg is no drawing.
        one of ``BROKEN``: when an archive cannot be read, or is larger unpacked than anyone would publish.
    """
    if extension == ".svg":
        words, active = read_drawing(content)
        return Inside(words, active=tuple(active))
    if extension in _TEXT:
        return None if b"\0" in content else Inside(content.decode("utf-8-sig"))
    if extension == ".pdf":
        return read_pdf(content, _attached)
    if extension in PHOTOS:
        return read_photo(content)
    if extension not in FORMATS:
        return Inside()
    if FORMATS[extension].magic == OLE:
        return read_legacy(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        if FORMATS[extension].member not in archive.namelist():
            return None
    return read_archive(content)


def _attached(name: str, content: bytes) -> Inside:
    """A file attached to a PDF, whatever it is; what is attached to that one is looked at as bytes."""
    extension = PurePosixPath(name).suffix.lower()
    try:
        found = (
            read_pdf(content, lambda _, inner: _plain(inner)) if extension == ".pdf" else _inside(extension, content)
        )
    except (DrawingError, *BROKEN):
        found = None
    return found or _plain(content)


def _plain(content: bytes) -> Inside:
    return Inside(content.decode("utf-8", "replace"))


def digest_of(attachments: Mapping[str, Attachment]) -> str:
    """What changes whenever an attachment does."""
    return "".join(item.sha256 for item in attachments.values())
