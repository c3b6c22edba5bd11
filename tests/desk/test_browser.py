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
from tests.desk.desks import DAY, PLAN, column, run
from tests.waiting import passes_in_node

NAMED = ("-c", "user.name=李四", "-c", "user.email=a@example.org")
SCRIPT = Path(__file__).parents[1] / "browser" / "desk" / "desk.test.mjs"


def two_clerks(root: Path, place: Path) -> None:
    """A colleague sent another title than the one that was committed here."""
    run(root, "add", "-A")
    run(root, *NAMED, "commit", "-qm", "texts")
    run(place, "clone", "-q", "--bare", str(root), "others.git")
    run(place, "clone", "-q", "others.git", "colleague")
    run(root, "remote", "add", "origin", str(place / "others.git"))
    for at, words in ((place / "colleague", "同事写的标题"), (root, "我写的标题")):
        text = (at / PLAN).read_text("utf-8")
        (at / PLAN).write_text(text.replace("title: 2021年示例区", f"title: {words}2021年示例区", 1), "utf-8")
        run(at, *NAMED, "commit", "-qam", words)
    run(place / "colleague", "push", "-q")
    run(root, "fetch", "-q", "origin")
    for name, value in (("user.name", "张三"), ("user.email", "b@example.org")):
        run(root, "config", name, value)
    branch = run(root, "branch", "--show-current").strip()
    run(root, "branch", "-q", "--set-upstream-to", f"origin/{branch}")


@pytest.mark.browser
def test_a_day_at_the_desk(tmp_path: Path) -> None:
    root = column(tmp_path, git=True)
    shutil.copytree(ROOT / "content", root / "content", dirs_exist_ok=True)
    two_clerks(root, tmp_path)
    command = [sys.executable, "-m", "gongkai", "desk", "--root", str(root), "--no-browser", "--as-of", str(DAY)]
    env = {**child.environment(), "GONGKAI_STATE": str(tmp_path / "state"), "GONGKAI_CACHE": str(tmp_path / "cache")}
    with ExitStack() as opened:
        desk = opened.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, env=env))
        opened.callback(desk.terminate)
        assert desk.stdout
        desk.stdout.readline()
        address = desk.stdout.readline().decode().strip()
        passes_in_node(SCRIPT, DESK=address, ROOT=os.fspath(root))
