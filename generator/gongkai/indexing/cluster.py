"""Requests to OpenSearch, with the standard library: a dozen calls of plain JSON need no client library.

What a node has no time for (429) or cannot answer now is asked again after a while, longer each time: every request is
one that may be sent twice.
"""

from __future__ import annotations

import base64
import json
import os
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any

from gongkai.indexing.records import IndexingError
from gongkai.text.address import split_address

USER, PASSWORD = "OPENSEARCH_USER", "OPENSEARCH_PASSWORD"
"""Where the name and the password come from: nothing secret stands on a command line."""
PAUSES = (0.5, 1, 2, 4, 8, 15, 30, 30)
"""Seconds before a request is sent again; a minute and a half is longer than a node takes to start."""
_PATIENCE = 600
"""Seconds for one answer: merging a million records takes minutes."""
NOT_FOUND, _NO = 404, 300
"""Answers: there is no such thing; from here on nothing was done."""
_LATER = frozenset({408, 429, 502, 503, 504})
_LEADERLESS = frozenset({"cluster_manager_not_discovered_exception", "master_not_discovered_exception"})
_JSON, _LINES = "application/json", "application/x-ndjson"


class RefusedError(IndexingError):
    """A node said no; ``status`` is that of its answer, ``kind`` what it calls the reason."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        self.status, self.kind = status, kind
        super().__init__(f"OpenSearch 拒绝了请求（{status} {kind}）：{reason}")


class Cluster:
    """A cluster at an http(s) address; ``wait`` is called with seconds before a request is sent again."""

    def __init__(
        self, url: str, pauses: Sequence[float] = PAUSES, wait: Callable[[float], object] = time.sleep
    ) -> None:
        parts = split_address(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            words = f"{url} 不是 OpenSearch 的网址：请写成 http://127.0.0.1:9200 的样子"
            raise IndexingError(f"{words}；用户名和密码写在环境变量 {USER}、{PASSWORD} 里")
        self.place = f"{parts.scheme}://{parts.netloc}"
        self._base = parts.path.rstrip("/")
        self._host, self._port, self._secure = parts.hostname, parts.port, parts.scheme == "https"
        self._pauses, self._wait = pauses, wait

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """The answer to a request.

        Raises:
            RefusedError: when a node says no.
            IndexingError: when nobody answers for a while.
        """
        return self._patiently(method, path, json.dumps(body).encode() if body is not None else None, _JSON)

    def fill(self, index: str, lines: bytes) -> None:
        """Index one part; of its records those are sent again that the node had no time for.

        Raises:
            IndexingError: when a record is refused.
        """
        left = lines
        for pause in (*self._pauses, None):
            path = f"/{index}/_bulk?filter_path=errors,items.*.status,items.*.error"
            answer = self._patiently("POST", path, left, _LINES)
            if not answer["errors"]:
                return
            left = b"".join(_refused(left, answer["items"]))
            if pause is None:
                break
            self._wait(pause)
        raise IndexingError("OpenSearch 一直太忙，没有导入完：读者看到的没有变，请过一会儿再运行一次")

    def _patiently(self, method: str, path: str, body: bytes | None, kind: str) -> Any:
        last = ""
        for pause in (*self._pauses, None):
            try:
                status, content = self._once(method, path, body, kind)
            except (OSError, HTTPException) as error:
                if isinstance(error, ssl.SSLCertVerificationError):
                    raise IndexingError(f"{self.place} 的证书不可信：{error.verify_message}") from None
                last = str(error) or type(error).__name__
            else:
                if status < _NO:
                    return json.loads(content)
                if status not in _LATER:
                    raise _refusal(status, content)
                last = _why(_refusal(status, content))
            if pause is not None:
                self._wait(pause)
        raise IndexingError(f"{self.place} 一直没有答复（{last}）：读者看到的没有变，请看它是否在运行，然后再运行一次")

    def _once(self, method: str, path: str, body: bytes | None, kind: str) -> tuple[int, bytes]:
        headers = {"Content-Type": kind} if body is not None else {}
        if USER in os.environ:
            secret = f"{os.environ[USER]}:{os.environ.get(PASSWORD, '')}"
            headers["Authorization"] = f"Basic {base64.b64encode(secret.encode()).decode()}"
        with closing(self._connect()) as connection:
            connection.request(method, f"{self._base}{path}", body, headers)
            response = connection.getresponse()
            return response.status, response.read()

    def _connect(self) -> HTTPConnection:
        if self._secure:
            context = ssl.create_default_context()
            return HTTPSConnection(self._host, self._port, timeout=_PATIENCE, context=context)
        return HTTPConnection(self._host, self._port, timeout=_PATIENCE)


def _why(error: RefusedError) -> str:
    """Why a node has no answer now, for an operator."""
    if error.kind in _LEADERLESS:
        return f"{error.status}：集群没有主节点，另一个节点停了的，请先启动它"
    return f"{error.status} {error.kind}".strip()


def _refusal(status: int, content: bytes) -> RefusedError:
    try:
        error = json.loads(content)["error"]
        return RefusedError(status, error["type"], error["reason"])
    except (ValueError, KeyError, TypeError):
        return RefusedError(status, "", content[:200].decode(errors="replace"))


def _refused(lines: bytes, items: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """The lines of the records that are to be sent again."""
    rows = lines.split(b"\n")
    left = []
    for at, item in enumerate(items):
        told = item["index"]
        if told["status"] < _NO:
            continue
        if told["status"] not in _LATER:
            error = told.get("error", {})
            name = json.loads(rows[2 * at])["index"]["_id"]
            raise IndexingError(
                f"OpenSearch 不收 {name}（{told['status']} {error.get('type')}）：{error.get('reason')}"
            )
        left.append(b"\n".join(rows[2 * at : 2 * at + 2]) + b"\n")
    return left
