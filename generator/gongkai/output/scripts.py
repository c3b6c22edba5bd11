"""Scripts in fewer bytes, the same on every system.

Those of the program were made beforehand from exactly the source that stands beside them (`make scripts`). Others, such
as an office's own, lose comments and layout where the library for it is installed: not every system has a wheel of it.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

try:
    from rjsmin import jsmin
except ModuleNotFoundError:

    def jsmin(script: str) -> str:
        """The script as it is: larger, and the same to a browser."""
        return script


MADE = Path(__file__).with_name("scripts.json")
"""By address: the digest of a source, and what was made of it."""


def minified(script: str) -> str:
    """The same script in fewer bytes."""
    return _made().get(digest(script)) or jsmin(script)


def digest(script: str) -> str:
    """What tells a source from any other."""
    return hashlib.sha256(script.encode()).hexdigest()[:32]


@cache
def _made() -> dict[str, str]:
    return dict(json.loads(MADE.read_text(encoding="utf-8")).values())
