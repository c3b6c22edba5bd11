"""Who changed what is served, when and from which commit: ``audit.log`` beside the releases of a target.

A line of JSON for each act, written and on the disk before the act itself: what is in it may not have come to its end,
but nothing is ever done that is not in it. It lies outside of what is served.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gongkai import disk
from gongkai.output.status import now

NAME = "audit.log"


def note(directory: Path, act: str, release: str, about: Mapping[str, Any], ids: Sequence[str] = ()) -> None:
    """Add an act (``publish``, ``rollback``, ``withdraw``, ``purge``) to the log in the directory of releases.

    Raises:
        OSError: when it cannot be written; then the act must not be done.
    """
    entry = {
        "when": now().isoformat(timespec="seconds"),
        "act": act,
        "release": release,
        "as_of": about.get("as_of"),
        "commit": about.get("commit"),
        "committed": about.get("committed"),
        "by": f"{_who()}@{platform.node()}",
        **({"ids": list(ids)} if ids else {}),
    }
    with (directory / NAME).open("ab") as log:
        torn = log.tell() and not _ends_a_line(directory / NAME)
        log.write(b"\n" * bool(torn) + json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        log.flush()
        os.fsync(log.fileno())
    disk.sync_names(directory)
    (directory / NAME).chmod(0o640)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as log:
        log.seek(-1, os.SEEK_END)
        return log.read(1) == b"\n"


def _who() -> str:
    """The user of the system, and who called them by sudo."""
    try:
        user = getpass.getuser()
    except (ImportError, OSError, KeyError):  # a system without names of users, a container's user without one
        user = str(os.getuid()) if hasattr(os, "getuid") else "?"
    behind = os.environ.get("SUDO_USER")
    return f"{behind}（{user}）" if behind and behind != user else user
