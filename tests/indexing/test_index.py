"""``gongkai index`` against a real node: nothing is lost or doubled, whatever happens on the way."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from gongkai.cache.place import cache_of
from gongkai.indexing import build
from gongkai.indexing.cluster import Cluster
from gongkai.indexing.federated import of_federation
from gongkai.indexing.records import Indexable, IndexingError
from gongkai.output.manifest import write_manifest
from tests.indexing.conftest import NAMES, Ask, City
from tests.indexing.test_service import started
from tests.waiting import free_port

full = pytest.mark.skipif("OPENSEARCH" not in os.environ, reason="only `make test-opensearch`")


def given(city: City) -> Indexable:
    return of_federation(city.root, cache_of(city.root, None), city.site, city.districts)


def cluster(url: str, *, patient: bool = True) -> Cluster:
    return Cluster(url, (0,) * 3 if patient else (), lambda _: None)


def ids(ask: Ask, name: str, **term: str) -> list[str]:
    query = {"term": term} if term else {"match_all": {}}
    hits = ask(f"/{name}/_search", {"query": query, "size": 10_000, "sort": ["id"], "_source": ["id"]})["hits"]["hits"]
    return [hit["_source"]["id"] for hit in hits]


def expected(city: City) -> list[str]:
    places = (city.scratch / name / "data/v1/records.json" for name in NAMES)
    return sorted(row["id"] for place in places for row in json.loads(place.read_bytes())["items"])


def test_every_record_is_there_once_and_in_one_step(city: City, node: Any, ask: Ask) -> None:
    for _ in range(3):
        done = city.index("--to", node.url, "--name", "whole")
        assert done.exit_code == 0, done.output
        assert ids(ask, "whole") == expected(city)
    assert [*ask("/_alias/whole")] == ["whole-000003"]
    assert [*ask("/whole-*")] == ["whole-000002", "whole-000003"], "one for rollback, and no more"
    row = ask("/whole/_search", {"query": {"term": {"id": expected(city)[0]}}})["hits"]["hits"][0]["_source"]
    assert row["url"].startswith(row["home"])
    assert row["district"] == row["home"]
    assert not {"own_title", "own_body", "own_meta"} & set(row), "tokens are searched, not kept a second time"
    settings = ask("/whole-000003/_settings")["whole-000003"]["settings"]["index"]
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("1", "0")
    back = city.index("--to", node.url, "--name", "whole", "--rollback")
    assert back.exit_code == 0, back.output
    assert [*ask("/_alias/whole")] == ["whole-000002"]


def test_what_the_mapping_does_not_know_is_refused(city: City, node: Any, ask: Ask) -> None:
    build.index(cluster(node.url), "strict", given(city))
    refused = ask("/strict/_doc/x", {"id": "x", "other": 1}, "PUT")
    assert refused["error"]["type"] == "strict_dynamic_mapping_exception"


def test_analysed_text_is_found_across_quotes_and_by_synonyms_and_marked_safely(
    city: City, node: Any, ask: Ask
) -> None:
    build.index(cluster(node.url), "analysed", given(city))

    def read(text: str, analyzer: str = "han_pairs") -> list[str]:
        return [one["token"] for one in ask("/analysed/_analyze", {"analyzer": analyzer, "text": text})["tokens"]]

    assert read("“十四五”规划") == read("十四五规划") == ["十四", "四五", "五规", "规划"]
    assert read("ＡＢＣ１２") == ["abc12"]
    one = next(group for group in given(city).corpus.vocabulary.same if len(group) > 1)
    assert set(read(one[1])) <= set(read(one[0], "han_query"))
    row = {"id": "x", "number": -1, "district": "x", "title": "<b>养老</b>", "day": "2020-01-01T00:00:00Z"}
    ask("/analysed/_doc/x?refresh=true", row, "PUT")
    query = {"query": {"match": {"title": "养老"}}, "highlight": {"encoder": "html", "fields": {"title": {}}}}
    hit = next(hit for hit in ask("/analysed/_search", query)["hits"]["hits"] if hit["_id"] == "x")
    assert hit["highlight"]["title"] == ["&lt;b&gt;<em>养老</em>&lt;&#x2F;b&gt;"]


@contextmanager
def between(url: str, spoil: Callable[[str, bytes], tuple[int, bytes] | None]) -> Iterator[str]:
    """A server before the node that answers by itself where ``spoil`` has an answer to a path and a body."""

    class Handler(BaseHTTPRequestHandler):
        def passed(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, content = spoil(self.path, body) or (0, b"")
            if not status:
                headers = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
                try:
                    with urlopen(Request(url + self.path, body or None, headers, method=self.command)) as response:
                        status, content = response.status, response.read()
                except HTTPError as error:
                    status, content = error.code, error.read()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    for method in ("GET", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.passed)
    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_what_a_node_has_no_time_for_is_sent_again(city: City, node: Any, ask: Ask) -> None:
    """The whole request, and single records of it."""
    wanted = given(city)
    turns: list[int] = []

    def busy(path: str, body: bytes) -> tuple[int, bytes] | None:
        if "/_bulk" not in path:
            return None
        turns.append(body.count(b"\n") // 2)
        if len(turns) == 1:
            return 429, b"{}"
        if len(turns) == 2:  # the second and every third record are not taken
            lines = body.split(b"\n")
            took = [at for at in range(turns[-1]) if at % 3 != 1]
            some = b"".join(b"\n".join(lines[2 * at : 2 * at + 2]) + b"\n" for at in took)
            with urlopen(Request(node.url + path, some, {"Content-Type": "application/x-ndjson"})):
                items = [{"index": {"status": 201 if at in took else 429}} for at in range(turns[-1])]
            return 200, json.dumps({"errors": True, "items": items}).encode()
        return None

    with between(node.url, busy) as url:
        build.index(cluster(url), "busy", wanted)
    assert ids(ask, "busy") == expected(city)
    assert turns[1] == turns[0] > turns[2] > 0, "only what was not taken is sent again"


def test_who_waits_is_told_what_is_done(city: City, node: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    turns: list[float] = []
    monkeypatch.setattr("gongkai.cli.indexing.time.sleep", turns.append)

    def once(path: str, _: bytes) -> tuple[int, bytes] | None:
        return (429, b"{}") if "/_bulk" in path and not turns else None

    with between(node.url, once) as url:
        done = city.index("--to", url, "--name", "told")
    assert turns == [0.5]
    size = city.size
    wanted = [
        "OpenSearch 正忙或者没有答复，0.5 秒后再送。",
        f"写入：{size}/{size}",
        f"合并索引：0/{size}",
        f"合并索引：{size}/{size}",
    ]
    lines = [line for line in done.output.splitlines() if line in wanted]
    assert lines == wanted, done.output
    assert f"写出：{size}/{size}" in city.index("--to", str(tmp_path / "out")).output


def test_a_node_that_is_always_busy_leaves_what_was_there(city: City, node: Any, ask: Ask) -> None:
    build.index(cluster(node.url), "full", given(city))
    with (
        between(node.url, lambda path, _: (429, b"{}") if "/_bulk" in path else None) as url,
        pytest.raises(IndexingError, match="再运行一次"),
    ):
        build.index(cluster(url), "full", given(city))
    assert [*ask("/_alias/full")] == ["full-000001"]
    build.index(cluster(node.url), "full", given(city))
    assert [*ask("/full-*")] == ["full-000001", "full-000002"], "what was left over is gone"


def test_an_index_that_lacks_records_is_not_asked(city: City, node: Any, ask: Ask) -> None:
    """A node that says it took them and did not."""
    build.index(cluster(node.url), "short", given(city))

    def lies(path: str, _: bytes) -> tuple[int, bytes] | None:
        return (200, b'{"errors":false,"items":[]}') if "/_bulk" in path else None

    with between(node.url, lies) as url, pytest.raises(IndexingError, match="没有切换"):
        build.index(cluster(url), "short", given(city))
    assert [*ask("/_alias/short")] == ["short-000001"]


def test_a_second_run_at_once_ends_in_a_sentence(city: City, node: Any) -> None:
    with build.locked(cache_of(city.root, None), Cluster(node.url), "twice"):
        done = city.index("--to", node.url, "--name", "twice")
    assert done.exit_code == 1
    assert "另一个导入正在进行" in done.output


def test_what_another_machine_is_filling_is_left_alone(city: City, node: Any, ask: Ask) -> None:
    build.index(cluster(node.url), "other", given(city))
    ask("/other-000002", {"mappings": {"_meta": {"host": "elsewhere"}}}, "PUT")
    with pytest.raises(IndexingError, match="elsewhere 上的另一个导入可能正在进行"):
        build.index(cluster(node.url), "other", given(city))
    assert [*ask("/other-*")] == ["other-000001", "other-000002"]


@pytest.fixture
def changing(tmp_path: Path) -> City:
    made = City(tmp_path)
    made.federate()
    return made


def test_one_district_is_replaced_alone_and_what_it_withdrew_is_in_no_index(
    changing: City, node: Any, ask: Ask
) -> None:
    for _ in range(2):
        build.index(cluster(node.url), "one", given(changing))
    other = {"query": {"term": {"district": f"https://{NAMES[1]}.example.gov.cn/"}}, "size": 10_000}
    stays = ask("/one/_search?seq_no_primary_term=true", other)
    place = changing.scratch / NAMES[0] / "data/v1/records.json"
    table = json.loads(place.read_bytes())
    lost = next(row["id"] for row in table["items"] if "/tasks/" in row["id"])
    table["items"] = [row for row in table["items"] if row["id"] != lost]
    table["items"][0]["text"] += "改过的一句。"
    place.write_text(json.dumps(table), "utf-8")
    tasks = place.with_name("tasks.json")
    rows = json.loads(tasks.read_bytes())
    tasks.write_text(json.dumps({**rows, "items": [row for row in rows["items"] if row["id"] != lost]}), "utf-8")
    write_manifest(changing.scratch / NAMES[0], {"withdrawn": [lost]})
    assert lost in ids(ask, "one-000001")
    changing.federate()
    done = changing.index("--to", node.url, "--name", "one", "--district", NAMES[0])
    assert done.exit_code == 0, done.output
    assert [*ask("/_alias/one")] == ["one-000002"]
    assert ids(ask, "one") == expected(changing)
    assert lost not in ids(ask, "one-000001"), "the index for rollback lacks it, too"
    assert ask("/one/_count", {"query": {"match_phrase": {"text": "改过的一句"}}})["count"] == 1
    again = ask("/one/_search?seq_no_primary_term=true", other)
    told = [[(hit["_id"], hit["_seq_no"]) for hit in found["hits"]["hits"]] for found in (stays, again)]
    assert sorted(told[0]) == sorted(told[1]), "nothing of the other district was written"
    head, *rows = changing.districts.read_text("utf-8").splitlines()
    changing.districts.write_text("\n".join([head, *reversed(rows)]), "utf-8")
    other_order = changing.index("--to", node.url, "--name", "one", "--district", NAMES[0])
    assert other_order.exit_code == 1
    assert "请再运行一次，不写 --district" in other_order.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--to", "https://me:secret@h:9200"), "环境变量"),
        (("--to", "http://127.0.0.1:1", "--name", "Big"), "小写字母"),
        (("--to", "{url}", "--name", "none", "--district", "jia"), "请先运行一次"),
        (("--to", "{url}", "--name", "none", "--district", "nobody"), "没有这个区县"),
        (("--to", "{url}", "--name", "none", "--rollback"), "没有可以恢复的索引"),
    ],
    ids=["secret", "name", "no-index", "nobody", "no-rollback"],
)
def test_what_cannot_be_done_is_said(city: City, node: Any, words: tuple[str, ...], said: str) -> None:
    done = city.index(*(word.format(url=node.url) for word in words))
    assert done.exit_code == 1
    assert said in done.output
    assert "Traceback" not in done.output


@full
def test_a_node_that_is_killed_in_the_middle_loses_and_doubles_nothing(
    city: City, node: Any, ask: Ask, tmp_path: Path
) -> None:
    build.index(cluster(node.url), "killed", given(city))
    with pytest.raises(IndexingError, match="一直没有答复"):
        build.index(cluster(node.url), "killed", given(city), lambda *_: node.kill())
    node.start()
    assert [*ask("/_alias/killed")] == ["killed-000001"]
    assert ids(ask, "killed") == expected(city)
    build.index(cluster(node.url), "killed", given(city))
    assert ids(ask, "killed") == expected(city)
    assert [*ask("/killed-*")] == ["killed-000001", "killed-000002"]


@full
def test_a_node_that_comes_back_in_time_is_gone_on_with(city: City, node: Any, ask: Ask) -> None:
    """Killed and started again while the run waits: what was acknowledged is there, what was not is sent again."""
    waiting = Cluster(node.url, (0,) * 3, lambda _: node.start() if not node.alive else None)
    build.index(waiting, "back", given(city), lambda *_: node.kill())
    assert ids(ask, "back") == expected(city)


@full
def test_of_two_nodes_either_may_be_lost(fetched: None, city: City, tmp_path: Path) -> None:
    """Both have everything. Whichever is killed, readers are answered by the other; an import goes on, or says why."""
    with two_nodes(tmp_path) as nodes:
        build.index(cluster(nodes[0].url), "both", given(city))
        went_on = []
        for lost, left in (nodes, nodes[::-1]):
            health = _answer(f"{left.url}/_cluster/health/both?wait_for_active_shards=2&wait_for_nodes=2&timeout=600s")
            assert (health["number_of_data_nodes"], health["active_shards"], health["status"]) == (2, 2, "green")
            asked = _answer(f"{left.url}/_alias/both")
            with closing(started(city.site, [lost, left], "both")) as serving:
                service = next(serving)
                before = _answer(f"{service}ask?q={quote('公开')}")
                assert before["hits"]
                lost.kill()
                assert _answer(f"{service}ask?q={quote('公开')}")["hits"] == before["hits"]
                assert _answer(f"{service}ask?q={quote('教育')}")["hits"]
            assert _answer(f"{left.url}/both/_count")["count"] == city.size
            try:
                assert build.index(cluster(left.url, patient=False), "both", given(city)).count == city.size
                went_on.append(True)
            except IndexingError as error:
                assert "没有主节点" in str(error)  # noqa: PT017 - it goes on or it says why
                went_on.append(False)
            lost.start()
            if not went_on[-1]:
                _answer(f"{left.url}/_cluster/health/both?wait_for_active_shards=2&timeout=600s")
                assert _answer(f"{left.url}/_alias/both") == asked, "readers still ask the one before"
                build.index(cluster(left.url), "both", given(city))
            assert _answer(f"{left.url}/both/_count")["count"] == city.size
        assert True in went_on


@contextmanager
def two_nodes(scratch: Path) -> Iterator[list[Any]]:
    """A cluster of two on this machine."""
    from tests.indexing.conftest import TOOL

    ports = [free_port() for _ in range(4)]
    nodes = [
        TOOL.Running(scratch / name, ports[at], name, str(ports[2 + at]), str(ports[3 - at]), wait=False)
        for at, name in enumerate(("one", "two"))
    ]
    try:
        for one in nodes:
            one.wait()
        yield nodes
    finally:
        for one in nodes:
            one.stop()


def _answer(url: str) -> Any:
    with urlopen(url) as response:
        return json.loads(response.read())
