"""``gongkai serve``: whatever is saved is shown at the next request, as a build from nothing would write it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from gongkai import pipeline
from gongkai.cli import main
from gongkai.load.seen import Files, Seen
from gongkai.output.listing import NAME as LIST
from gongkai.serving.answers import with_script
from gongkai.serving.live import Live
from gongkai.serving.server import PortTakenError, Server
from tests.miniature.build import AS_OF, miniature_repository
from tests.output.test_incremental import contents, drop_dead_references
from tests.test_preview import BROKEN, EDITS, EPOCH, replaced
from tests.test_withdraw import furnished
from tests.theme import render_theme
from tests.waiting import ROOT, free_port, passes_in_node, until

SCRIPT = re.compile(rb'<script src="/_preview/live\.js"[^>]*></script>\n(?=</body>)')
HTML = "text/html; charset=utf-8"


class Preview:
    """A preview of a repository, and somebody who looks at it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.live = Live(root, root / ".cache", render_theme, AS_OF)
        self.server = Server(self.live, "127.0.0.1", 0)
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self.server.close()
        self._thread.join()
        self.live.search.wait()

    @contextmanager
    def asked(self, path: str, method: str = "GET", **headers: str) -> Iterator[HTTPResponse]:
        connection = HTTPConnection("127.0.0.1", self.server.server_port)
        with closing(connection):
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders()
            yield connection.getresponse()

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
        with self.asked(quote(path), method, **headers) as answer:
            return answer.status, answer.read()

    def page(self, url: str) -> str:
        status, content = self.get(f"/{url}")
        assert status == 200, (url, content.decode())
        return SCRIPT.sub(b"", content).decode()

    def trouble(self, url: str) -> str:
        status, content = self.get(f"/{url}")
        assert status == 500, url
        assert "Traceback" not in content.decode()
        return content.decode()

    def change(self, name: str, change: Callable[[str], str]) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert change(text) != text
        path.write_text(change(text), encoding="utf-8")

    def shows_what_is_built(self, scratch: Path) -> bool:
        """Whether everything is served as a build from nothing writes it, the search as well once it is made."""
        self.get("/search/")
        self.live.search.wait()
        built = pipeline.build(self.root, scratch / "built", scratch / "cache", AS_OF, render_theme)
        assert built.ok, built.report()
        wanted = {f"/{name}": content for name, content in contents(scratch / "built").items() if name != LIST}
        version = self.live.view().version
        for path, content in wanted.items():
            page = with_script(content, version) if path.endswith(".html") else content
            assert self.get(path) == (200, page), path
        shutil.rmtree(scratch / "built")
        return True


