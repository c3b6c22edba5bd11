"""The tree of authored files -> shapes, with all that is wrong in any of them. One broken file hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

import yaml
from pydantic import ValidationError

from generator.findings.finding import Finding, Severity
from generator.load.attachments import digest_of, read_attachments, unused_files
from generator.load.messages import shape_messages
from generator.load.shapes import RECORD_FILES, VOCABULARY_FILES, Shape
from generator.load.syntax import explain
from generator.load.yaml_positions import locate
from generator.load.yaml_values import ValueProblem, load_values
from generator.model.attachment import Attachment
from generator.model.private import private_data
from generator.store import Store

MAX_FILE = 5_000_000
VOCABULARIES = "vocabularies/"
"""Stands for all vocabularies among the ids of records; no id has a stroke."""
_RESERVED = frozenset({"page", "genres", "years"})
"""``units/page/2/`` is the second page of the list of units, ``documents/years/2021/`` the documents of a year."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
UNUSABLE_IDS = _RESERVED | _DEVICES
"""Ids that no record can have: they would be addresses or file names with a meaning of their own."""
KINDS = RECORD_FILES | VOCABULARY_FILES


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A well-shaped file: its path relative to the repository (with ``/``), its kind, the ids in it, its digest.

    ``read`` gives its shape, which is costly and seldom asked for. ``ids`` is the one id of a record, or all of a
    vocabulary; ``document`` names the file that carries a record's document, where that is another one.
    ``moved_from`` and ``attached`` (file and title) are as written; ``attachments`` are those that may be published, by
    name, and the digest covers them too.
    """

    path: str
    kind: str
    ids: tuple[str, ...]
    document: str | None
    digest: str
    read: Callable[[], Shape]
    moved_from: tuple[str, ...] = ()
    attached: tuple[tuple[str, str], ...] = ()
    attachments: Mapping[str, Attachment] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        """What the editor wrote."""
        return self.read()


@dataclass(frozen=True, slots=True)
class Loaded:
    """All well-shaped files in a stable order, and the findings of all others."""

    files: tuple[LoadedFile, ...]
    findings: tuple[Finding, ...]

    @property
    def digests(self) -> dict[str, str]:
        """Digests of the files that hold records, by the record's id, and of all vocabularies together."""
        records = {file.ids[0]: file.digest for file in self.files if file.kind in RECORD_FILES}
        return records | {VOCABULARIES: "".join(file.digest for file in self.files if file.kind in VOCABULARY_FILES)}


def load_tree(root: Path, store: Store | None = None) -> Loaded:
    """Read ``plans/**/*.yml`` below ``root``; hidden names and ``files/`` directories (attachments) are left out.

    What is in ``store`` is not parsed again.
    """
    store = store or Store()
    files: list[LoadedFile] = []
    findings: list[Finding] = []
    for path in _authored(root):
        name = path.relative_to(root).as_posix()
        if not path.resolve().is_relative_to(root.resolve()):
            findings.append(_error("YAML-14", name, 1, 1, "这个链接指向仓库以外的文件", "请把文件本身放进仓库"))
            continue
        content, found = _read(path, name)
        if content is None:
            findings += found
            continue
        file, found = _kept(name, content, store)
        findings += found
        if file:
            file, found = _with_attachments(root, file, content, store)
            files.append(file)
            findings += found
    findings += _duplicates(files)
    findings += unused_files(root, [item.source for file in files for item in file.attachments.values()])
    return Loaded(tuple(files), tuple(findings))


def _with_attachments(root: Path, file: LoadedFile, content: bytes, store: Store) -> tuple[LoadedFile, list[Finding]]:
    if not file.attached:
        return file, []
    attachments, findings = read_attachments(root, file.path, file.attached, content.decode("utf-8-sig"), store)
    return replace(file, attachments=attachments, digest=file.digest + digest_of(attachments)), findings


_Facts = tuple[str, tuple[str, ...], str | None, tuple[str, ...], tuple[tuple[str, str], ...]]
"""What is kept of a file without its shape: kind, ids, the file of its document, old ids, attachments as written."""


