"""The merge driver of a git repository: git calls ``gongkai merge-file`` for the files of ``plans/``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from gongkai.authoring.edits import write_whole

ATTRIBUTES = ".gitattributes"
LINE = "plans/**/*.yml merge=gongkai"
"""What names the driver. A computer on which it is not registered merges by line, as git always does."""
_DRIVER = "merge.gongkai"


class DriverError(Exception):
    """There is no repository to register the driver in, or no git; the message is a Chinese sentence."""


def settings() -> dict[str, str]:
    """The settings of git that name the driver and what to call."""
    command = f'"{Path(sys.executable).as_posix()}" -m gongkai merge-file %O %A %B %P'
    return {f"{_DRIVER}.name": "按字段合并", f"{_DRIVER}.driver": command}


def register_driver(root: Path) -> None:
    """Tell git of this copy of the repository what to call; ``.gitattributes`` says for which files.

    Raises:
        DriverError: when git is missing, or the directory is no repository.
    """
    try:
        for key, value in settings().items():
            arguments = ["git", "-C", str(root), "config", key, value]
            subprocess.run(arguments, check=True, capture_output=True)  # noqa: S603 - our own words
    except (OSError, subprocess.CalledProcessError):
        raise DriverError("这里没有 git 仓库，或者没有安装 git") from None
    attributes = root / ATTRIBUTES
    text = attributes.read_text("utf-8") if attributes.exists() else ""
    if "merge=gongkai" not in text:
        write_whole({attributes: f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{LINE}\n".encode()})
