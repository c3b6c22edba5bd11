"""``plans/`` -> every authored file, with all that is wrong in any of them. One broken file hides no other.

What was read before comes from the cache; new files are read in two processes. Before them come the vocabularies that
belong to no district (``gongkai/vocabularies``): what a column says of the same thing lies over them, entry by entry.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.cache.cache import Cache
from gongkai.column.attachment import FORMATS, Attachment
from gongkai.column.shapes import VOCABULARY_FILES
from gongkai.findings.finding import Finding
from gongkai.kinds import NAMES
from gongkai.load.amendments import Amended
from gongkai.load.attachments import FOLDER, digest_of, read_attachments, unused_files
from gongkai.load.files import (
    MAX_FILE_BYTES,
    LoadedFile,
    failed,
    failed_at,
    holds_records,
    kind_in,
    load_bytes,
    too_large,
)
from gongkai.load.seen import Seen
from gongkai.load.strays import stray_files
from gongkai.load.yaml_values import load_values
from gongkai.text.patterns import MULTILINE, anywhere

_STATED = anywhere(r"^id[ \t]*[:：][ \t]*(\S+)", MULTILINE)
_ORGAN = anywhere(r"^organ[ \t]*[:：][ \t]*([a-z0-9-]+)[ \t]*\r?$", MULTILINE)

_RESERVED = frozenset({"page", "genres", "years"})
"""``units/page/2/`` is the second page of the list of units, ``documents/years/2021/`` the documents of a year."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
UNUSABLE_IDS = _RESERVED | _DEVICES
"""Ids that no record can have: they would be addresses or file names with a meaning of their own."""
SHARED = Path(__file__).resolve().parents[1] / "vocabularies"
"""The vocabularies that come with the program: themes, groups of people, stages, working days, words of search."""
_OURS = "gongkai/vocabularies/"
"""What the paths of these files begin with, where those of a column begin with ``plans/``."""
VOCABULARIES = "vocabularies/"
"""Stands for all vocabularies among the ids of records; no id has a stroke."""


LARGE_BYTES = 1_000_000
"""From some 500 records on it pays to keep what reading, linking and judging give: at 1,000 the first build takes 0.2 s
longer, and every one after an edit, or without one, 0.3 s less."""


class ChangedError(Exception):
    """A file was saved while it was being read a second time."""


class Unread(Struct, frozen=True):
    """A file that cannot be used, and what can still be told of it: what others say of it cannot be judged.

    ``kinds`` are those that it may be of, ``ids`` those that its record may have; ``organ`` is the district that it
    names, None where that cannot be seen.
    """

    path: str
    kinds: frozenset[str]
    ids: frozenset[str]
    organ: str | None

    @classmethod
    def of(cls, path: str, content: bytes) -> Unread:
        """Guess by the lines that name kind, id and district, else by the name of the file."""
        text = content.decode("utf-8", "replace")
        name = PurePosixPath(path)
        known = VOCABULARY_FILES if "vocabularies" in name.parts else NAMES
        kind = kind_in(text)
        stem = name.stem.replace("-", "_")
        likely = {each for each in known if stem and (stem.startswith(each) or each.startswith(stem))}
        stated = _STATED.findall(text)
        organ = _ORGAN.search(text)
        return cls(
            path,
            frozenset({kind} if kind else likely or known),
            frozenset({name.stem, *stated}),
            organ[1] if organ else None,
        )


