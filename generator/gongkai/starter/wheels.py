"""Which wheels of the locked libraries there are for a platform, asked from the registry through pip.

A registry is whichever pip is set up with; nothing is taken whose SHA-256 is not in the lists (``packaged.lock``).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from packaging.markers import Marker

from gongkai import packaged
from gongkai.extras import PURPOSES
from gongkai.text.patterns import MULTILINE, anywhere

_APART = anywhere(r"[-_.]+")

_MISSING = anywhere(r"No matching distribution found for ([\w.-]+?)==")
_NEWEST = 99
"""Stands for the last correction of a version of Python."""
_GLIBC = range(28, 4, -1)
"""manylinux tags that glibc 2.28 takes: 银河麒麟 V10, 统信 UOS 20, Debian 10 and later."""


class WheelsError(Exception):
    """The wheels cannot be had; the message is a Chinese sentence."""


class Platform(Struct, frozen=True):
    """A kind of computer: its name here, what it is called in tables, and what its Python says of itself."""

    name: str
    label: str
    tags: tuple[str, ...]
    sys_platform: str
    platform_system: str
    machine: str

    def environment(self, python: str) -> Mapping[str, str]:
        """What markers are judged by, for a version of Python like 3.12."""
        return {
            "python_version": python,
            "python_full_version": f"{python}.{_NEWEST}",
            "sys_platform": self.sys_platform,
            "platform_system": self.platform_system,
            "platform_machine": self.machine,
            "os_name": "nt" if self.sys_platform == "win32" else "posix",
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
        }


def _linux(machine: str, label: str) -> Platform:
    tags = (*(f"manylinux_2_{minor}_{machine}" for minor in _GLIBC), f"manylinux2014_{machine}", f"linux_{machine}")
    return Platform(f"linux-{machine}", label, tags, "linux", "Linux", machine)


def _macos(machine: str, first: int, label: str) -> Platform:
    tags = tuple(f"macosx_{major}_0_{kind}" for major in range(14, first - 1, -1) for kind in (machine, "universal2"))
    old = tuple(f"macosx_10_{minor}_{kind}" for minor in range(15, 8, -1) for kind in (machine, "universal2"))
    return Platform(f"macos-{machine}", label, tags + old * (machine == "x86_64"), "darwin", "Darwin", machine)


PLATFORMS: Mapping[str, Platform] = {
    each.name: each
    for each in (
        Platform("windows-x86_64", "Windows（64 位）", ("win_amd64",), "win32", "Windows", "AMD64"),
        _linux("x86_64", "Linux x86_64（海光、兆芯）"),
        _linux("aarch64", "Linux aarch64（鲲鹏、飞腾）"),
        _linux("loongarch64", "Linux loongarch64（龙芯）"),
        _macos("arm64", 11, "macOS（Apple 芯片）"),
        _macos("x86_64", 11, "macOS（Intel）"),
    )
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


class Requirement(Struct, frozen=True):
    """A locked library: name, version, and its lines in the list without the marker."""

    name: str
    version: str
    text: str


def requirements(platform: Platform, python: str, extras: Sequence[str] = tuple(PURPOSES)) -> list[Requirement]:
    """Everything that is locked for a platform: the program's libraries and those of extras, each once."""
    environment = dict(platform.environment(python))
    found: dict[str, Requirement] = {}
    for lock in (packaged.lock(), *map(packaged.lock, extras)):
        for name, version, marker, hashes in _locked(lock.read_text("utf-8")):
            if not marker or Marker(marker).evaluate(environment):
                found[name] = Requirement(name, version, f"{name}=={version} \\\n{hashes}")
    return list(found.values())


_ENTRY = anywhere(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>[^\n]*?))? \\\n(?P<hashes>(?:    .*(?:\n|\Z))+)",
    MULTILINE,
)


def _locked(text: str) -> Iterator[tuple[str, str, str, str]]:
    for entry in _ENTRY.finditer(text):
        yield entry["name"], entry["version"], entry["marker"] or "", entry["hashes"]


def find_wheels(wanted: Sequence[Requirement], platform: Platform, python: str) -> tuple[dict[str, str], list[str]]:
    """The file that each library is installed from, by name, and the names of those that have none for the platform.

    Raises:
        WheelsError: when pip is missing or the registry cannot be reached.
    """
    missing: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        while True:
            asked = [each for each in wanted if each.name not in missing]
            report = Path(scratch) / "report.json"
            words = ["install", "--dry-run", "--ignore-installed", "--target", f"{scratch}/x", "--report", str(report)]
            done = _pip(words, asked, platform, python, Path(scratch))
            if done.returncode == 0:
                installed = json.loads(report.read_bytes())["install"]
                return {_name(found): _file(found) for found in installed}, missing
            without = {name.lower() for name in _MISSING.findall(done.stderr)} & {each.name for each in asked}
            if not without:
                raise WheelsError(f"问不到程序库（{_last(done.stderr)}）：请看看网络，或者 pip 的镜像设置")
            missing += sorted(without)


def _name(found: Mapping[str, Any]) -> str:
    return _APART.sub("-", str(found["metadata"]["name"])).lower()


def _file(found: Mapping[str, Any]) -> str:
    return str(found["download_info"]["url"]).rpartition("/")[2]


def download_wheels(wanted: Sequence[Requirement], platform: Platform, python: str, out: Path) -> None:
    """Fetch the wheels of libraries into a directory.

    Raises:
        WheelsError: when not all could be had.
    """
    with tempfile.TemporaryDirectory() as scratch:
        done = _pip(["download", "-d", str(out)], wanted, platform, python, Path(scratch))
    if done.returncode:
        raise WheelsError(f"没有下载完（{_last(done.stderr)}）：请看看网络，或者 pip 的镜像设置")


def _pip(
    words: Sequence[str], wanted: Sequence[Requirement], platform: Platform, python: str, scratch: Path
) -> subprocess.CompletedProcess[str]:
    listed = scratch / "requirements.txt"
    listed.write_text("".join(each.text for each in wanted), "utf-8")
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    fixed = ["-q", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:", "--require-hashes"]
    target = ["--python-version", f"{python}.{_NEWEST}", "--implementation", "cp", *tags]
    command = [sys.executable, "-m", "pip", *words, *fixed, *target, "-r", str(listed)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603
    if done.returncode and "No module named pip" in done.stderr:
        raise WheelsError("这里没有 pip：请在用 python -m venv 建的环境里装好本程序，再运行这条命令")
    return done


def _last(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if line]
    return lines[-1] if lines else "pip 没有说明原因"
