"""Verifying: what browsers get is looked at, links and redirects are not followed, signatures and ages are demanded."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.output import audit, publish, releases, signing, status
from gongkai.output.manifest import SIGNATURE, ManifestError, write_manifest
from gongkai.output.output_dir import OutputDir
from gongkai.output.status import status_of
from gongkai.output.verification import verify

pytestmark = pytest.mark.quick

PAGE = "一页文字。" * 400
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not here")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "plans").mkdir(parents=True)
    (site / "data/v1").mkdir(parents=True)
    (site / "plans/index.html").write_text(PAGE, "utf-8")
    (site / "index.html").write_text("首页", "utf-8")
    (site / status.NAME).write_bytes(status_of(date(2026, 11, 1), "c" * 40))
    write_manifest(site, {"as_of": "2026-11-01", "commit": "c" * 40, "committed": True})
    return site


Answer = Callable[[str, str], tuple[int, Mapping[str, str], bytes]]


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """A server that gives what ``answer`` makes of a name and what encodings are accepted."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, headers, body = answer(self.path.lstrip("/"), self.headers.get("Accept-Encoding", ""))
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.01))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def honest(site: Path, name: str, accepted: str) -> tuple[int, Mapping[str, str], bytes]:
    path = site / name
    if not path.is_file():
        return 404, {}, b""
    if "gzip" in accepted:
        return 200, {"Content-Encoding": "gzip"}, gzip.compress(path.read_bytes())
    return 200, {}, path.read_bytes()


def test_both_forms_are_asked_for(site: Path) -> None:
    with served(partial(honest, site)) as address:
        assert verify(address) == (3, [])


TAMPERED = "内容不符：plans/index.html（压缩的）"
LIES: list[tuple[str, tuple[int, Mapping[str, str], bytes], str]] = [
    ("tampered", (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x")), TAMPERED),
    ("no gzip", (200, {"Content-Encoding": "gzip"}, b"nonsense"), "读不到：plans/index.html（压缩的）"),
    (
        "cut off",
        (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:40]),
        TAMPERED,
    ),
    (
        "bomb",
        (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 50_000_000)),
        TAMPERED,
    ),
    ("unknown", (200, {"Content-Encoding": "zstd"}, b"x"), "不认识的压缩方式 zstd"),
    ("led elsewhere", (302, {"Location": "/index.html"}, b""), "转到了别处"),
]


@pytest.mark.parametrize(("answer", "words"), [lie[1:] for lie in LIES], ids=[lie[0] for lie in LIES])
def test_what_only_browsers_would_get(site: Path, answer: tuple[int, Mapping[str, str], bytes], words: str) -> None:
    def lying(name: str, accepted: str) -> tuple[int, Mapping[str, str], bytes]:
        return answer if name == "plans/index.html" and "gzip" in accepted else honest(site, name, accepted)

    with served(lying) as address:
        (wrong,) = verify(address)[1]
        assert words in wrong


def test_more_than_the_file_is_not_the_file(site: Path) -> None:
    def longer(name: str, accepted: str) -> tuple[int, Mapping[str, str], bytes]:
        code, headers, body = honest(site, name, "")
        return code, headers, body + b"!" * (name == "index.html")

    with served(longer) as address:
        assert "内容不符：index.html" in verify(address)[1]


def test_links_on_disk_are_told(site: Path, tmp_path: Path) -> None:
    (site / "plans").rename(tmp_path / "elsewhere")
    (site / "plans").symlink_to(tmp_path / "elsewhere")
    (site / "more.html").symlink_to(site / "index.html")
    assert verify(str(site))[1] == ["是链接，不是文件本身：more.html", "是链接，不是文件本身：plans"]
    (tmp_path / "www").symlink_to(site)
    assert len(verify(str(tmp_path / "www"))[1]) == 2, "the link that is served is one itself"


def test_an_empty_manifest_proves_nothing(site: Path) -> None:
    (site / "manifest.json").write_text('{"files": {}}')
    with pytest.raises(ManifestError, match="是空的"):
        verify(str(site))


@pytest.mark.parametrize("address", ["http://[x", "https://x:port/"])
def test_what_can_be_no_address(address: str) -> None:
    with pytest.raises(ManifestError, match="不是网址"):
        verify(address)


