"""Attachments: a file goes beside its document, looked at as ``check`` looks at it, and the document names it."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from gongkai.authoring.edits import Insert, Path, edit
from gongkai.column.attachment import FORMATS
from gongkai.desk.session import OpenFile, RefusedError, Session
from gongkai.load.attachments import FOLDER, MAX_ATTACHMENT_BYTES, examine_bytes
from gongkai.text.patterns import anywhere

_ODD = anywhere(r"[^0-9A-Za-z\u4e00-\u9fff（）〔〕《》“”、—_.-]+")
_ENDS = "-._（）〔〕《》“”、—"


def takes_files(path: Path) -> bool:
    """Whether the item at a path is an attachment."""
    return len(path) > 1 and path[-2] == "attachments" and isinstance(path[-1], int)


def file_name(given: str) -> str:
    """What an uploaded file is called in the repository: its own name without what no address may have.

    Raises:
        RefusedError: for a kind of file that is not published.
    """
    known = PurePosixPath(unicodedata.normalize("NFC", given).replace("\\", "/"))
    suffix = known.suffix.lower()
    if suffix not in FORMATS:
        raise RefusedError(f"不能公开这种格式的附件，可以用：{'、'.join(FORMATS)}", ("file",))
    return usable(known.stem) + suffix


def usable(stem: str) -> str:
    """A name without what no file of ours may be called: blanks, and whatever leads elsewhere."""
    return _ODD.sub("-", stem).strip(_ENDS)[:70] or "file"


def attach(session: Session, file: OpenFile, path: Path, title: str, given: str, content: bytes) -> None:
    """Put a file beside a document and name it there, as one step that can be undone.

    Raises:
        RefusedError: when it must not be published, or another file has its name; nothing was written.
    """
    name = file_name(given)
    if not title.strip():
        raise RefusedError("请写读者看到的名称", ("title",))
    if not content or len(content) > MAX_ATTACHMENT_BYTES:
        raise RefusedError(f"附件是空的，或者超过 {MAX_ATTACHMENT_BYTES // 1_000_000} MB", ("file",))
    for _, words, hint in examine_bytes(name, PurePosixPath(name).suffix, content):
        raise RefusedError(f"{words}：{hint}", ("file",))
    place = (PurePosixPath(file.name).parent / FOLDER / name).as_posix()
    there = session.root / place
    if there.exists() and there.read_bytes() != content:
        raise RefusedError(f"已经有另一个叫 {name} 的附件：请改了文件名再传", ("file",))
    session.unless_changed(file)
    text = edit(file.text, [Insert(path, {"file": name, "title": title.strip()})])
    session.put(f"添加附件《{title.strip()}》", {place: content, file.name: text.encode()})
