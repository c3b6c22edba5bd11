"""A real node, one for all tests of this room, where it has been fetched; else they skip and say so."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.output.manifest import write_manifest
from tests.miniature.build import miniature_repository
from tests.waiting import free_port

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests/miniature/expected/data/v1"
NAMES = ("jia", "yi")
Ask = Callable[..., Any]


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("opensearch_node", ROOT / "tools/opensearch/node.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["opensearch_node"] = module
    spec.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.fixture(scope="session", name="fetched")
def _fetched() -> None:
    """What a node is made of is here. CI fetches it; who works alone does so by ``make test-opensearch``."""
    wanted = bool({"CI", "OPENSEARCH"} & set(os.environ))
    try:
        if wanted:
            TOOL.fetch()
    except TOOL.MissingError as error:
        if "OPENSEARCH" in os.environ:
            raise
        pytest.skip(f"no OpenSearch: {error}")
    if not TOOL.fetched():
        pytest.skip("OpenSearch has not been fetched: `make test-opensearch` does")


@pytest.fixture(scope="session", name="node")
def _node(fetched: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    try:
        running = TOOL.Running(tmp_path_factory.mktemp("node"), free_port())
    except TOOL.MissingError as error:  # another Java, or too little memory
        if "OPENSEARCH" in os.environ:
            raise
        pytest.skip(f"OpenSearch does not start here: {error}")
    yield running
    running.stop()


@pytest.fixture(scope="session", name="ask")
def _ask(node: Any) -> Ask:
    """Asks the node itself."""

    def ask(path: str, body: object = None, method: str | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(node.url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(request) as response:
                return json.loads(response.read())
        except HTTPError as error:
            return json.loads(error.read())

    return ask


def write_districts(scratch: Path) -> Path:
    """Two districts as they were downloaded, each with ids of its own; returns the list of them."""
    for name in NAMES:
        place = scratch / name / "data/v1"
        place.mkdir(parents=True)
        for path in DATA.glob("*.json"):
            (place / path.name).write_text(path.read_text("utf-8").replace("shili", name), "utf-8")
        write_manifest(scratch / name, {})
    rows = "".join(f"  - {{home: 'https://{name}.example.gov.cn/', site: {name}}}\n" for name in NAMES)
    (scratch / "districts.yml").write_text(f"districts:\n{rows}", "utf-8")
    return scratch / "districts.yml"


class City:
    """A federation of two districts in a scratch directory, and the commands that serve it."""

    def __init__(self, scratch: Path, *, served: bool = False) -> None:
        self.scratch, self.districts, self.site = scratch, write_districts(scratch), scratch / "srv/zfxxgk"
        self.site.parent.mkdir()
        self.root = miniature_repository(scratch)
        if served:
            settings = self.root / "mkdocs.yml"
            text = settings.read_text("utf-8")
            settings.write_text(text.replace("  column:\n", "  column:\n    search_service: true\n"), "utf-8")
        for path in (self.root / "plans").glob("*.yml"):
            path.unlink()

    def federate(self) -> None:
        done = CliRunner().invoke(main, ["federate", str(self.site), str(self.districts), "--root", str(self.root)])
        assert done.exit_code == 0, done.output

    def index(self, *more: str) -> Any:
        words = ["index", "--root", str(self.root), "--districts", str(self.districts), "--site", str(self.site)]
        return CliRunner().invoke(main, [*words, *more])

    @property
    def size(self) -> int:
        return sum(
            len(json.loads((self.scratch / name / "data/v1/records.json").read_bytes())["items"]) for name in NAMES
        )


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    made = City(tmp_path_factory.mktemp("federation"))
    made.federate()
    return made
