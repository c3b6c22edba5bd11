"""The search page behind the shipped nginx, in a browser, with the service and without it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from tests.deploy.test_nginx import MAIN, get, shipped
from tests.indexing.conftest import ROOT, City
from tests.indexing.test_service import started
from tests.tools import tool
from tests.waiting import answers, free_port, passes_in_node, until

pytestmark = [
    pytest.mark.skipif("OPENSEARCH" not in os.environ, reason="only `make test-opensearch`"),
    pytest.mark.browser,
]


@contextmanager
def behind_nginx(served: Path, service: str, run: Path) -> Iterator[int]:
    """The shipped configuration with both parts of the search; gives its port."""
    number, listening = free_port(), service.split("/")[2]
    deploy = ROOT / "deploy"
    inner = (deploy / "search/nginx-server.conf").read_text("utf-8").replace("127.0.0.1:8081", listening)
    (run / "search.conf").write_text(inner, "utf-8")
    here = "    location /zfxxgk/ {"
    site = shipped(served, run, number)
    assert here in site
    outer = (deploy / "search/nginx-http.conf").read_text("utf-8").replace("/var/cache/nginx", str(run))
    (run / "site.conf").write_text(outer + site.replace(here, f"    include {run}/search.conf;\n{here}", 1), "utf-8")
    main = MAIN.format(run=run, user="user root;" if os.geteuid() == 0 else "")
    (run / "nginx.conf").write_text(main, "utf-8")
    program = tool("nginx", also_in="/usr/sbin")
    process = subprocess.Popen([program, "-p", str(run), "-c", str(run / "nginx.conf")])
    try:
        until("nginx", lambda: answers(number) or process.poll() is not None)
        assert process.poll() is None, "nginx has ended"
        yield number
    finally:
        process.terminate()
        process.wait()


def test_a_page_is_answered_by_the_service_and_without_it(node: Any, tmp_path: Path) -> None:
    city = City(tmp_path, served=True)
    city.federate()
    assert city.index("--to", node.url, "--name", "page").exit_code == 0
    (tmp_path / "run").mkdir()
    with (
        closing(started(city.site, node, "page")) as serving,
        behind_nginx(city.site.parent, next(serving), tmp_path / "run") as port,
    ):
        ask = f"/zfxxgk/search/ask?q={quote('教育')}"
        first = get(port, ask)
        assert (first.status, first.getheader("Content-Security-Policy") is not None) == (200, True)
        assert get(port, "/zfxxgk/search/ask?q=a&size=5").status == 400
        assert get(port, ask, method="POST").status == 405
        stop, stopped = tmp_path / "stop", tmp_path / "stopped"

        def stops() -> None:
            until("the page", lambda: stop.exists() or None)
            serving.close()
            stopped.touch()

        Thread(target=stops, daemon=True).start()
        given = {"ADDRESS": f"http://127.0.0.1:{port}/zfxxgk/", "STOP": str(stop), "STOPPED": str(stopped)}
        passes_in_node(ROOT / "tests/indexing/page.test.mjs", **given)
        statuses = {get(port, f"/zfxxgk/search/ask?q={at}").status for at in range(80)}
        assert 502 in statuses
    logged = (tmp_path / "run/access.log").read_text("utf-8") + (tmp_path / "run/error.log").read_text("utf-8")
    assert "/zfxxgk/assets/" in logged, "other requests are logged"
    assert "/search/ask" not in logged
    assert "q=" not in logged, "what was asked is in no log"
    assert quote("公开") not in logged
