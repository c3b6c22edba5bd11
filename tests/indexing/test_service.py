"""The service before OpenSearch (deploy/search) over a real node: no page can tell it from the column's own search."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from msgspec.structs import replace

from gongkai.cache.place import cache_of
from gongkai.indexing import build
from gongkai.indexing.cluster import Cluster
from gongkai.indexing.records import of_column
from tests.indexing.conftest import NAMES, ROOT, City
from tests.miniature.build import AS_OF, build_miniature, miniature_repository
from tests.tools import tool
from tests.waiting import answers, finished, free_port, passes_in_node, until

full = pytest.mark.skipif("OPENSEARCH" not in os.environ, reason="only `make test-opensearch`")


def started(site: Path, nodes: Any, name: str) -> Generator[str, None, None]:
    """The service before one node, or several."""
    port = free_port()
    urls = ",".join(node.url for node in (nodes if isinstance(nodes, list) else [nodes]))
    words = ["--site", str(site), "--opensearch", urls, "--name", name, "--port", str(port), "--patience", "600000"]
    process = subprocess.Popen([tool("node"), str(ROOT / "deploy/search/service.mjs"), *words])
    try:
        until("the service", lambda: answers(port))
        yield f"http://127.0.0.1:{port}/search/"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def column(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search of the repository's own column, with its records."""
    out = tmp_path_factory.mktemp("column")
    made = finished([sys.executable, "-m", "benchmarks.search.build", out], cwd=ROOT)
    assert made.returncode == 0, made.stderr
    return out


@pytest.fixture(scope="module")
def service(column: Path, node: Any) -> Iterator[str]:
    build.index(Cluster(node.url), "column", of_column(ROOT, cache_of(ROOT, None)))
    yield from started(column, node, "column")


@pytest.fixture(scope="module")
def cities(city: City, node: Any) -> Iterator[str]:
    assert city.index("--to", node.url, "--name", "city").exit_code == 0
    yield from started(city.site, node, "city")


def test_the_same_is_expected_of_both(column: Path, service: str) -> None:
    passes_in_node(ROOT / "tests/indexing/service.test.mjs", SITE=str(column), SERVICE=service)


def asked(service: str, query: str, **more: str) -> Any:
    options = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    with urlopen(f"{service}ask?q={quote(query)}{options}") as response:
        return json.loads(response.read())


def test_of_a_federation_results_lead_home(cities: str, city: City) -> None:
    found = asked(cities, "公开", limit="50")
    homes = {hit["entry"]["url"].split("/")[2] for hit in found["hits"]}
    assert homes == {f"{name}.example.gov.cn" for name in NAMES}
    assert {organ for organ, _, _ in found["counts"]["organ"]} == set(NAMES)
    only = asked(cities, "公开", organ=NAMES[0], limit="50")
    assert {hit["entry"]["url"].split("/")[2] for hit in only["hits"]} == {f"{NAMES[0]}.example.gov.cn"}


@full
def test_an_answer_in_place_comes_with_its_record(node: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The questions of the made-up district, the first of thousands of numbers apart."""
    monkeypatch.setattr("gongkai.pipeline.today", lambda: AS_OF)
    site = build_miniature(tmp_path)
    (tmp_path / "again").mkdir()
    root = miniature_repository(tmp_path / "again")
    given = of_column(root, tmp_path / "cache")
    lasting = {record: replace(answer, until=None) for record, answer in given.corpus.holding.items()}
    given = replace(given, corpus=replace(given.corpus, holding=lasting))
    build.index(Cluster(node.url), "answers", given)
    for address in started(site, node, "answers"):
        found = asked(address, "养老服务补贴直接发给谁？")
        assert found["answer"]["text"] == "发到享受补贴的老年人本人账户。"
        assert found["answer"]["url"] == "questions/shili-2021-wenda/1/"
        assert "answer" not in found["hits"][0]["entry"]
        assert asked(address, "天气")["answer"] is None


@full
def test_without_an_index_it_says_that_it_cannot(column: Path, node: Any) -> None:
    for address in started(column, node, "none"):
        with pytest.raises(HTTPError) as refused:
            asked(address, "公开")
        assert refused.value.code == 503
        refused.value.close()
