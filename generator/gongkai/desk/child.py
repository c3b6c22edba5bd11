"""A command of the program in a process of its own: ``python -m gongkai.desk.child MEGABYTES COMMAND ARGUMENT …``.

It ends with the desk, whose end of the pipe closes however the desk dies; where the system can do that, its memory is
bounded (0: it is not). Windows has no such bound for a process: there only the time is.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

_MEGABYTE = 1_000_000


def command(arguments: list[str], megabytes: int = 0) -> list[str]:
    """The command line that starts a command so."""
    return [sys.executable, "-m", "gongkai.desk.child", str(megabytes), *arguments]


def environment() -> dict[str, str]:
    """The environment in which the same program is found, also where it is not installed."""
    ours = str(Path(__file__).resolve().parents[2])
    others = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (ours, others))), "PYTHONUTF8": "1"}


def _bound(megabytes: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))


def _end_with_the_desk() -> None:
    while os.read(0, 4096):  # no buffer: its lock would be held while the interpreter ends
        pass
    os._exit(1)


def main() -> None:
    """Run the command that the arguments name."""
    megabytes, *arguments = sys.argv[1:]
    if int(megabytes):
        _bound(int(megabytes))
    threading.Thread(target=_end_with_the_desk, daemon=True).start()
    sys.argv = ["gongkai", *arguments]
    importlib.import_module("gongkai.__main__").main()


if __name__ == "__main__":
    main()
