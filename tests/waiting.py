"""Waiting for states: no test is decided by how long something takes, for that depends on the machine and its load.

``GUARD`` ends what would hang for ever, and is an error that names what was waited for.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

GUARD = int(os.environ.get("GUARD", "900"))
"""Seconds, for scripts of node and browsers, too (``tests/browser/browser.mjs``)."""
Found = TypeVar("Found")


def until(what: str, look: Callable[[], Found | None]) -> Found:
    """Look again and again until there is something.

    Raises:
        TimeoutError: when it hangs.
    """
    for _ in range(GUARD * 20):
        if found := look():
            return found
        time.sleep(0.05)
    raise TimeoutError(f"hangs: {what}")


def finished(command: Sequence[object], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; its output is text, and whether it may fail is for the caller to say.

    Raises:
        TimeoutError: when it hangs.
    """
    words = [str(word) for word in command]
    settings = {"capture_output": True, "text": True, "errors": "replace", **options}
    try:
        return subprocess.run(words, timeout=GUARD, check=False, **settings)
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"hangs: {' '.join(words)}") from None
