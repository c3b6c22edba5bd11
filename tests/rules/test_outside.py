"""Addresses outside the column: asked for over a real connection, reported where they were written."""

from __future__ import annotations

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.rules import outside
from gongkai.rules.outside import dead_links, is_intranet, opens

DAY = date(2024, 9, 2)
asked: Counter[str] = Counter()


class Portal(BaseHTTPRequestHandler):
    """Answers with the status that the path names; /flaky fails the first time; /moved leads on."""

    def do_GET(self) -> None:
        asked[self.path] += 1
        name = self.path.strip("/").split("/")[0]
        status = {"moved": 302, "flaky": 500}.get(name) or (int(name) if name.isdigit() else 200)
        if name == "flaky" and asked[self.path] > 1:
            status = 200
        self.send_response(status)
        if name == "moved":
            self.send_header("Location", "/200/there")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A portal on this computer, taken for one outside."""
    asked.clear()
    monkeypatch.setattr(outside, "is_intranet", lambda _: False)
    monkeypatch.setattr(outside.time, "sleep", lambda _: None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/200", "/moved", "/flaky", "/403", "/412", "/200/政策?年=2024"])
def test_what_opens_for_people_is_no_fault(portal: str, path: str) -> None:
    assert opens(portal + path) is None


def test_what_can_be_no_address_is_said(portal: str) -> None:
    assert opens("https://[x") == "不是网址"


def test_what_is_gone_is_said_with_the_answer_of_the_server(portal: str) -> None:
    assert opens(f"{portal}/404") == "打不开（网站回答 404）"
    assert asked["/404"] == 1
    assert opens(f"{portal}/500") == "打不开（网站回答 500）"
    assert asked["/500"] == 3, "errors of the server may pass"


def test_a_site_that_is_not_there(portal: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert "没有回应" in (opens(f"http://127.0.0.1:{unused.getsockname()[1]}/") or "")
    assert opens("http://nowhere.invalid/") == "打不开（15秒内没有回应，或者没有这个网站）"


@pytest.mark.parametrize("host", ["localhost", "oa", "10.0.0.8", "192.168.1.20", "172.16.3.4", "::1", "169.254.1.1"])
def test_addresses_of_the_office_are_not_asked_for(host: str) -> None:
    assert is_intranet(host)
    assert opens(f"http://{f'[{host}]' if ':' in host else host}/a") == "是内网地址，公众打不开"


@pytest.mark.parametrize("host", ["www.laiwu.gov.cn", "8.8.8.8"])
def test_addresses_of_the_public_are(host: str) -> None:
    assert not is_intranet(host)


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """Two files that name three addresses, one of them twice."""
    text = """\
kind: document
id: {id}
organ: lizhou
year: 2024
title: 关于某事的通知
document:
  issuer: lizhou-zhengfuban
  openness: 主动公开
  sources: [原件]
  interpretations:
    - title: 解读
      form: 文字
      url: {first}
    - {{title: 又一篇, form: 图解, url: "{second}"}}
"""
    plans = tmp_path / "plans"
    plans.mkdir()
    one = text.format(id="a", first="https://a.gov.cn/1", second="https://a.gov.cn/2")
    other = text.format(id="b", first="https://a.gov.cn/2", second="https://a.gov.cn/3")
    (plans / "a.yml").write_text(one, encoding="utf-8")
    (plans / "b.yml").write_text(other, encoding="utf-8")
    return tmp_path


def test_every_place_of_a_dead_address_is_named(district: Path) -> None:
    found = dead_links(
        district, district / "links.json", DAY, lambda url: "打不开（网站回答 404）" if url.endswith("2") else None
    )
    assert [(finding.file, finding.line, finding.column) for finding in found] == [
        ("plans/a.yml", 14, 35),
        ("plans/b.yml", 13, 12),
    ]
    assert found[0].message == "链接 https://a.gov.cn/2 打不开（网站回答 404）"
    assert found[0].citation


def test_what_opened_this_week_is_not_asked_again(district: Path) -> None:
    heard: list[str] = []

    def ask(url: str) -> str | None:
        heard.append(url)
        return "打不开" if url.endswith("3") else None

    memory = district / "cache/links.json"
    dead_links(district, memory, DAY, ask)
    assert sorted(heard) == [f"https://a.gov.cn/{n}" for n in (1, 2, 3)]
    heard.clear()
    assert len(dead_links(district, memory, DAY + timedelta(days=7), ask)) == 1
    assert heard == ["https://a.gov.cn/3"], "what did not open is asked for again"
    heard.clear()
    dead_links(district, memory, DAY + timedelta(days=8), ask)
    assert len(heard) == 3
    memory.write_text("{broken", encoding="utf-8")
    assert len(dead_links(district, memory, DAY, ask)) == 1


def test_the_command(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "opens", lambda url: "是内网地址，公众打不开" if url.endswith("1") else None)
    done = CliRunner().invoke(main, ["check", "--links", "--root", str(district)])
    assert "plans/a.yml:13:12 LINK-02 警告 链接 https://a.gov.cn/1 是内网地址，公众打不开" in done.output
    assert done.exit_code == 0
