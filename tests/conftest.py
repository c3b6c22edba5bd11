"""The real site, built once per test session, and small helpers that read it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import material
import pytest
from hypothesis import HealthCheck, settings

from gongkai import pipeline
from gongkai.host import render_theme
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 11, 21)
BROWSER = Path(__file__).resolve().parent / "browser"
WHOLE_STYLES = Path(next(iter(material.__path__))) / "templates" / "assets" / "stylesheets"


settings.register_profile("states", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("states")
_ROOM = 3_000_000_000
"""Bytes that must be free in memory for the sites that tests build."""


def pytest_configure() -> None:
    """Tests build hundreds of sites: in memory where there is room, for disks take as long as all the rest."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK):
        status = os.statvfs(memory)
        if status.f_bavail * status.f_frsize > _ROOM and not status.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Caches of the repositories that tests make go with them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_CACHE", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="session")
def checked() -> pipeline.Checked:
    """The repository's own plans/, linked."""
    return pipeline.check(ROOT, AS_OF)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own site, in a directory of its own."""
    scratch = tmp_path_factory.mktemp("real")
    built = pipeline.build(ROOT, scratch / "site", scratch / "cache", AS_OF, render_theme)
    assert built.ok, built.report()
    return scratch / "site"


@dataclass(frozen=True)
class Answers:
    """What the scripts for browsers say, which run from the beginning in a process of their own."""

    directory: Path
    process: subprocess.Popen[bytes]

    def of(self, script: Path) -> dict[str, Any]:
        """The answer of one script, once it has one."""
        path = self.directory / f"{script.name}.json"
        until(f"what {script.name} says", lambda: path.is_file() or self.process.poll() is not None)
        if not path.is_file():
            pytest.fail(f"nobody runs {script.name}")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


@pytest.fixture(scope="session")
def answers(site: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """All scripts that are asked for."""
    environment = {**os.environ, "SITE": str(site), "WHOLE_STYLES": str(WHOLE_STYLES)}
    wanted = [item.callspec.params["script"] for item in request.session.items if _asks(item)]  # type: ignore[attr-defined]
    directory = tmp_path_factory.mktemp("answers")
    command = [sys.executable, str(BROWSER / "runner.py"), str(directory), *map(str, wanted)]
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        yield Answers(directory, process)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)


@pytest.fixture(scope="session", autouse=True)
def _browsers_work_beside_all_other_tests(request: pytest.FixtureRequest) -> None:
    if any(map(_asks, request.session.items)):
        request.getfixturevalue("answers")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who asks what browsers say comes last."""
    items.sort(key=_asks)


def _asks(item: pytest.Item) -> bool:
    return "answers" in getattr(item, "fixturenames", ())
