"""Files of editors survive a power cut: what takes the place of a file is on the disk before it does."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gongkai import disk
from gongkai.authoring.edits.editor import write_whole

pytestmark = [pytest.mark.quick, pytest.mark.skipif(sys.platform != "linux", reason="asks /proc for names")]


def test_bytes_are_on_the_disk_before_names_and_names_before_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text("old", "utf-8")
    done: list[str] = []
    synced, replaced = os.fsync, disk.replace

    def sync(handle: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        synced(handle)

    def replace(source: Path, target: Path) -> None:
        done.append(f"replace {target.name}")
        replaced(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(disk, "replace", replace)
    write_whole({tmp_path / "a.yml": b"new a", tmp_path / "b.yml": b"new b"})
    assert done == ["sync .a.yml.new", "sync .b.yml.new", "replace a.yml", "replace b.yml", f"sync {tmp_path.name}"]
    assert (tmp_path / "a.yml").read_bytes() == b"new a"


def test_what_cannot_be_written_leaves_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text("old", "utf-8")
    written = disk.write_through

    def full(path: Path, content: bytes) -> None:
        if path.name == ".b.yml.new":
            raise OSError(28, "No space left on device")
        written(path, content)

    monkeypatch.setattr(disk, "write_through", full)
    with pytest.raises(OSError, match="No space"):
        write_whole({tmp_path / "a.yml": b"new a", tmp_path / "b.yml": b"new b"})
    assert {(tmp_path / name).read_text("utf-8") for name in ("a.yml", "b.yml")} == {"old"}
