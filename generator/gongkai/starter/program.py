"""The program as it lies in a column: its wheel, the libraries it needs, and their hashes, all in ``program/``.

So a column starts on any computer that has Python, whoever cloned or unzipped it, and what is installed is what was
looked at: its script for starting installs nothing whose SHA-256 is not the one that is written there.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from msgspec import Struct

from gongkai import __version__, packaged
from gongkai.extras import PURPOSES
from gongkai.text.patterns import whole

FOLDER = "program"
SUMS = f"{FOLDER}/SHA256SUMS"
_WHEEL = whole(r"gongkai-(?P<version>[0-9][^-]*)-py3-none-any\.whl")


class WheelError(Exception):
    """A file is no wheel of this program; the message is a Chinese sentence."""


class Wheel(Struct, frozen=True):
    """The one file that the program is installed from."""

    name: str
    content: bytes

    @property
    def version(self) -> str:
        """The version in its name."""
        found = _WHEEL.fullmatch(self.name)
        assert found
        return found["version"]

    @property
    def sha256(self) -> str:
        """What it is known by."""
        return hashlib.sha256(self.content).hexdigest()


def wheel_at(path: Path) -> Wheel:
    """The wheel in a file.

    Raises:
        WheelError: when it is none of this program, or not of the version that runs.
    """
    found = _WHEEL.fullmatch(path.name)
    if not found or not path.is_file() or not zipfile.is_zipfile(path):
        raise WheelError(f"{path} 不是本程序的安装文件：它叫 gongkai-{__version__}-py3-none-any.whl")
    if found["version"] != __version__:
        raise WheelError(f"正在运行的是 {__version__} 版，{path.name} 是 {found['version']} 版：请先安装它，再用它运行")
    return Wheel(path.name, path.read_bytes())


def installed_from() -> Wheel | None:
    """The wheel that this program was installed from, where that is known and it still lies there unchanged.

    pip and uv note it beside the installed program (PEP 610), pip with its hash.
    """
    try:
        noted = json.loads(distribution("gongkai").read_text("direct_url.json") or "{}")
        url = urlsplit(noted["url"])
        path = Path(url2pathname(url.path if url.netloc in ("", "localhost") else unquote(url.path)))
        wheel = wheel_at(path)
    except (PackageNotFoundError, KeyError, ValueError, OSError, WheelError):
        return None
    info = noted.get("archive_info", {})
    known = info.get("hashes", {}).get("sha256") or str(info.get("hash", "")).removeprefix("sha256=")
    return wheel if known in ("", wheel.sha256) else None


def program_files(wheel: Wheel | None) -> dict[str, bytes]:
    """What lies in ``program/`` besides ``start.py``; without a wheel what is missing is its file and its hash."""
    files = {f"{FOLDER}/requirements.txt": packaged.lock().read_bytes()}
    files |= {f"{FOLDER}/requirements-{extra}.txt": packaged.lock(extra).read_bytes() for extra in PURPOSES}
    if wheel:
        files[f"{FOLDER}/{wheel.name}"] = wheel.content
        files[SUMS] = f"{wheel.sha256}  {wheel.name}\n".encode()
    return files