def _kept(name: str, content: bytes, store: Store) -> tuple[LoadedFile | None, list[Finding]]:
    """:func:`load_bytes`, or what it gave for the same file before."""
    made = blake2b(name.encode() + b"\0" + content, digest_size=16).hexdigest()
    parsed = cache(lambda: load_bytes(name, content))

    def parse() -> tuple[_Facts | None, list[Finding]]:
        file, findings = parsed()
        return (file.kind, file.ids, file.document, file.moved_from, file.attached) if file else None, findings

    def shape() -> Shape:
        file, _ = parsed()
        assert file is not None
        return file.shape

    known, findings = store.kept(parse, "file", made)
    if known is None:
        return None, findings
    kind, ids, document, moved_from, attached = known
    vocabulary = kind in VOCABULARY_FILES  # always asked for
    read = cache(lambda: store.kept(shape, "shape", made)) if vocabulary else shape
    return LoadedFile(name, kind, ids, document, made, read, moved_from, attached), findings


def _read(path: Path, name: str) -> tuple[bytes | None, list[Finding]]:
    """The bytes of an ordinary file of a bearable size; anything else is never opened, for a pipe would never end."""
    try:
        if path.is_file():
            if path.stat().st_size > MAX_FILE:
                return None, [_too_large(name)]
            return path.read_bytes(), []
    except OSError:
        pass
    return None, [_error("YAML-14", name, 1, 1, "这不是可以读取的文件", "请删去，或换成普通文件")]


def _authored(root: Path) -> list[Path]:
    plans = root / "plans"
    found = [path for pattern in ("*.yml", "*.yaml") for path in plans.rglob(pattern)]
    parts = {path: path.relative_to(plans).parts for path in found}
    return sorted(
        path for path in found if "files" not in parts[path] and not any(part.startswith(".") for part in parts[path])
    )


def load_bytes(name: str, content: bytes) -> tuple[LoadedFile | None, list[Finding]]:
    """One file: decoded, parsed, shaped. Returns None beside the findings when it cannot be used."""
    if len(content) > MAX_FILE:
        return None, [_too_large(name)]
    findings: list[Finding] = []
    if content.startswith(b"\xef\xbb\xbf"):
        hint = "请另存为“UTF-8（无 BOM）”"
        findings.append(Finding("YAML-13", Severity.WARNING, name, 1, 1, "文件开头有看不见的 BOM 标记", hint))
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [*findings, _not_utf8(name, content, error)]
    file, found = load_text(name, text)
    return file, findings + found


def load_text(name: str, text: str) -> tuple[LoadedFile | None, list[Finding]]:
    """The same for text that is already decoded."""
    try:
        value = load_values(text)
    except ValueProblem as problem:
        return None, [_error(problem.code, name, problem.line, problem.column, problem.message, problem.hint)]
    except yaml.MarkedYAMLError as error:
        note = explain(text, error)
        return None, [_error(note.code, name, note.line, note.column, note.text, note.hint)]
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return None, [_error("YAML-12", name, line, 1, "文字里有看不见的控制字符", "请重新输入这一行")]
    file, findings = _shape(name, text, value)
    return file, findings + _private(name, text)


def _shape(name: str, text: str, value: object) -> tuple[LoadedFile | None, list[Finding]]:
    if value is None:
        return None, [_error("SHAPE-03", name, 1, 1, "文件是空的", "请填写内容，或删去这个文件")]
    if not isinstance(value, dict):
        hint = "文件最外层应当是“字段: 内容”，第一行写 kind: plan 等"
        return None, [_error("SHAPE-03", name, 1, 1, "文件不是一组字段", hint)]
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        line, column = locate(text, ("kind",))
        words = f"不认识的文件种类 {kind}" if "kind" in value else "缺少字段 kind（文件种类）"
        return None, [_error("SHAPE-10", name, line, column, words, "可以写：" + "、".join(KINDS))]
    model = KINDS[kind]
    try:
        shape = model.model_validate(value)
    except ValidationError as error:
        return None, _shape_findings(name, text, model, error)
    document = getattr(shape, "document", None)
    refers = document if isinstance(document, str) else None
    attached = tuple((item.file, item.title) for item in getattr(document, "attachments", ()))
    moved = tuple(getattr(shape, "moved_from", ()))
    file = LoadedFile(name, kind, tuple(_ids(kind, shape)), refers, "", lambda: shape, moved, attached)
    return file, _name_findings(name, text, kind, shape)