def run(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(main, [str(each) for each in arguments])
    return found.exit_code, found.output


def test_what_it_was_made_from_is_printed(site: Path) -> None:
    code, output = run("verify", site)
    assert code == 0
    assert "数据截至 2026-11-01；最近一次发布成功是" in output
    assert "，提交 cccccccccccc。" in output


def test_an_older_release_is_refused(site: Path) -> None:
    now = datetime.now(UTC)
    assert run("verify", site, "--newer-than", (now - timedelta(days=1)).isoformat())[0] == 0
    code, output = run("verify", site, "--newer-than", (now + timedelta(days=2)).date())
    assert code == 1
    assert "旧的版本" in output
    assert run("verify", site, "--newer-than", "昨天")[0] == 2


@pytest.mark.parametrize(("days", "code"), [(1, 0), (-1, 1)])
def test_what_has_run_out_is_refused(site: Path, days: int, code: int) -> None:
    until = datetime.now(UTC) + timedelta(days=days)
    write_manifest(site, {"as_of": "2026-11-01", "expires": until.isoformat()})
    done, output = run("verify", site)
    assert done == code
    assert ("已经失效" in output) == bool(code)


def key_pair(place: Path, name: str) -> Path:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "office", "-f", str(place / name)]
    subprocess.run(command, check=True)
    return place / name


@needs_ssh
def test_signatures(site: Path, tmp_path: Path) -> None:
    ours, others = key_pair(tmp_path, "ours"), key_pair(tmp_path, "others")
    public = ours.with_suffix(".pub")
    code, output = run("verify", site, "--key", public)
    assert (code, "没有签名" in output) == (1, True)
    manifest = (site / "manifest.json").read_bytes()
    (site / SIGNATURE).write_bytes(signing.signature_of(manifest, ours))
    code, output = run("verify", site, "--key", public)
    assert (code, "签名与" in output) == (0, True), output
    assert run("verify", site)[0] == 0, "a signature is no stranger among the files"
    code, output = run("verify", site, "--key", others.with_suffix(".pub"))
    assert (code, "签名不是" in output) == (1, True)
    (tmp_path / "both.pub").write_text(others.with_suffix(".pub").read_text() + public.read_text())
    assert run("verify", site, "--key", tmp_path / "both.pub")[0] == 0
    code, output = run("verify", site, "--key", ours)
    assert (code, "没有公钥" in output) == (1, True)
    (site / "index.html").write_text("换掉的首页", "utf-8")
    write_manifest(site, {"as_of": "2026-11-01"})
    assert run("verify", site, "--key", public)[0] == 1
    with pytest.raises(signing.SigningError, match="不能用"):
        signing.signature_of(manifest, tmp_path / "nothing")


def test_where_the_tool_is_missing_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(signing.SigningError, match="没有 ssh-keygen"):
        signing.signature_of(b"x", tmp_path / "key")


def release(target: Path, text: str, withdrawn: list[str], key: Path | None = None) -> None:
    def make(directory: Path) -> list[str]:
        directory.mkdir(parents=True, exist_ok=True)
        tree = OutputDir.at(directory)
        with tree.writing():
            tree.write_file("index.html", text.encode())
        return []

    about = {"commit": "c" * 40, "as_of": "2026-11-01", "withdrawn": withdrawn}
    sign = (lambda content: signing.signature_of(content, key)) if key else (lambda _: None)
    publish.publish(target, make, about, sign=sign)


@needs_ssh
def test_releases_are_signed_and_every_act_is_written_down(tmp_path: Path) -> None:
    key, target = key_pair(tmp_path, "key"), tmp_path / "zfxxgk"
    release(target, "一", [], key)
    assert run("verify", target, "--key", key.with_suffix(".pub"))[0] == 0
    release(target, "二", [], key)
    publish.rollback(target)
    release(target, "三", ["shili-2021"], key)
    publish.amend(target, lambda _: None, {publish.PURGING: ["shili-2022"]})
    assert not (target / SIGNATURE).exists(), "a signature of another manifest is none"
    log = releases.releases_of(target) / audit.NAME
    acts = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(act["act"], act["release"]) for act in acts] == [
        ("publish", "000001"),
        ("publish", "000002"),
        ("rollback", "000001"),
        ("withdraw", "000002"),
        ("publish", "000002"),
        ("purge", "000002"),
    ]
    assert all(act["by"] and act["when"] and act["commit"] == "c" * 40 for act in acts)
    assert acts[3]["ids"] == ["shili-2021"]
    assert not list(target.rglob(audit.NAME)), "nothing of it is served"
    with log.open("a") as torn:
        torn.write('{"when": "20')
    release(target, "四", ["shili-2021"])
    assert json.loads(log.read_text("utf-8").splitlines()[-1])["act"] == "publish"


def test_what_cannot_be_written_down_is_not_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "zfxxgk"
    release(target, "一", [])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(audit, "note", full)
    with pytest.raises(releases.PublishError):
        release(target, "二", [])
    assert (target / "index.html").read_text("utf-8") == "一"
