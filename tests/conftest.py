"""The real site, built once per test session, and small helpers that read it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gongkai import pipeline
from tests.theme import render_theme

ROOT = Path(__file__).resolve().parents[1]
AS_OF = date(2026, 11, 21)
DEMO = ROOT / "demo"
DEMO_DAY = date(2026, 11, 20)


settings.register_profile("states", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("states")
_ROOM = 3_000_000_000
"""Bytes that must be free in memory for the sites that tests build."""


def pytest_configure() -> None:
    """Tests build hundreds of sites: in memory where there is room, for disks take as long as all the rest."""
    if "PYTEST_XDIST_WORKER" in os.environ:  # each core has a process that runs tests: builds need no more of them
        os.environ.setdefault("GONGKAI_WORKERS", "1")
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK):
        status = os.statvfs(memory)
        if status.f_bavail * status.f_frsize > _ROOM and not status.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_finish() -> None:
    """What was imported and collected stays; looking through it again and again takes a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: a third of the tests' time is waiting for browsers and programs."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Caches of the repositories that tests make go with them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_CACHE", str(tmp_path_factory.mktemp("caches")))
        patch.setenv("GONGKAI_STATE", str(tmp_path_factory.mktemp("desks")))
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


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up column of demo/, on its day."""
    scratch = tmp_path_factory.mktemp("demo")
    built = pipeline.build(DEMO, scratch / "site", scratch / "cache", DEMO_DAY, render_theme)
    assert built.ok, built.report()
    return scratch / "site"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that none waits for another at the end: browsers, then whole programs."""
    whole = ROOT / "tests"
    items.sort(key=lambda item: (item.get_closest_marker("browser") is None, item.path.parent != whole))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The same names in each process: neither addresses of functions nor bytes with the time in them."""
    return argname if callable(val) or isinstance(val, bytes) else None
