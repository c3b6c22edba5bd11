"""Over rsync, to another machine by SSH or to an rsync server.

rsync keeps what it fetched aside until all of it is there and then renames file by file, so that a broken connection
leaves the old site. Only what this program sent before is ever removed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite, sent_before
from gongkai.output.manifest import NAME as MANIFEST

_NOTHING_THERE = (3, 23)
"""What rsync ends with when a directory or file does not exist."""


def to_remote(site: FinishedSite, target: str) -> Delivered:
    """Bring ``user@host:/path`` or ``rsync://host/module/path`` to the state of a site.

    Raises:
        DeliveryError: when there is no rsync, no connection, or the directory is somebody else's.
    """
    program = shutil.which("rsync")
    if program is None:
        raise DeliveryError("这台电脑上没有 rsync：请先安装（Debian、Ubuntu：apt install rsync），或者送到目录、zip")
    place = target.rstrip("/") + "/"
    before = _sent_before(program, place)
    done = _rsync(program, site.root, place, site.names, "--checksum", "--delay-updates", "--chmod=D755,F644")
    if done.returncode:
        raise DeliveryError(f"没有送到 {target}，那里仍是原来的网站：{_last(done.stderr)}")
    written = sum(line.startswith("send ") and not line.endswith("/") for line in done.stdout.splitlines())
    removed = _remove(program, place, sorted(before - set(site.names)))
    return Delivered(written, len(site.names) - written, removed)


def _remove(program: str, place: str, names: Sequence[str]) -> int:
    """Remove files there: rsync removes what is named and missing here, in a directory that has their directories."""
    if not names:
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        for name in names:
            (Path(scratch) / name).parent.mkdir(parents=True, exist_ok=True)
        done = _rsync(program, Path(scratch), place, names, "--delete-missing-args", "--no-implied-dirs")
    if done.returncode:
        raise DeliveryError(f"新的网站已经送到，旧的文件没有删成：{_last(done.stderr)}；再送一次即可")
    return sum(line.startswith("del.") for line in done.stdout.splitlines())


def _rsync(program: str, root: Path, place: str, names: Sequence[str], *more: str) -> subprocess.CompletedProcess[str]:
    options = ["-rt", "--out-format=%o %n", "--files-from=-", *more]
    return _run([program, *options, f"{root}/", place], "".join(f"{name}\n" for name in names))


def _sent_before(program: str, place: str) -> set[str]:
    """What an earlier sending left there.

    Raises:
        DeliveryError: when the directory has files, and none of them is a manifest of ours.
    """
    with tempfile.TemporaryDirectory() as scratch:
        got = _run([program, "-q", f"{place}{MANIFEST}", f"{scratch}/"])
        if got.returncode == 0:
            try:
                found = sent_before(json.loads((Path(scratch) / MANIFEST).read_bytes()))
            except (OSError, ValueError, AttributeError):
                found = set()
            if found:
                return found
    listed = _run([program, "--list-only", place])
    if listed.returncode not in (0, *_NOTHING_THERE):
        raise DeliveryError(f"连不上 {place}，没有送出：{_last(listed.stderr)}")
    entries = [line for line in listed.stdout.splitlines() if not line.endswith(" .")]
    if listed.returncode == 0 and entries:
        raise DeliveryError(f"{place} 里有不是本程序送来的文件，没有送出：请换一个空目录")
    return set()


def _run(command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=given, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603


def _last(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if line]
    return lines[0] if lines else "rsync 没有说明原因"
