"""What is installed only by those who need it: groups of libraries (extras), each with its own list of hashes."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from gongkai import packaged

PURPOSES = {
    "import": "导入 Word、PDF、Excel 和网页",
    "publish": "另外压缩一份 .br（brotli）",
}
"""The extras of pyproject.toml, and what each is for."""


class MissingExtraError(Exception):
    """A library of an extra is not installed; the message is a Chinese sentence with the command to type."""

    def __init__(self, extra: str, library: str | None = None) -> None:
        lacking = f"（缺少 {library}）" if library else ""
        super().__init__(f"{PURPOSES[extra]}要另装几个程序库{lacking}，请先运行：\n{command(extra)}")


def command(extra: str) -> str:
    """The command that installs an extra into the environment that runs us, as it is typed on this machine."""
    lock = packaged.lock(extra)
    if find_spec("pip"):
        return f'"{sys.executable}" -m pip install --require-hashes -r "{lock}"'
    return f'uv pip install --python "{sys.executable}" --require-hashes -r "{lock}"'
