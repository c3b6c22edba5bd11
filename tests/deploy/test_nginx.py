"""The shipped nginx configuration, run by a real nginx on the published site, and read by a real browser."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest

from gongkai.output.publish import publish
from gongkai.output.verification import verify
from tests.conftest import ROOT
from tests.miniature.build import build_miniature, miniature_repository
from tests.output.test_redirects import built, listed, renamed
from tests.tools import tool
from tests.waiting import GUARD, answers, free_port, passes_in_node, until

HERE = Path(__file__).resolve().parent
MAIN = """daemon off;
{user}
pid {run}/pid;
error_log {run}/error.log;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
    include {run}/site.conf;
}}
"""


@pytest.fixture(scope="module")
def port(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(site, tmp_path_factory.mktemp("nginx")) as number:
        yield number


@contextmanager
def serving(site: Path, scratch: Path, module: Path | None = None) -> Iterator[int]:
    """A site, published, and a real nginx with the shipped configuration in front of it; gives its port."""
    program = tool("nginx", also_in="/usr/sbin")
    run, served = scratch / "run", scratch / "srv"
    run.mkdir()
    served.mkdir()

    def make(directory: Path) -> list[str]:
        shutil.copytree(site, directory)
        return []

    publish(served / "zfxxgk", make, {})
    number = free_port()
    (run / "site.conf").write_text(shipped(served, run, number), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    if module:
        with_brotli = (
            (run / "site.conf").read_text(encoding="utf-8").replace("# brotli_static on;", "brotli_static on;")
        )
        (run / "site.conf").write_text(with_brotli, encoding="utf-8")
        user += f"\nload_module {module};"
    (run / "nginx.conf").write_text(MAIN.format(run=run, user=user))
    process = subprocess.Popen([program, "-p", str(run), "-c", str(run / "nginx.conf")], stderr=subprocess.PIPE)
    try:
        until("nginx", lambda: answers(number) or process.poll() is not None)
        assert process.poll() is None, process.communicate()
        yield number
    finally:
        process.terminate()
        process.communicate()


def shipped(served: Path, run: Path, number: int) -> str:
    """The shipped configuration for a port, with what it serves and its logs in directories of the test."""
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    here = {"listen 80;": f"listen {number};", "listen [::]:80;": f"listen [::]:{number};"}
    here |= {"/srv/gongkai": str(served), "/var/log/nginx": str(run)}
    for theirs, ours in here.items():
        assert theirs in text
        text = text.replace(theirs, ours)
    return text


def get(port: int, path: str, host: str = "127.0.0.1", method: str = "GET", **headers: str) -> HTTPResponse:
    connection = HTTPConnection(host, port, timeout=GUARD)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    response.body = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_served_over_both_protocols_with_every_header(port: int, host: str) -> None:
    response = get(port, "/zfxxgk/", host)
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-cache"
    assert "Strict-Transport-Security" not in response.headers
    assert response.headers["Server"] == "nginx"


TYPES = {
    "feed.xml": "application/atom+xml; charset=utf-8",
    "calendar.ics": "text/calendar; charset=utf-8",
    "data/v1/tasks.json": "application/json; charset=utf-8",
    "data/v1/tasks.csv": "text/csv; charset=utf-8",
    "data/index.jsonld": "application/ld+json; charset=utf-8",
    "plans/laiwu-2021/index.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "sitemap.xml": "text/xml; charset=utf-8",
    "assets/column.css": "text/css; charset=utf-8",
    "assets/column.js": "application/javascript; charset=utf-8",
}


@pytest.mark.parametrize(("path", "kind"), TYPES.items())
def test_every_kind_of_file_has_its_type(port: int, path: str, kind: str) -> None:
    response = get(port, f"/zfxxgk/{path}")
    assert (response.status, response.headers["Content-Type"]) == (200, kind)
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_compressed_copies_are_sent(port: int) -> None:
    plain = get(port, "/zfxxgk/data/v1/tasks.json")
    packed = get(port, "/zfxxgk/data/v1/tasks.json", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body  # type: ignore[attr-defined]
    assert len(packed.body) < len(plain.body) / 3  # type: ignore[attr-defined]


def test_brotli_copies_are_sent_where_nginx_has_the_module(tmp_path: Path) -> None:
    module = Path(os.environ.get("BROTLI_MODULE", "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"))
    if not module.is_file():
        pytest.skip("this system's nginx has no module for brotli")
    site = build_miniature(tmp_path)
    with serving(site, tmp_path, module) as number:
        address = "/zfxxgk/data/v1/tasks.json"
        packed = get(number, address, Accept_Encoding="gzip, br")
        assert packed.headers["Content-Encoding"] == "br"
        plain, zipped = get(number, address), get(number, address, Accept_Encoding="gzip")
        assert brotli.decompress(packed.body) == plain.body  # type: ignore[attr-defined]
        assert len(packed.body) < len(zipped.body)  # type: ignore[attr-defined]
        assert zipped.headers["Content-Encoding"] == "gzip"


def test_what_did_not_change_is_not_sent_again(port: int) -> None:
    tag = get(port, "/zfxxgk/").headers["ETag"]
    assert get(port, "/zfxxgk/", If_None_Match=tag).status == 304


def test_files_named_by_content_are_cached_for_good(port: int, site: Path) -> None:
    css = next((site / "assets/stylesheets").glob("main.*.min.css"))
    cached = get(port, f"/zfxxgk/assets/stylesheets/{css.name}").headers["Cache-Control"]
    assert cached == "public, max-age=31536000, immutable"


ELSEWHERE = [
    *("/", "/zfxxgk/gone/", "/zfxxgk/assets/", "/.zfxxgk.releases/lock"),
    *("/zfxxgk/../.zfxxgk.releases/", "/zfxxgk/%2e%2e/x"),
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_everything_else_is_not_there(port: int, path: str) -> None:
    response = get(port, path)
    assert response.status in (400, 404)
    if response.status == 404:
        assert "没有找到这个页面".encode() in response.body  # type: ignore[attr-defined]
        assert "Content-Security-Policy" in response.headers


def test_only_reading(port: int) -> None:
    assert get(port, "/zfxxgk/", method="POST").status in (403, 404, 405)
    assert get(port, "/zfxxgk/", method="HEAD").status == 200
    assert get(port, "/zfxxgk").headers["Location"] == "/zfxxgk/"


def test_what_readers_search_for_is_in_no_log(tmp_path: Path) -> None:
    """It stands in the address of the search page, and in the Referer of what that page asks for."""
    page = f"/zfxxgk/search/?q={quote('低保')}"
    with serving(build_miniature(tmp_path), tmp_path) as number:
        come = {"Referer": f"http://127.0.0.1:{number}{page}"}
        assert get(number, page).status == 200
        assert get(number, page, method="POST").status == 405
        for path in ("assets/column.css", "assets/gone.css", "assets/", "gone/?q=x", ".hidden"):
            get(number, f"/zfxxgk/{path}", **come)
            get(number, f"/zfxxgk/{path}", method="POST", **come)
    logged = "".join((tmp_path / "run" / name).read_text("utf-8") for name in ("access.log", "error.log"))
    assert logged.count("GET /zfxxgk/search/ 200") == 1
    assert "/zfxxgk/assets/gone.css 404" in logged
    assert "q=" not in logged
    assert quote("低保") not in logged


def test_anyone_can_verify_what_is_served(port: int) -> None:
    count, wrong = verify(f"http://127.0.0.1:{port}/zfxxgk/")
    assert wrong == []
    assert count > 1000


def test_old_addresses_are_answered_with_permanent_redirects(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    renamed(root, "shili-2021", "shili-new")
    with serving(built(root, tmp_path), tmp_path) as number:
        for old in listed(tmp_path / "site"):
            response = get(number, f"/zfxxgk/{old}")
            assert (response.status, response.headers["Location"]) == (301, f"/zfxxgk/{old.replace('-2021', '-new')}")
            assert get(number, response.headers["Location"]).status == 200
        beside = get(number, "/zfxxgk/plans/shili-2021/index.csv?v=1")
        assert (beside.status, beside.headers["Location"]) == (301, "/zfxxgk/plans/shili-new/index.csv?v=1")
        assert get(number, "/zfxxgk/plans/shili-2021-decisions/").status == 404
        for hostile in ("%0d%0aSet-Cookie:x", "..%2f..%2fx%0aX:1", "%22%3e"):
            answer = get(number, f"/zfxxgk/plans/shili-2021/{hostile}")
            assert answer.status in (400, 404)
            assert "Set-Cookie" not in answer.headers


@pytest.mark.soak  # the miniature has every kind of page, and is looked at each time
@pytest.mark.browser
def test_pages_keep_the_policy_in_a_browser(port: int) -> None:
    in_browser(port)


@pytest.mark.browser
def test_every_kind_of_page_keeps_it_on_a_site_with_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The miniature district has every kind of page; with an address there are QR codes and canonical links."""
    monkeypatch.setenv("SITE_URL", "https://www.example.gov.cn/zfxxgk/")
    with serving(build_miniature(tmp_path), tmp_path) as number:
        in_browser(number)


def in_browser(number: int) -> None:
    passes_in_node(HERE / "nginx.test.mjs", ADDRESS=f"http://127.0.0.1:{number}/zfxxgk/")
