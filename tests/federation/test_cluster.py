"""A real scheduler and three workers, each on a machine of its own; one is killed while counting, one while writing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.federation.districts import write_district
from gongkai.assets import files_below
from gongkai.search.corpus import LARGE_RECORDS
from tests.conftest import ROOT
from tests.federation.network import ADDRESS, lacking, machines
from tests.federation.test_federation import rows
from tests.miniature.build import miniature_repository
from tests.waiting import finished

DISTRICTS = 45
PORT = 8786
pytestmark = pytest.mark.cluster


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Districts with so many records that the search is made of tasks, and a city's repository."""
    if not find_spec("distributed"):
        pytest.skip("没有安装 Dask：requirements-cluster.lock")
    if why := lacking():
        pytest.skip(why)
    scratch = tmp_path_factory.mktemp("cluster")
    tables = (ROOT / "tests/miniature/expected/data/v1").glob("*.json")
    known = {path.stem: path.read_text("utf-8") for path in tables if path.stem not in ("status", "withdrawn")}
    real = {name: text.replace("shili", "laiwu").replace("示例", "莱芜") for name, text in known.items()}
    for at in range(DISTRICTS):
        write_district(real, at, scratch / f"d{at}")
    listed = [f"  - {{home: 'https://d{at}.example.gov.cn/', site: d{at}}}\n" for at in range(DISTRICTS)]
    (scratch / "districts.yml").write_text("districts:\n" + "".join(listed), "utf-8")
    root = miniature_repository(scratch)
    for path in (root / "plans").glob("*.yml"):
        path.unlink()
    certificates(scratch)
    return scratch


def certificates(scratch: Path) -> None:
    """One for all machines, signed by itself."""
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=gongkai"]
    made += ["-keyout", f"{scratch}/key.pem", "-out", f"{scratch}/cert.pem"]
    subprocess.run(made, check=True, capture_output=True)


def environment(scratch: Path, **more: str) -> dict[str, str]:
    """What Dask is told of the certificates, as deploy/cluster.md says."""
    tls = {"CA_FILE": f"{scratch}/cert.pem"}
    for who in ("SCHEDULER", "WORKER", "CLIENT"):
        tls |= {f"{who}__KEY": f"{scratch}/key.pem", f"{who}__CERT": f"{scratch}/cert.pem"}
    told = {f"DASK_DISTRIBUTED__COMM__TLS__{name}": value for name, value in tls.items()}
    return {**os.environ, "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true", **told, **more}


@contextmanager
def running(command: list[str], log: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process:
        try:
            yield process
        finally:
            process.kill()


def federated(scratch: Path, name: str, *more: str, on: list[str], told: dict[str, str]) -> None:
    target, cache = (str(scratch / f"{name}/{part}") for part in ("city", "cache"))
    command = [sys.executable, "-m", "gongkai", "federate", target, str(scratch / "districts.yml")]
    root = next(scratch.glob("*/mkdocs.yml")).parent
    done = finished([*on, *command, "--root", str(root), "--cache", cache, *more], env=told)
    assert done.returncode == 0, done.stdout + done.stderr


def test_machines_that_die_while_counting_and_writing_change_no_byte(scratch: Path) -> None:
    scheduler = f"tls://{ADDRESS.format(1)}:{PORT}"
    alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(scratch / "space")]
    preload = ["--preload", str(ROOT / "tests/federation/dying.py")]
    with ExitStack() as stack:
        on = stack.enter_context(machines(4))
        begin = [*on[0], *dask_command("scheduler"), "--host", ADDRESS.format(1), "--port", str(PORT),
                 "--protocol", "tls", "--no-dashboard"]  # fmt: skip
        stack.enter_context(running(begin, scratch / "scheduler.log", environment(scratch)))
        workers = []
        for at, dies in enumerate(("counts", "search", ""), start=1):
            told = environment(scratch, DIES_IN=dies, DIED=f"{scratch}/died-{dies}")
            command = [*on[at], *dask_command("worker"), scheduler, "--host", ADDRESS.format(at + 1), *alone]
            command += preload if dies else []
            workers.append(stack.enter_context(running(command, scratch / f"worker-{at}.log", told)))
        federated(scratch, "together", "--scheduler", scheduler, on=on[0], told=environment(scratch))
        assert [(scratch / f"died-{dies}").exists() for dies in ("counts", "search")] == [True, True]
        assert [worker.poll() is None for worker in workers] == [False, False, True]
    federated(scratch, "alone", "--jobs", "1", on=[], told=dict(os.environ))
    made, same = (files_below((scratch / name / "city").resolve()) for name in ("together", "alone"))
    assert list(made) == list(same)
    assert [name for name in made if made[name].read_bytes() != same[name].read_bytes()] == []
    assert len(rows(scratch / "alone/city", "records")) > LARGE_RECORDS


def dask_command(what: str) -> list[str]:
    return [sys.executable, "-m", f"distributed.cli.dask_{what}"]
