"""The server of ``gongkai serve``, for the person at this computer, who edits: files of the site, and no others.

Whoever else knows its address gets nothing: it listens at one address of this computer, and a request that names
another host is refused, so that a page on the web cannot read it under a name of its own (DNS rebinding).
"""

from __future__ import annotations

import errno
import ipaddress
import json
import os
import socket
import sys
import threading
from collections import Counter
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit

from gongkai.findings.finding import Severity
from gongkai.serving.answers import OURS, Answer, answer_to
from gongkai.serving.live import Live
from gongkai.text.address import split_address

_POLL, _PATIENCE = 0.2, 20.0
"""Seconds between two looks at the disk for a page that waits for changes, and until it hears that there were none."""
_SOCKET_SECONDS = 60


class PortTakenError(Exception):
    """Somebody else listens at the port; the message is a Chinese sentence."""


class Server(ThreadingHTTPServer):
    """Listens at one address; ``live`` is what it shows, ``framed_by`` the one other origin that may frame it."""

    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two programs listen at one port

    def __init__(self, live: Live, host: str, port: int, framed_by: str = "") -> None:
        """Begin to listen.

        Raises:
            PortTakenError: when the port is taken or must not be used.
        """
        self.live, self.host, self.framed_by = live, host, framed_by
        self.ending = threading.Event()
        if ":" in host:
            self.address_family = socket.AF_INET6
        try:
            super().__init__((host, port), _Handler)
        except (OSError, OverflowError) as error:
            raise PortTakenError(_refused(host, port, getattr(error, "errno", None))) from None

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - what was asked for
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.server_port}/"

    def is_called(self, host: str | None) -> bool:
        """Whether a request may name its host so: an IP address, this computer itself, or as it was started."""
        try:
            name = urlsplit(f"//{host}").hostname
        except ValueError:
            return False
        if not name or not host:
            return False
        if name in (self.host.casefold(), "localhost") or name.endswith(".localhost"):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True

    def server_bind(self) -> None:
        """Listen, without looking up this computer's name, which may take a long time."""
        if os.name == "nt":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined,unused-ignore]
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def handle_error(self, *_: object) -> None:
        """Say that an answer was not finished: mostly because the browser had gone to another page."""
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, TimeoutError)):
            sys.stderr.write(f"有一个请求没有答完（{error.__class__.__name__}）\n")

    def close(self) -> None:
        """Let go of pages that wait, and stop."""
        self.ending.set()
        self.shutdown()
        self.server_close()


def _refused(host: str, port: int, code: int | None) -> str:
    if code == errno.EADDRINUSE or (code and os.name == "nt"):
        return f"端口 {port} 已经被别的程序占用：请关掉那个程序，或者换一个端口，如 gongkai serve --port {port + 1}"
    if code == errno.EACCES:
        return f"不能使用端口 {port}：请换一个 1024 以上的，如 gongkai serve --port 8000"
    return f"不能在 {host} 的端口 {port} 上预览：请写本机的地址，如 --host 127.0.0.1，端口写 1024 到 65535"


class _Handler(BaseHTTPRequestHandler):
    """Answers one request. Nothing of it reaches the disk: paths are names that the site has, or has not."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "gongkai", ""
    timeout = _SOCKET_SECONDS
    _POLICY: ClassVar = {
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }

    def do_GET(self) -> None:
        """Answer with a file, a page, or what changed."""
        if not self.server.is_called(self.headers.get("Host")):
            words = "这个预览只给本机看：请用启动时显示的网址打开"
            self._send(Answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain; charset=utf-8", words.encode()))
            return
        asked = split_address(self.path)
        if not self.path.startswith("/") or asked.netloc:
            self._send(Answer.not_found(b""))
            return
        if asked.path == f"/{OURS}changes":
            self._changes(parse_qs(asked.query).get("version", [""])[0])
        elif asked.path == f"/{OURS}live.js":
            script = files("gongkai.serving").joinpath("live.js").read_bytes()
            self._send(Answer(HTTPStatus.OK, "text/javascript; charset=utf-8", script))
        else:
            self._send(answer_to(self.server.live, unquote(asked.path, errors="replace")))

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Nothing can be sent here."""
        self.close_connection = True
        self._send(Answer(HTTPStatus.METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "预览只能看".encode()))

    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST  # noqa: N815

    def _changes(self, known: str) -> None:
        """Wait until the column is another than the one that a page shows."""
        view = self.server.live.view()
        for _ in range(int(_PATIENCE / _POLL)):
            if view.version != known or self.server.ending.wait(_POLL):
                break
            view = self.server.live.view()
        counts = Counter(view.checked.counts)
        said = {"version": view.version, **{weight.value: counts[weight] for weight in Severity}}
        self._send(Answer(HTTPStatus.OK, "application/json", json.dumps(said).encode()))

    def _send(self, answer: Answer) -> None:
        tag = f'"{blake2b(answer.content, digest_size=8).hexdigest()}"'
        unchanged = answer.status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else answer.status)
        frames = {"Content-Security-Policy": f"frame-ancestors 'self' {self.server.framed_by}".rstrip()}
        for name, value in {**self._POLICY, **frames, "ETag": tag, **answer.headers}.items():
            self.send_header(name, value)
        if not unchanged:
            self.send_header("Content-Type", answer.mime)
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if self.command != "HEAD" and not unchanged:
            self.wfile.write(answer.content)

    def log_message(self, *_: object) -> None:
        """Requests are not told: nobody wants to read them."""
