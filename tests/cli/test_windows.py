"""What Windows lacks is taken away, and every command does its work all the same.

Nothing here runs on Windows: fcntl, fork, pread, sync and the right to make symbolic links are missing, and the console
speaks GBK. That it was never tried on such a machine stands in the handbook.
"""

from __future__ import annotations

import ntpath
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from gongkai import disk
from gongkai.load.tree import UNUSABLE_IDS
from tests.conftest import ROOT
from tests.miniature.build import AS_OF, miniature_repository

_WITHOUT = """
import importlib.abc, os, sys
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "pwd", "grp", "resource", "termios"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None
sys.meta_path.insert(0, Missing())
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    sys.modules.pop(name, None)
import shutil, subprocess, tempfile  # these look for what is missing while they load
for name in "fork pread pwrite sync register_at_fork O_CLOEXEC geteuid getuid sched_getaffinity".split():
    if hasattr(os, name):
        delattr(os, name)
real = os.symlink
def symlink(*_, **__):
    error = OSError(22, "A required privilege is not held by the client")
    error.winerror = 1314
    raise error
os.symlink = symlink
import types
winapi = types.ModuleType("_winapi")
winapi.CreateJunction = lambda target, link: real(target, link)
sys.modules["_winapi"] = winapi
msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK = 2
msvcrt.locking = lambda *_: None
sys.modules["msvcrt"] = msvcrt
from gongkai.__main__ import main
sys.argv = ["gongkai", *sys.argv[1:]]
main()
"""


def run(words: Sequence[str], encoding: str = "gbk") -> subprocess.CompletedProcess[bytes]:
    given = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", _WITHOUT, *words]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **given})


@pytest.fixture(name="root", scope="module")
def _root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return miniature_repository(tmp_path_factory.mktemp("某某 办公室"))


COMMANDS: dict[str, tuple[list[str], int, str]] = {
    "check": (["check", "--as-of", AS_OF.isoformat()], 0, "检查完成"),
    "readiness": (["check", "--production", "--as-of", AS_OF.isoformat()], 1, "正式发布以前还缺"),
    "fix": (["fix", "--dry-run"], 0, ""),
    "schema": (["schema"], 0, "已写入"),
    "plan": (["new", "plan", "shili-2030", "--organ", "shili", "--year", "2030", "--title", "要点"], 0, "已新建"),
    "report": (["report", "shili-2021", "--as-of", AS_OF.isoformat()], 0, "草稿"),
}


@pytest.mark.parametrize(("words", "code", "said"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_works_without_what_windows_lacks(words: list[str], code: int, said: str, root: Path) -> None:
    done = run([*words, "--root", str(root)])
    output = done.stdout.decode("utf-8", "strict")
    assert done.returncode == code, done.stderr.decode("utf-8", "replace") + output
    assert said in output
    assert b"Traceback" not in done.stderr


def test_what_is_built_and_published_is_the_same(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path / "某某 办公室")
    site, target = tmp_path / "site", tmp_path / "served"
    for words in (["build", "--out", str(site)], ["publish", str(target)], ["publish", str(target)]):
        done = run([*words, "--root", str(root), "--as-of", AS_OF.isoformat()])
        assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")
    (usual := tmp_path / "usual").mkdir()
    command = [sys.executable, "-m", "gongkai", "build", "--out", str(usual), "--root", str(root)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([*command, "--as-of", AS_OF.isoformat()], check=True, capture_output=True, env=environment)
    made, wanted = (
        {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*.html")}
        for place in (site, usual)
    )
    assert made == wanted
    assert (target / "index.html").read_bytes() == (site / "index.html").read_bytes()


@pytest.mark.parametrize("encoding", ["gbk", "cp437", "ascii"])
def test_output_is_utf8_whatever_the_console(encoding: str, root: Path) -> None:
    done = run(["check", "--root", str(root), "--as-of", AS_OF.isoformat()], encoding)
    assert "检查完成" in done.stdout.decode("utf-8", "strict")


def test_a_file_that_is_held_open_is_replaced_once_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "new").write_text("新")
    (tmp_path / "old").write_text("旧")
    real, tries = os.replace, []

    def held(source: str, target: str) -> None:
        tries.append(source)
        if len(tries) < 4:
            error = PermissionError(13, "held")
            error.winerror = (5, 32, 33)[len(tries) - 1]  # type: ignore[attr-defined]
            raise error
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(disk, "_PAUSES", (0, 0, 0, 0))
    disk.replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "新"
    assert len(tries) == 4


def test_a_right_that_is_missing_is_no_file_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def refused(*_: object) -> None:
        tries.append(1)
        raise PermissionError(13, "refused")

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(PermissionError):
        disk.replace(tmp_path / "new", tmp_path / "old")
    assert len(tries) == 1


_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[ .]$')


def test_names_of_the_site_are_names_on_windows(tmp_path: Path) -> None:
    """No device, no forbidden character, no two that differ only in case, no path that is too long."""
    root = miniature_repository(tmp_path / "column")
    site = tmp_path / "site"
    command = [sys.executable, "-m", "gongkai", "build", "--out", str(site), "--root", str(root)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([*command, "--as-of", AS_OF.isoformat()], check=True, capture_output=True, env=environment)
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    for name in names:
        assert len(ntpath.join("C:\\Users\\Administrator\\Documents\\gongkai\\site", *name.split("/"))) < 260
        for part in name.split("/"):
            assert not _FORBIDDEN.search(part), name
            assert part.partition(".")[0].lower() not in UNUSABLE_IDS - {"page", "genres", "years"}, name
    assert len({name.casefold() for name in names}) == len(names)


def test_no_name_in_the_repository_is_forbidden_on_windows() -> None:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True)
    names = [name for name in listed.stdout.decode().split("\0") if name]
    assert [name for name in names if any(_FORBIDDEN.search(part) for part in name.split("/"))] == []
    assert len({name.casefold() for name in names}) == len(names)
