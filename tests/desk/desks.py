"""A desk on a small column of its own, and a browser that has opened it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

from werkzeug.test import Client, TestResponse

from gongkai.desk import paths
from gongkai.desk.app import App
from gongkai.desk.context import Desk
from gongkai.desk.guards import Guards
from gongkai.desk.preview import Preview
from gongkai.desk.session import Session
from gongkai.kinds.registry import KINDS
from tests.conftest import ROOT
from tests.miniature import build

DAY = date(2022, 3, 1)
PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"
PLAN = "plans/shili-2021.yml"
UNITS = "task_table/rows/0/units"


def column(place: Path, *, git: bool = False) -> Path:
    """The files of the miniature district alone: nothing of the theme, which no desk reads."""
    root = place / "column"
    shutil.copytree(build.HERE / "plans", root / "plans")
    for kind in KINDS:
        for example in kind.examples:
            shutil.copy(example, root / "plans" / example.name)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    (root / "content").mkdir()
    if git:
        run(root, "init", "-q")
        run(root, "add", "-A")
        run(root, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "begin")
    return root


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=True)
    return done.stdout.decode()


class Visitor:
    """A desk without a server, and the one browser that may ask it."""

    def __init__(self, root: Path, state: Path) -> None:
        self.root = root
        self.session = Session(root, state, DAY)
        self.guards = Guards(PORT)
        self.app = App(Desk(self.session, self.guards, Preview(root, DAY)))
        self.client = Client(self.app)
        assert self.client.get(f"/enter/{self.guards.token}", base_url=BASE).status_code == 303

    def get(self, address: str) -> TestResponse:
        return self.client.get(address, base_url=BASE)

    def post(self, address: str, **fields: Any) -> TestResponse:
        data = {"csrf": self.guards.csrf, **fields}
        return self.client.post(address, base_url=BASE, data=data, buffered=True, headers={"Origin": BASE})

    def edit(self, do: str, path: str, value: str = "", file: str = PLAN, **more: Any) -> TestResponse:
        """What the page's script sends, as if the page had just been opened."""
        data = self.data(file)
        place = paths.read(path, data)
        now = paths.value(data, place)
        was = "" if now is paths.MISSING or isinstance(now, dict | list) else str("" if now is None else now)
        asked = {
            "file": file,
            "do": do,
            "path": path,
            "items": paths.identities(data, place),
            "was": was,
            "value": value,
        }
        headers = {"Origin": BASE, "X-Desk": self.guards.csrf}
        return self.client.post("/edit", base_url=BASE, json={**asked, **more}, headers=headers)

    def data(self, file: str = PLAN) -> Any:
        return self.session.open(file).data

    def at(self, path: str, file: str = PLAN) -> Any:
        data = self.data(file)
        return paths.value(data, paths.read(path, data))

    def text(self, file: str = PLAN) -> str:
        return (self.root / file).read_text("utf-8")

    def edit_raw(self, file: str) -> TestResponse:
        headers = {"Origin": BASE, "X-Desk": self.guards.csrf}
        return self.client.post(
            "/edit", base_url=BASE, json={"file": file, "do": "set", "path": "title"}, headers=headers
        )
