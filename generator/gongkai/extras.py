"""What is installed only by those who need it: groups of libraries (extras), each with its own list of hashes."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from gongkai import packaged

PURPOSES = {
    "desk": "编辑台",
    "import": "导入 Word、PDF、Excel 和网页",
    "publish": "另外压缩一份 .br（brotli）",
}
"""The extras of pyproject.toml that offices use, all of which a bundle carries, and what each is for."""
SERVERS = {"cluster": "几台机器一起合成（Dask）"}
"""Those for servers only."""


SPARE = {
    "deflate": "离线包和给服务器的压缩副本做得慢一些",
    "numpy": "查找的数据不分开，大型专栏的读者查找时要下载得多一些",
    "opencc": "读者用繁体字查不到",
    "rjieba": "查找时的联想词少一些，只有单位和词表里的",
    "rjsmin": "自己加的网页脚本不压缩",
}
"""Libraries without which the program runs all the same, and what is less then. Not every system has wheels of them."""


def lacking() -> list[str]:
    """Which of them are not here, each with what is less, in Chinese; what no system but Linux has is not told."""
    return [f"{name}（{less}）" for name, less in SPARE.items() if name != "rjsmin" and not find_spec(name)]


class MissingExtraError(Exception):
    """A library of an extra is not installed; the message is a Chinese sentence with the command to type."""

    def __init__(self, extra: str, library: str | None = None) -> None:
        lacking = f"（缺少 {library}）" if library else ""
        super().__init__(f"{(PURPOSES | SERVERS)[extra]}要另装几个程序库{lacking}，请先运行：\n{command(extra)}")


def command(extra: str) -> str:
    """The command that installs an extra into the environment that runs us, as it is typed on this machine."""
    lock = packaged.lock(extra)
    if find_spec("pip"):
        return f'"{sys.executable}" -m pip install --require-hashes -r "{lock}"'
    return f'uv pip install --python "{sys.executable}" --require-hashes -r "{lock}"'
