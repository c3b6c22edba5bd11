"""A clerk's day in a real browser (tests/browser/desk)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from gongkai.desk import child
from tests.conftest import ROOT
from tests.desk.desks import DAY, column
from tests.waiting import passes_in_node

SCRIPT = Path(__file__).parents[1] / "browser" / "desk" / "desk.test.mjs"


@pytest.mark.browser
def test_a_day_at_the_desk(tmp_path: Path) -> None:
    root = column(tmp_path)
    shutil.copytree(ROOT / "content", root / "content", dirs_exist_ok=True)
    command = [sys.executable, "-m", "gongkai", "desk", "--root", str(root), "--no-browser", "--as-of", str(DAY)]
    env = {**child.environment(), "GONGKAI_STATE": str(tmp_path / "state"), "GONGKAI_CACHE": str(tmp_path / "cache")}
    with ExitStack() as opened:
        desk = opened.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, env=env))
        opened.callback(desk.terminate)
        assert desk.stdout
        desk.stdout.readline()
        address = desk.stdout.readline().decode().strip()
        passes_in_node(SCRIPT, DESK=address, ROOT=os.fspath(root))