@pytest.fixture(scope="module")
def cooked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a cache that holds its theme, the search of its preview and all else."""
    root = furnished(tmp_path_factory.mktemp("cooked"))
    pipeline.build(root, root.parent / "site", root / ".cache", AS_OF, render_theme)
    shutil.rmtree(root.parent / "site")
    with closing(Preview(root)) as shown:
        shown.page("")
    return root


@pytest.fixture
def preview(cooked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    shutil.copytree(cooked, tmp_path / "repository")
    shutil.copytree(cooked / ".cache", tmp_path / "cache")
    with closing(Preview(tmp_path / "repository")) as shown:
        yield shown


@pytest.fixture(scope="module")
def still(cooked: Path) -> Iterator[Preview]:
    """A preview of a repository that nobody changes."""
    with closing(Preview(cooked)) as shown:
        shown.page("")  # pages name the view that they are of, and it names the search
        yield shown


def test_every_address_gives_the_file_that_a_build_writes(preview: Preview, tmp_path: Path) -> None:
    assert preview.shows_what_is_built(tmp_path)


@pytest.mark.parametrize(("name", "change", "url", "words"), EDITS)
def test_whatever_is_edited_is_shown_at_the_next_request(
    preview: Preview, name: str, change: Callable[[str], str], url: str, words: str
) -> None:
    assert words not in preview.page(f"{url}/")
    preview.change(name, change)
    assert words in preview.page(f"{url}/")


@pytest.mark.soak
@pytest.mark.parametrize(("name", "change", "url", "words"), EDITS)
def test_after_an_edit_everything_is_as_it_is_built(
    preview: Preview, tmp_path: Path, name: str, change: Callable[[str], str], url: str, words: str
) -> None:
    """The search is made and the site is built from nothing for each: minutes in all."""
    preview.change(name, change)
    assert words in preview.page(f"{url}/")
    assert preview.shows_what_is_built(tmp_path)


def test_attachments_are_those_on_disk(preview: Preview) -> None:
    source = preview.root / "plans/files/困难群众救助名单.docx"
    path = "/documents/shili-2021/files/困难群众救助名单.docx"
    assert preview.get(path) == (200, source.read_bytes())
    (preview.root / "secret.docx").write_bytes(b"secret")
    source.unlink()
    source.symlink_to(preview.root / "secret.docx")
    assert preview.get(path)[1] != b"secret"
    assert "ATT-01" in preview.trouble("plans/shili-2021/")


def test_files_that_go_or_get_another_name_take_their_pages_with_them(preview: Preview, tmp_path: Path) -> None:
    assert preview.page("plans/shili-2022/")
    old = preview.root / "plans/shili-2022.yml"
    text = old.read_text(encoding="utf-8").replace("id: shili-2022", "id: shili-2023", 1)
    old.with_name("shili-2023.yml").write_text(text.replace("year: 2022", "year: 2023"), encoding="utf-8")
    assert preview.page("plans/shili-2023/")
    old.unlink()
    drop_dead_references(preview.root)
    assert preview.get("/plans/shili-2022/")[0] == 404
    assert "shili-2022" not in preview.page("plans/")
    assert preview.shows_what_is_built(tmp_path)


def test_a_page_of_content_comes_and_goes(preview: Preview) -> None:
    assert preview.get("/news/")[0] == 404
    page = preview.root / "content/news.md"
    page.write_text("# 新闻\n\n新写的一页。\n", encoding="utf-8")
    assert "新写的一页。" in preview.page("news/")
    page.unlink()
    assert preview.get("/news/")[0] == 404


def test_findings_stand_in_the_place_of_the_pages_of_their_file_and_go_away(preview: Preview) -> None:
    pages = ("plans/shili-2021/", "plans/shili-2021/tasks/1/", "documents/shili-2021/")
    before = [preview.page(url) for url in pages]
    preview.change("plans/shili-2021.yml", replaced("\ntitle: ", "\ntitel: "))
    for url in pages:
        said = preview.trouble(url)
        assert re.search(
            r"plans/shili-2021\.yml:\d+:1</code> <b>错误 SHAPE-01</b></p><p>未知字段 titel；是否想写 title", said
        )
    assert preview.page("plans/shili-2022/"), "other files are shown"
    assert preview.page("plans/")
    preview.change("plans/shili-2021.yml", replaced("\ntitel: ", "\ntitle: "))
    assert [preview.page(url) for url in pages] == before


def test_what_a_rule_or_a_reference_stops_is_told_in_the_pages_place(preview: Preview) -> None:
    text = (preview.root / "plans/shili-2021.yml").read_text(encoding="utf-8")
    preview.change("plans/shili-2021.yml", lambda text: f"{text}related: [nobody-knows]\n")
    assert "REF-04" in preview.trouble("plans/shili-2021/")
    (preview.root / "plans/shili-2021.yml").write_text(text, encoding="utf-8")
    assert preview.page("plans/shili-2021/")


@pytest.mark.parametrize(("name", "change"), BROKEN)
def test_a_mistake_is_told_with_its_file_and_never_as_a_traceback(
    preview: Preview, tmp_path: Path, name: str, change: Callable[[str], str]
) -> None:
    url = {"unit.html": "units/shili-minzhengju/", "shili-2021.yml": "plans/shili-2021/"}.get(Path(name).name, "")
    before = preview.page(url)
    text = (preview.root / name).read_text(encoding="utf-8")
    preview.change(name, change)
    assert name in preview.trouble(url)
    preview.change("plans/shili-2022.yml", replaced("title: ", "title: 新的"))
    assert name in preview.trouble(url)
    (preview.root / name).write_text(text, encoding="utf-8")
    assert preview.page(url) == before or "新的" in preview.page(url)
    assert "新的" in preview.page("plans/shili-2022/")
    assert preview.shows_what_is_built(tmp_path)


@pytest.mark.parametrize("name", ["units-shili.yml", "organs.yml", "themes.yml"])
def test_a_vocabulary_that_cannot_be_read_is_told_on_every_page(preview: Preview, name: str) -> None:
    home = preview.page("")
    text = (preview.root / "plans/vocabularies" / name).read_text(encoding="utf-8")
    preview.change(f"plans/vocabularies/{name}", lambda text: f"{text}\n- [\n")
    for url in ("", "plans/shili-2021/", "units/", "nobody/"):
        assert f"plans/vocabularies/{name}:" in preview.trouble(url)
    (preview.root / "plans/vocabularies" / name).write_text(text, encoding="utf-8")
    assert preview.page("") == home


def test_what_must_not_be_in_content_is_told_and_the_rest_is_shown(preview: Preview) -> None:
    assert preview.page("guide/")
    (preview.root / "content/picture.png").symlink_to("/etc/hostname")
    assert "content/picture.png:1:1" in preview.trouble("guide/")
    assert preview.get("/picture.png")[0] == 404
    assert preview.page("plans/shili-2021/")
    (preview.root / "content/picture.png").unlink()
    assert preview.page("guide/")


def test_without_settings_there_is_a_sentence(preview: Preview) -> None:
    (preview.root / "mkdocs.yml").rename(preview.root / "elsewhere.yml")
    assert "找不到 mkdocs.yml" in preview.trouble("")
    (preview.root / "elsewhere.yml").rename(preview.root / "mkdocs.yml")
    assert preview.page("")


def test_all_findings_have_a_page(preview: Preview) -> None:
    preview.change("plans/shili-2021.yml", replaced("\ntitle: ", "\ntitel: "))
    said = preview.page("_preview/findings/")
    assert said.index("SHAPE-01") < said.index("警告")


def test_many_requests_at_once_get_their_own_pages(still: Preview) -> None:
    urls = [f"plans/shili-2021/tasks/{number}/" for number in (1, 2, 3, 4)] + [
        "",
        "units/",
        "data/v1/tasks.csv",
        "years/",
    ]
    alone = [still.get(f"/{url}") for url in urls]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda url: still.get(f"/{url}"), urls * 8))
    assert together == alone * 8


def test_edits_between_requests_of_many_are_never_mixed(preview: Preview) -> None:
    """A page shows the whole edit or nothing of it, whoever asks meanwhile."""
    text = (preview.root / "plans/shili-2021.yml").read_text(encoding="utf-8")
    done = threading.Event()

    def look() -> int:
        seen = 0
        while not done.is_set():
            found = set(re.findall("改[0-9]+次", preview.page("plans/shili-2021/")))
            assert len(found) <= 1, found
            seen += 1
        return seen

    with ThreadPoolExecutor(3) as pool:
        looking = [pool.submit(look) for _ in range(3)]
        for turn in range(10):
            draft = preview.root / "plans/draft.tmp"
            draft.write_text(text.replace("title: 2021年", f"title: 改{turn}次2021年", 1), encoding="utf-8")
            draft.replace(preview.root / "plans/shili-2021.yml")
            assert f"改{turn}次" in preview.page("plans/shili-2021/")
        done.set()
        assert all(each.result() for each in looking)


def test_a_waiting_page_hears_of_the_next_change(preview: Preview) -> None:
    known = json.loads(preview.get("/_preview/changes")[1])["version"]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: json.loads(preview_changes(preview, known)))
        preview.change("plans/shili-2021.yml", replaced("\ntitle: ", "\ntitel: "))
        said = waiting.result()
    assert said["version"] != known
    while said["error"] != 2:  # it may have heard of the file while that was half written
        said = json.loads(preview_changes(preview, said["version"]))
    script = preview.get("/_preview/live.js")[1].decode()
    assert "/_preview/changes" in script


def preview_changes(preview: Preview, known: str) -> bytes:
    with preview.asked(f"/_preview/changes?version={known}") as answer:
        return answer.read()


ELSEWHERE = [
    *("/../mkdocs.yml", "/plans/../../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/..%2fmkdocs.yml", "/..\\mkdocs.yml"),
    *("/plans/shili-2021.yml", "/overrides/main.html", "/.cache/", "/.git/config", "/assets/../../mkdocs.yml"),
    *("//etc/passwd", "/C:/Windows/win.ini", "/%00", "/%ff/", "/search/../manifest.json"),
    *("/documents/shili-2021/files/../../a.yml", "/documents/shili-2021/files/%2e%2e%2f%2e%2e%2fshili-2021.yml"),
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nothing_but_the_site_is_given(still: Preview, path: str) -> None:
    with still.asked(path) as answer:
        assert answer.status == 404, answer.read().decode()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:80", "[", "a b"]
)
def test_a_request_by_another_name_is_refused(still: Preview, host: str) -> None:
    status, content = still.get("/", Host=host)
    assert status == 421
    assert "只给本机看" in content.decode()


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:80", "preview.localhost", "192.168.1.7:8000"])
def test_names_of_this_computer_and_addresses_are_known(still: Preview, host: str) -> None:
    assert still.get("/", Host=host)[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_sent(still: Preview, method: str) -> None:
    assert still.get("/", method)[0] == 405


def test_head_gives_no_content_and_what_is_known_is_not_sent_again(preview: Preview) -> None:
    assert preview.page("")
    preview.live.search.wait()  # pages name the view that they are of
    with preview.asked("/plans/", "HEAD") as answer:
        assert answer.status == 200
        assert int(answer.headers["Content-Length"]) > 1000
        assert answer.read() == b""
        tag = answer.headers["ETag"]
    assert preview.get("/plans/", If_None_Match=tag) == (304, b"")
    preview.change("plans/shili-2021.yml", replaced("title: 2021年", "title: 改了的2021年"))
    assert preview.get("/plans/", If_None_Match=tag)[0] == 200


def test_a_directory_without_its_stroke_leads_to_the_page(still: Preview) -> None:
    with still.asked("/plans/shili-2021") as answer:
        assert (answer.status, answer.headers["Location"]) == (301, "/plans/shili-2021/")
    with still.asked("/plans/") as answer:
        assert answer.headers["Content-Type"] == HTML


@pytest.mark.parametrize("desk", ["", "http://127.0.0.1:4321"])
def test_only_the_desk_may_frame_a_preview(still: Preview, monkeypatch: pytest.MonkeyPatch, desk: str) -> None:
    monkeypatch.setattr(still.server, "framed_by", desk)
    with still.asked("/plans/shili-2021") as answer:
        assert answer.headers["Content-Security-Policy"] == f"frame-ancestors 'self' {desk}".strip()


def test_the_page_for_wrong_addresses_is_the_column_s_own(still: Preview) -> None:
    status, content = still.get("/nobody/knows/")
    assert status == 404
    assert SCRIPT.sub(b"", content) == SCRIPT.sub(b"", still.get("/404.html")[1])


def test_a_port_that_is_taken_is_a_sentence(still: Preview) -> None:
    port = still.server.server_port
    with pytest.raises(PortTakenError, match=f"端口 {port} 已经被别的程序占用.*--port {port + 1}"):
        Server(still.live, "127.0.0.1", port)
    done = CliRunner().invoke(main, ["serve", "--root", str(still.root), "--port", str(port), "--no-browser"])
    assert done.exit_code == 1
    assert "已经被别的程序占用" in done.output
    with pytest.raises(PortTakenError, match="请写本机的地址"):
        Server(still.live, "192.0.2.1", 0)


COMMAND = """
import signal
from gongkai.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have its background processes ignore Ctrl-C
main()
"""


def test_the_command_itself_shows_an_edit(tmp_path: Path) -> None:
    root, port = miniature_repository(tmp_path), free_port()
    command = [sys.executable, "-c", COMMAND, "serve", "--root", str(root), "--port", str(port), "--no-browser"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            until("the address", lambda: f"预览：http://127.0.0.1:{port}/" in server.stdout.readline())  # type: ignore[union-attr]
            path = root / "plans/shili-2022.yml"
            for turn in range(3):
                path.write_text(path.read_text("utf-8").replace("title: ", f"title: 新{turn}", 1), encoding="utf-8")
                connection = HTTPConnection("127.0.0.1", port)
                with closing(connection):
                    connection.request("GET", "/plans/shili-2022/")
                    assert f"新{turn}" in connection.getresponse().read().decode()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait() == 0


def test_a_client_that_goes_away_harms_nobody(still: Preview) -> None:
    for sent in (
        b"",
        b"GET ",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\0" * 100,
        b"GET " + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", still.server.server_port)) as client:
            client.sendall(sent)
    assert still.page("")


def test_a_file_that_looks_the_same_and_is_another_is_seen(tmp_path: Path) -> None:
    """Same size, same times: what was changed just now is told by its content, until its time says enough."""
    path, files, seen = tmp_path / "a.yml", Files(), Seen()
    path.write_bytes(b"one")
    status = path.stat()
    assert files.look([str(path)])
    assert not files.look([str(path)])
    assert seen.of("a", [path], path.read_bytes) == b"one"
    path.write_bytes(b"two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert files.look([str(path)])
    assert seen.of("a", [path], path.read_bytes) == b"two"


def test_what_was_not_touched_is_not_read_again(tmp_path: Path) -> None:
    path, seen = tmp_path / "a.yml", Seen()
    path.write_bytes(b"one")
    assert seen.of("a", [path], path.read_bytes) == b"one"
    until("the time of change to be past", lambda: _remembered(seen, path))
    path.unlink()
    with pytest.raises(FileNotFoundError):
        seen.of("a", [path], path.read_bytes)


def _remembered(seen: Seen, path: Path) -> bool:
    seen.of("a", [path], path.read_bytes)
    read: list[bytes] = []
    seen.of("a", [path], lambda: read.append(b"again") or b"one")  # type: ignore[func-returns-value]
    return not read


@pytest.mark.browser
def test_open_pages_show_themselves_anew(preview: Preview) -> None:
    preview.live.search.wait()
    script = ROOT / "tests/browser/serve/live.test.mjs"
    passes_in_node(script, PREVIEW=preview.server.address, ROOT=str(preview.root))
