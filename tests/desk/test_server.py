"""The command: an address on a line of its own, one desk for a repository, and an end when the clerk wants it."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import ExitStack, closing
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from gongkai.desk import child
from tests.desk.desks import column


def asked(port: int | None, method: str, path: str, body: str = "", **headers: str) -> tuple[str, Message]:
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request(method, path, body=body or None, headers=headers)
        with connection.getresponse() as answer:
            return answer.read().decode(), answer.headers


def test_the_command_prints_its_address_and_the_second_finds_the_first(tmp_path: Path) -> None:
    root = column(tmp_path)
    command = [sys.executable, "-m", "gongkai", "desk", "--root", str(root), "--no-browser"]
    env = {**child.environment(), "GONGKAI_STATE": str(tmp_path / "state")}
    with ExitStack() as opened:
        desk = opened.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env))
        opened.callback(desk.kill)
        assert desk.stdout
        assert desk.stderr
        desk.stdout.readline()
        address = desk.stdout.readline().decode().strip()
        parts = urlsplit(address)
        assert parts.hostname == "127.0.0.1"
        second = subprocess.run(command, capture_output=True, check=True, env=env)
        assert second.stdout.decode().splitlines()[-1] == address
        _, headers = asked(parts.port, "GET", parts.path)
        cookie = headers["Set-Cookie"].partition(";")[0]
        page, _ = asked(parts.port, "GET", "/", Cookie=cookie)
        csrf = page.partition('name="csrf" value="')[2].partition('"')[0]
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        ours = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{parts.port}", **kind}
        with closing(socket.create_connection(("127.0.0.1", parts.port))) as kept:  # as browsers keep theirs open
            kept.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{parts.port}\r\n\r\n".encode())
            assert kept.recv(1)
            assert "编辑台已关闭" in asked(parts.port, "POST", "/close", f"csrf={csrf}", **ours)[0]
            assert desk.wait() == 0
        assert b"Traceback" not in desk.stderr.read()
        assert not list(tmp_path.joinpath("state").rglob("address.json"))


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    root = column(tmp_path)
    command = [sys.executable, "-m", "gongkai", "desk", "--root", str(root), "--no-browser", "--port", "1"]
    env = {**child.environment(), "GONGKAI_STATE": "/proc/none"}
    done = subprocess.run(command, capture_output=True, check=False, env=env)
    assert done.returncode == 1
    assert "编辑台打不开" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
