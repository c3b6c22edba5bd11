"""``plans/`` -> every authored file, with all that is wrong in any of them. One broken file hides no other.

What was read before comes from the store; new files are read in two processes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.findings.finding import Finding
from generator.load.attachments import digest_of, read_attachments, unused_files
from generator.load.files import MAX_FILE, LoadedFile, failed, load_bytes, too_large
from generator.load.shapes import RECORD_FILES, VOCABULARY_FILES
from generator.load.yaml_values import load_values
from generator.store import Kept, Store

_RESERVED = frozenset({"page", "genres", "years"})
"""``units/page/2/`` is the second page of the list of units, ``documents/years/2021/`` the documents of a year."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
UNUSABLE_IDS = _RESERVED | _DEVICES
"""Ids that no record can have: they would be addresses or file names with a meaning of their own."""
VOCABULARIES = "vocabularies/"
"""Stands for all vocabularies among the ids of records; no id has a stroke."""


class ChangedError(Exception):
    """A file was saved while it was being read a second time."""


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

    Raises:
        ChangedError: when a file is saved meanwhile.
    """
    store = store or Store()
    files: list[LoadedFile] = []
    findings: list[Finding] = []
    found: list[tuple[_Source, Kept[_Facts]]] = []
    for path in _authored(root):
        name = path.relative_to(root).as_posix()
        digest, wrong = _digest(root, path, name)
        if digest is None:
            findings += wrong
        else:
            source = _Source(name, path, digest)
            found.append((source, store.later(partial(_facts, source, store), "file", digest, kind=_Facts)))
    store.fill(kept for _, kept in found)
    for source, kept in found:
        file, said = _loaded(root, source, kept(), store)
        findings += said
        files += [file] if file else []
    findings += _duplicates(files)
    findings += unused_files(root, [item.source for file in files for item in file.attachments.values()])
    return Loaded(tuple(files), tuple(findings))


@dataclass(frozen=True, slots=True)
class _Source:
    """An authored file on disk, and a digest of its name and content."""

    name: str
    path: Path
    digest: str

    def read(self) -> bytes:
        """The content.

        Raises:
            ChangedError: when it is another one by now.
        """
        content = self.path.read_bytes()
        if _digest_of(self.name, content) != self.digest:
            raise ChangedError(self.name)
        return content


_Known = tuple[str, tuple[str, ...], str | None, tuple[str, ...], tuple[tuple[str, str], ...]]
_Facts = tuple[_Known | None, list[Finding]]
"""What is kept of a file: kind, ids, the file of its document, old ids, attachments as written; and what is wrong."""


def _facts(source: _Source, store: Store) -> _Facts:
    file, findings = load_bytes(source.name, source.read())
    if file is None:
        return None, findings
    store.later(file.values, "values", source.digest).prepare()
    return (file.kind, file.ids, file.document, file.moved_from, file.attached), findings


def _values(source: _Source) -> Any:
    return load_values(source.read().decode("utf-8-sig"))


def _loaded(root: Path, source: _Source, facts: _Facts, store: Store) -> tuple[LoadedFile | None, list[Finding]]:
    known, findings = facts
    if known is None:
        return None, findings
    kind, ids, document, moved_from, attached = known
    parsed = partial(_values, source)
    values = store.later(parsed, "values", source.digest).once
    file = LoadedFile(source.name, kind, ids, document, source.digest, values, moved_from, attached, parsed=parsed)
    if not attached:
        return file, findings
    text = source.read().decode("utf-8-sig")
    attachments, said = read_attachments(root, file.path, attached, text, store)
    return replace(file, attachments=attachments, digest=file.digest + digest_of(attachments)), findings + said


def _digest(root: Path, path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """A digest of a file that may be read; it is read again when that is asked for, so that few are in memory."""
    if not path.resolve().is_relative_to(root.resolve()):
        return None, [failed("YAML-14", name, 1, 1, "这个链接指向仓库以外的文件", "请把文件本身放进仓库")]
    content, findings = _read(path, name)
    return (None if content is None else _digest_of(name, content)), findings


def _digest_of(name: str, content: bytes) -> str:
    return blake2b(name.encode() + b"\0" + content, digest_size=16).hexdigest()


def _read(path: Path, name: str) -> tuple[bytes | None, list[Finding]]:
    """The bytes of an ordinary file of a bearable size; anything else is never opened, for a pipe would never end."""
    try:
        if path.is_file():
            if path.stat().st_size > MAX_FILE:
                return None, [too_large(name)]
            return path.read_bytes(), []
    except OSError:
        pass
    return None, [failed("YAML-14", name, 1, 1, "这不是可以读取的文件", "请删去，或换成普通文件")]


def _authored(root: Path) -> list[Path]:
    plans = root / "plans"
    found = [path for pattern in ("*.yml", "*.yaml") for path in plans.rglob(pattern)]
    parts = {path: path.relative_to(plans).parts for path in found}
    return sorted(
        path for path in found if "files" not in parts[path] and not any(part.startswith(".") for part in parts[path])
    )


def _duplicates(files: Iterable[LoadedFile]) -> list[Finding]:
    """The same id in two files, or twice in the vocabularies; and ids that are no names of directories everywhere."""
    findings = []
    seen: dict[str, str] = {}
    for file in files:
        for identifier in file.ids:
            if identifier.rpartition(":")[2] in _DEVICES:
                words = f"编号 {identifier} 是 Windows 系统保留的名称，拿到 Windows 上打不开"
                findings.append(failed("SHAPE-13", file.path, 1, 1, words, "请换一个编号"))
            if identifier.rpartition(":")[2] in _RESERVED:
                words = f"编号 {identifier} 是网址中分页用的，不能作编号"
                findings.append(failed("SHAPE-13", file.path, 1, 1, words, "请换一个编号"))
            if identifier in seen:
                words = f"编号 {identifier} 已经用在 {seen[identifier]}"
                findings.append(failed("SHAPE-12", file.path, 1, 1, words, "每个编号只能用一次，请换一个"))
            seen.setdefault(identifier, file.path)
    return findings
