"""System tools that some tests need: ``make test`` and CI have them, a colleague in a hurry may not."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(name: str, *, also_in: str = "") -> str:
    """The path of a program. Where it is missing, the test is skipped in ``make quick`` and fails everywhere else.

    Args:
        name: as one types it.
        also_in: a directory to look in after those of PATH.
    """
    found = shutil.which(name, path=os.pathsep.join(filter(None, (os.environ.get("PATH", ""), also_in))))
    if found is None:
        missing = f"{name} is missing: `make test` installs it"
        if "QUICK" in os.environ and "CI" not in os.environ:
            pytest.skip(missing)
        pytest.fail(missing)
    return found
