"""Addresses outside the column (materials of stages, evidence, interpretations): do they still open?

The only check that asks other computers, so that it runs when somebody wants it (``gongkai check --links``), never in
a build. What opened within a week is not asked again.
"""

from __future__ import annotations

import ipaddress
import json
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from gongkai.cache.cache import Cache
from gongkai.cache.entry import write
from gongkai.column.origin import Origin
from gongkai.column.problems import Problem
from gongkai.column.shapes import Shape
from gongkai.findings.finding import Finding
from gongkai.linking.report import to_findings
from gongkai.load.tree import load_tree
from gongkai.rules.site.links import OUTSIDE
from gongkai.rules.site.registry import site_grounds
from gongkai.text.address import split_address

Ask = Callable[[str], str | None]
"""An address -> None when it opens, else what is wrong with it as the end of a Chinese sentence."""

_FRESH = timedelta(days=7)
_TRIES = 3
_SECONDS = 15
_AT_ONCE = 8
_GUARDED = frozenset({401, 403, 405, 412, 418, 429, 503})
"""Answers of portals that turn programs away but not people: nothing can be said, so nothing is."""


def dead_links(root: Path, memory: Path, day: date, ask: Ask | None = None) -> list[Finding]:
    """A warning for every place in ``plans/`` that names an address which does not open.

    ``memory`` is a file that keeps when each address last opened; it may be deleted at any time.

    Source: the duty ``site.links``.
    """
    places: dict[str, list[Origin]] = defaultdict(list)
    for file in load_tree(root).files:
        for origin, address in addresses(file.shape, Origin(file.path)):
            places[address].append(origin)
    opened = {url: since for url, since in _remembered(memory).items() if url in places and day - since <= _FRESH}
    asked = sorted(set(places) - set(opened))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        faults = {url: fault for url, fault in zip(asked, pool.map(ask or opens, asked), strict=True) if fault}
    opened |= dict.fromkeys((url for url in asked if url not in faults), day)
    memory.parent.mkdir(parents=True, exist_ok=True)
    write(memory, json.dumps({url: since.isoformat() for url, since in sorted(opened.items())}).encode())
    problems = [_problem(origin, url, faults[url], day) for url in faults for origin in places[url]]
    return sorted(to_findings(problems, root, Cache()), key=lambda finding: finding.sort_key)


def addresses(shape: Shape, origin: Origin) -> Iterator[tuple[Origin, str]]:
    """Every web address that an editor wrote, with its place."""
    for name, field in type(shape).model_fields.items():
        yield from _within(getattr(shape, name), origin.child(field.alias or name))


def _within(value: object, origin: Origin) -> Iterator[tuple[Origin, str]]:
    if isinstance(value, Shape):
        yield from addresses(value, origin)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _within(item, origin.child(key))
    elif isinstance(value, list | tuple):
        for at, item in enumerate(value):
            yield from _within(item, origin.child(at))
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        yield origin, value


def opens(address: str) -> str | None:
    """Ask for an address, again when nobody answers; see :data:`Ask`."""
    host = split_address(address).hostname
    if host is None:
        return "不是网址"
    if is_intranet(host):
        return "是内网地址，公众打不开"
    fault = None
    for turn in range(_TRIES):
        time.sleep(turn)
        fault, again = _asked(address)
        if not again:
            break
    return fault


def is_intranet(host: str) -> bool:
    """True for names and numbers that mean something only inside an office's network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def _asked(address: str) -> tuple[str | None, bool]:
    """What is wrong, and whether it is worth asking again."""
    request = Request(quote(address, safe=":/?#[]@!$&'()*+,;=%"), headers={"User-Agent": "Mozilla/5.0 (gongkai)"})  # noqa: S310
    try:
        with urlopen(request, timeout=_SECONDS):  # noqa: S310 - http(s) only, see addresses
            return None, False
    except HTTPError as error:
        if error.code in _GUARDED:
            return None, False
        return f"打不开（网站回答 {error.code}）", error.code >= 500  # noqa: PLR2004 - errors of the server may pass
    except (URLError, OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLError):
            return "的安全证书有问题，浏览器会拦住读者", False
        return f"打不开（{_SECONDS}秒内没有回应，或者没有这个网站）", True


def _problem(origin: Origin, address: str, fault: str, day: date) -> Problem:
    message = f"链接 {address} {fault}"
    hint = "请换成现在的网址；对方确已撤下的，改为 not_published 或在编者注中说明"
    return Problem(OUTSIDE.id, OUTSIDE.severity, origin, message, hint, None, citation=site_grounds(OUTSIDE, day))


def _remembered(memory: Path) -> dict[str, date]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
        return {str(url): date.fromisoformat(day) for url, day in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