class Loaded(Struct, frozen=True):
    """All well-shaped files in a stable order, the findings of all files, and what could not be read."""

    files: tuple[LoadedFile, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """Digests of the files that hold records, by the record's id, and of all vocabularies together."""
        records = {file.ids[0]: file.digest for file in self.files if holds_records(file.kind)}
        return records | {VOCABULARIES: "".join(file.digest for file in self.files if file.kind in VOCABULARY_FILES)}


def load_tree(root: Path, cache: Cache | None = None, seen: Seen | None = None) -> Loaded:
    """Read ``plans/**/*.yml`` below ``root``; hidden names and ``files/`` directories (attachments) are left out.

    The vocabularies that come with the program stand first. What is in ``cache`` is not parsed again, and what looks as
    ``seen`` remembers it is not even read.

    Raises:
        ChangedError: when a file is saved meanwhile.
    """
    cache, seen = cache or Cache(), seen or Seen()
    files: list[LoadedFile] = []
    findings: list[Finding] = []
    unread: list[Unread] = []
    sources = [*_shared()]
    for path in authored(root):
        name = path.relative_to(root).as_posix()
        digest, wrong = seen.of(("digest", name), [path], partial(_digest, root, path, name))
        if digest is None:
            findings += wrong
            unread.append(Unread.of(name, b""))
        else:
            sources.append(_Source(name, path, digest, path.stat().st_size))
    found = [(each, cache.lazy(partial(_facts, each, cache), "file", each.digest, kind=_Facts)) for each in sources]
    cache.large = sum(each.size for each in sources) >= LARGE_BYTES
    cache.make_missing(kept for _, kept in found)
    for source, kept in found:
        file, said = _loaded(root, source, kept(), cache, seen)
        findings += said
        if file is None:
            unread.append(Unread.of(source.name, source.read()))
        else:
            files.append(file)
    again, said = _duplicates(root, [file for file in files if not is_shared(file)], unread)
    findings += said
    unread += [Unread.of(file.path, (root / file.path).read_bytes()) for file in again]
    findings += [*_unused(root, files, unread), *stray_files(root)]
    return Loaded(tuple(file for file in files if file not in again), tuple(findings), tuple(unread))


def _unused(root: Path, files: Iterable[LoadedFile], unread: Iterable[Unread]) -> list[Finding]:
    """Attachments that no file names. Where nobody can tell, nothing is said of what could be one.

    That is so beside a file that cannot be read or is called x.yml.txt, and where one is named that is missing.
    """
    named = {
        (PurePosixPath(file.path).parent / FOLDER / name).as_posix()
        for file in files if file.attached
        for name, _ in file.attached
    }  # fmt: skip
    found = unused_files(root, named)
    if not found:
        return []
    unsure = {PurePosixPath(each.path).parent / FOLDER for each in unread}
    unsure |= {PurePosixPath(name).parent for name in named if not (root / name).is_file()}
    stray = (root / "plans").rglob("*.y*ml?*")
    unsure |= {PurePosixPath(path.relative_to(root).as_posix()).parent / FOLDER for path in stray}
    places = {finding: PurePosixPath(finding.file) for finding in found}
    return [found for found, place in places.items() if place.parent not in unsure or place.suffix not in FORMATS]


class _Source(Struct, frozen=True):
    """An authored file on disk, and a digest of its name and content."""

    name: str
    path: Path
    digest: str
    size: int

    def read(self) -> bytes:
        """The content.

        Raises:
            ChangedError: when it is another one by now.
        """
        content = self.path.read_bytes()
        if _digest_of(self.name, content) != self.digest:
            raise ChangedError(self.name)
        return content


def _shared() -> Iterator[_Source]:
    for path in sorted(SHARED.glob("*.yml")):
        name = f"{_OURS}{path.name}"
        yield _Source(name, path, _digest_of(name, path.read_bytes()), path.stat().st_size)


def is_shared(file: LoadedFile) -> bool:
    """True of the vocabularies that come with the program and lie in no column."""
    return file.path.startswith(_OURS)


_Known = tuple[str, tuple[str, ...], str | None, tuple[str, ...], tuple[tuple[str, str], ...], tuple[Amended, ...]]
_Facts = tuple[_Known | None, list[Finding]]
"""What is kept of a file: kind, ids, the file of its document, old ids, attachments and amendments as written; and what
is wrong."""


def _facts(source: _Source, cache: Cache) -> _Facts:
    file, findings = load_bytes(source.name, source.read())
    if file is None:
        return None, findings
    cache.lazy(file.values, "values", source.digest, kind=Any).prepare()
    return (file.kind, file.ids, file.document, file.moved_from, file.attached, file.amended), findings


def _values(source: _Source) -> Any:
    return load_values(source.read().decode("utf-8-sig"))


def _loaded(
    root: Path, source: _Source, facts: _Facts, cache: Cache, seen: Seen
) -> tuple[LoadedFile | None, list[Finding]]:
    known, findings = facts
    if known is None:
        return None, findings
    kind, ids, document, moved_from, attached, amended = known
    parsed = partial(_values, source)
    values = cache.lazy(parsed, "values", source.digest, kind=Any).read_once
    said = (moved_from, attached, amended)
    file = LoadedFile(source.name, kind, ids, document, source.digest, values, *said, parsed=parsed)
    if not attached:
        return file, findings
    places = [source.path, *(source.path.parent / FOLDER / name for name, _ in attached)]
    attachments, wrong = seen.of(("attachments", source.name), places, partial(_attachments, root, source, file, cache))
    return replace(file, attachments=attachments, digest=file.digest + digest_of(attachments)), findings + wrong


def _attachments(
    root: Path, source: _Source, file: LoadedFile, cache: Cache
) -> tuple[Mapping[str, Attachment], list[Finding]]:
    return read_attachments(root, file.path, file.attached, source.read().decode("utf-8-sig"), cache)


def _digest(root: Path, path: Path, name: str) -> tuple[str | None, list[Finding]]:
    """A digest of a file that may be read; it is read again when that is asked for, so that few are in memory."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):  # resolve() fails on a link to itself
        return None, [failed("YAML-14", name, 1, 1, "这个链接指向仓库以外的文件", "请把文件本身放进仓库")]
    content, findings = _read(path, name)
    return (None if content is None else _digest_of(name, content)), findings


def _digest_of(name: str, content: bytes) -> str:
    return blake2b(name.encode() + b"\0" + content, digest_size=16).hexdigest()


def _read(path: Path, name: str) -> tuple[bytes | None, list[Finding]]:
    """The bytes of an ordinary file of a bearable size; anything else is never opened, for a pipe would never end."""
    try:
        if path.is_file():
            if path.stat().st_size > MAX_FILE_BYTES:
                return None, [too_large(name)]
            return path.read_bytes(), []
    except OSError:
        pass
    return None, [failed("YAML-14", name, 1, 1, "这不是可以读取的文件", "请删去，或换成普通文件")]


def authored(root: Path) -> list[Path]:
    """Whatever is called x.yml or x.yaml, file or not; nothing that is hidden, and no attachment."""
    found: list[Path] = []
    for directory, folders, names in os.walk(root / "plans"):
        folders[:] = [name for name in folders if not name.startswith((".", "~$")) and name != FOLDER]
        named = (name for name in (*folders, *names) if os.path.normcase(name).endswith((".yml", ".yaml")))
        found += [Path(directory, name) for name in named if not name.startswith((".", "~$"))]
    return sorted(found)


def _duplicates(
    root: Path, files: Iterable[LoadedFile], unread: Iterable[Unread]
) -> tuple[list[LoadedFile], list[Finding]]:
    """Ids that are used twice, or are no names of directories everywhere; and the records whose id another file has.

    Of two records with one id, that counts whose file is called so; the other is the copy.
    """
    again: list[LoadedFile] = []
    findings: list[Finding] = []
    seen = {identifier: each.path for each in unread for identifier in each.ids}
    for file in sorted(files, key=lambda file: holds_records(file.kind) and f"/{file.ids[0]}.y" not in file.path):
        for at, identifier in enumerate(file.ids):
            bare = identifier.rpartition(":")[2]
            wrong = []
            if bare in _DEVICES:
                words = f"编号 {bare} 是 Windows 系统保留的名称，拿到 Windows 上打不开"
                wrong.append(("SHAPE-13", words, "请换一个编号"))
            if bare in _RESERVED:
                wrong.append(("SHAPE-13", f"编号 {bare} 是网址中分页用的，不能作编号", "请换一个编号"))
            if identifier in seen:
                words = f"编号 {bare} 已经用在 {seen[identifier]}"
                hint = "每个编号只能用一次：是副本的请移出 plans/，是另一份文件的请换一个编号"
                if not holds_records(file.kind):
                    hint = "每个编号只能用一次：写重了的请删去一条，不是同一个的请换一个编号"
                wrong.append(("SHAPE-12", words, hint))
                again += [file] if holds_records(file.kind) else []
            if wrong:
                text = (root / file.path).read_text(encoding="utf-8-sig")
                path = ("id",) if holds_records(file.kind) else (file.kind, at, "id")
                findings += [failed_at(path, text, code, file.path, said, hint) for code, said, hint in wrong]
            seen.setdefault(identifier, file.path)
    return again, findings
