"""Files to import: each upload is a job of its own in the state directory, read by the importer in another process.

A draft lies there, outside ``plans/``, until the clerk puts it in; nothing of an upload is ever run, and its name is
ours.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import Any

from msgspec import Struct

from gongkai.authoring.edits import write_whole
from gongkai.column.shapes.base import is_identifier
from gongkai.desk import child
from gongkai.desk.attaching import usable
from gongkai.desk.session import NotListedError, OpenFile, RefusedError, Session
from gongkai.desk.state import read_json, write_json
from gongkai.importing.recognise.columns import kind_said
from gongkai.text.patterns import whole

COLUMN = "column:"
"""Begins the name of what is said of a column; its head follows."""
SECONDS = 300
MEGABYTES = 4_000
"""What an import may take; a document of an office takes some seconds and a tenth of that."""
_JOB = whole("[0-9a-f]{16}")
_PAPER = "paper.json"
_PICTURES = "pages"
_SUFFIX = whole("[.][a-z0-9]{1,5}")


class Job(Struct, frozen=True):
    """One upload: what it was called, what the importer said, its drafts, and where their texts stand in the paper.

    ``wanted`` is what the clerk said of it.
    """

    id: str
    source: str
    report: str
    drafts: tuple[OpenFile, ...]
    paper: Mapping[str, Any]
    wanted: Mapping[str, str]


def read_upload(session: Session, name: str, content: bytes, wanted: Mapping[str, str]) -> str:
    """Import an uploaded file into a new job; gives its id.

    Raises:
        RefusedError: for a file that is none of those that are read.
    """
    known = PurePosixPath(name.replace("\\", "/"))
    suffix = known.suffix.lower()
    if not _SUFFIX.fullmatch(suffix):
        raise RefusedError("请选一个 Word、PDF、Excel、网页或文本文件")
    if not content:
        raise RefusedError("这个文件是空的")
    checked = _checked(wanted)
    job = token_hex(8)
    folder = session.state / "imports" / job
    source = folder / f"{usable(known.stem)}{suffix}"
    write_whole({source: content})
    write_json(folder / "job.json", {"source": known.name, "file": source.name})
    import_again(session, job, checked)
    return job


def import_again(session: Session, job: str, wanted: Mapping[str, str]) -> None:
    """Read the file of a job, with what the clerk says of it: its kind, district, year, id, columns; earlier drafts go.

    Raises:
        RefusedError: for what cannot be a year or an id.
    """
    wanted = _checked(wanted)
    folder = session.state / "imports" / job
    known = read_json(folder / "job.json", {})
    source = folder / str(known["file"])
    shutil.rmtree(folder / "drafts", ignore_errors=True)
    shutil.rmtree(folder / _PICTURES, ignore_errors=True)
    (folder / _PAPER).unlink(missing_ok=True)
    options = [part for key, value in wanted.items() for part in _option(key, value)]
    arguments = ["import", str(source), "--root", str(session.root), "--output", str(folder / "drafts"), *options]
    arguments += ["--provenance", str(folder / _PAPER), "--pictures", str(folder / _PICTURES)]
    report = _run(arguments, folder / "said.txt")
    write_json(folder / "job.json", {**known, "report": report, "wanted": dict(wanted)})


def _option(key: str, value: str) -> tuple[str, str]:
    """How the importer is told it."""
    head = key.removeprefix(COLUMN)
    return ("--column", f"{head}={value}") if head != key else (f"--{key}", value)


def _checked(wanted: Mapping[str, str]) -> dict[str, str]:
    """What is said of a file, as the importer takes it."""
    said = {key: wanted[key].strip() for key in ("organ", "id", "year", "kind") if wanted.get(key, "").strip()}
    if not said.get("year", "1").isdecimal():
        raise RefusedError("年度要写数字，如 2026")
    if not all(is_identifier(said[key]) for key in ("organ", "id") if key in said):
        raise RefusedError("编号只用小写字母、数字和 -，以字母开头，如 shili-2026")
    columns = {key: kind for key, kind in wanted.items() if key.startswith(COLUMN) and kind_said(kind)}
    return said | columns


def _run(arguments: list[str], said: Path) -> str:
    """What the importer says, with bounded time and memory."""
    with said.open("wb") as out, subprocess.Popen(  # noqa: S603 - our own words
        child.command(arguments, MEGABYTES), stdin=subprocess.PIPE, stdout=out, stderr=out, env=child.environment()
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return f"这个文件 {SECONDS // 60} 分钟还没有读完，已经停止：请拆成几份，或者另存为 Word 再导入"
    text = said.read_bytes().decode("utf-8", "replace")
    if "MemoryError" in text:
        return "这个文件要的内存太多，已经停止：请拆成几份再导入"
    return text.partition("\n已写入 ")[0]  # where our own directory is, and what to type next, concerns nobody here


def job_of(session: Session, job: str) -> Job:
    """A job by its id.

    Raises:
        NotListedError: where there is none.
    """
    folder = session.state / "imports" / job
    if not _JOB.fullmatch(job) or not (folder / "job.json").is_file():
        raise NotListedError(job)
    known = read_json(folder / "job.json", {})
    drafts = [_draft(path, folder / "drafts") for path in sorted((folder / "drafts").rglob("*.yml"))]
    said = known.get("source", ""), known.get("report", "")
    return Job(job, *said, tuple(drafts), read_json(folder / _PAPER, {}), known.get("wanted", {}))


def picture_of(session: Session, job: str, page: int) -> bytes:
    """The picture of a page of the paper of a job.

    Raises:
        NotListedError: where there is none.
    """
    path = session.state / "imports" / job / _PICTURES / f"{page}.png"
    if not _JOB.fullmatch(job) or not path.is_file():
        raise NotListedError(job)
    return path.read_bytes()


def _draft(path: Path, folder: Path) -> OpenFile:
    return OpenFile.of(path.relative_to(folder).as_posix(), path.read_bytes())


def put_in(session: Session, job: Job) -> list[str]:
    """Put the drafts of a job into ``plans/``, as one step that can be undone; gives their names there.

    Raises:
        RefusedError: when a file of that name is there already; nothing was written.
    """
    contents = {f"plans/{draft.name}": draft.content for draft in job.drafts}
    if not contents:
        raise RefusedError("没有草稿可以放进 plans")
    taken = [name for name in contents if (session.root / name).exists()]
    if taken:
        raise RefusedError(f"已经有 {'、'.join(taken)}：请在导入时另写编号")
    session.put(f"放进导入的《{job.drafts[0].title}》", contents)
    return list(contents)


def drop(session: Session, job: Job) -> None:
    """Remove a job with everything in it."""
    shutil.rmtree(session.state / "imports" / job.id, ignore_errors=True)