def _shape_findings(name: str, text: str, model: type[Shape], error: ValidationError) -> list[Finding]:
    findings = []
    for message in shape_messages(model, error.errors(include_url=False)):
        line, column = locate(text, message.path, key=message.at_key)
        findings.append(_error(message.code, name, line, column, message.text, message.hint))
    return findings


def _name_findings(name: str, text: str, kind: str, shape: Shape) -> list[Finding]:
    stem = Path(name).stem
    identifier = getattr(shape, "id", stem) if kind in RECORD_FILES else stem
    if identifier == stem:
        return []
    line, column = locate(text, ("id",))
    hint = f"请把文件名改为 {identifier}.yml，或把 id 改为 {stem}（已发布的编号不要改）"
    return [_error("SHAPE-11", name, line, column, f"编号 {identifier} 与文件名 {stem} 不同", hint)]


def _duplicates(files: Iterable[LoadedFile]) -> list[Finding]:
    """The same id in two files, or twice in the vocabularies; and ids that are no names of directories everywhere."""
    findings = []
    seen: dict[str, str] = {}
    for file in files:
        for identifier in file.ids:
            if identifier.rpartition(":")[2] in _DEVICES:
                words = f"编号 {identifier} 是 Windows 系统保留的名称，拿到 Windows 上打不开"
                findings.append(_error("SHAPE-13", file.path, 1, 1, words, "请换一个编号"))
            if identifier.rpartition(":")[2] in _RESERVED:
                words = f"编号 {identifier} 是网址中分页用的，不能作编号"
                findings.append(_error("SHAPE-13", file.path, 1, 1, words, "请换一个编号"))
            if identifier in seen:
                words = f"编号 {identifier} 已经用在 {seen[identifier]}"
                findings.append(_error("SHAPE-12", file.path, 1, 1, words, "每个编号只能用一次，请换一个"))
            seen.setdefault(identifier, file.path)
    return findings


def _ids(kind: str, shape: Shape) -> list[str]:
    if kind in RECORD_FILES:
        return [f"{getattr(shape, 'id', '')}"]
    entries = getattr(shape, kind, None) or []
    return [f"{kind}:{entry.id}" for entry in entries if hasattr(entry, "id")]


def _too_large(name: str) -> Finding:
    return _error("YAML-11", name, 1, 1, f"文件超过 {MAX_FILE // 1_000_000} MB", "请拆成几个文件")


def _private(name: str, text: str) -> list[Finding]:
    """Personal data anywhere in the file, comments too: what is in the repository is public."""
    hint = "请删去或以 * 代替后再提交；已经提交过的还要从历史记录中清除"
    return [
        _error("PRIV-01", name, *_place(text, datum.start), f"这里有{datum.kind}（{datum.masked}），不能公开", hint)
        for datum in private_data(text)
    ]


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _not_utf8(name: str, content: bytes, error: UnicodeDecodeError) -> Finding:
    line = content.count(b"\n", 0, error.start) + 1
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return _error("YAML-13", name, line, 1, "文件里有不是 UTF-8 的字符", "请用记事本打开，另存为 UTF-8 编码")
    hint = "请用记事本打开，选“另存为”，编码选 UTF-8"
    return _error("YAML-13", name, line, 1, "文件是 GBK（ANSI）编码，不是 UTF-8", hint)


def _error(code: str, name: str, line: int, column: int, message: str, hint: str | None) -> Finding:
    return Finding(code, Severity.ERROR, name, line, column, message, hint)
