"""Whether a site that agrees with its manifest is the one that readers should see: how old, from where, by whom."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from gongkai.output.manifest import SIGNATURE, entry_of
from gongkai.output.signing import SigningError, check_signature
from gongkai.output.status import NAME, StatusError, in_words, moment_of, now, read_status
from gongkai.output.verification import reader


class Demands(Struct, frozen=True):
    """What is asked of a site: how old at most, signed by which public keys, and published after which moment."""

    max_age: timedelta | None = None
    key: Path | None = None
    newer_than: datetime | None = None


class Judged(NamedTuple):
    """Sentences about a site, and sentences about what is not as it was asked for."""

    about: list[str]
    wrong: list[str]


def judged(place: str, content: bytes, demands: Demands) -> Judged:
    """What a site whose manifest is ``content`` says of itself, and what is asked of it and not so."""
    manifest = json.loads(content)
    said, published, wrong = manifest, None, []
    try:
        status = _status(place, manifest)
        said, published = {**status, **manifest}, status["published"]
    except (OSError, HTTPException, StatusError) as error:
        if demands.max_age is not None or demands.newer_than is not None:
            wrong.append(f"不知道是什么时候发布的：读不到 {NAME}（{error}）。")
    about = [_made(said, published)]
    if demands.key:
        try:
            check_signature(content, _signature(place), demands.key)
            about.append(f"签名与 {demands.key} 相符。")
        except SigningError as error:
            wrong.append(f"{error}。")
    return Judged(about, [*wrong, *_too_old(published, demands), *_expired(manifest)])


def _status(place: str, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the site says of its last publication, if that is what the manifest vouches for."""
    content = reader(place)(NAME)
    if manifest["files"].get(NAME) != entry_of(content):
        raise StatusError(f"{NAME} 与清单不符")
    return read_status(content)


def _made(said: Mapping[str, Any], published: datetime | None) -> str:
    """When and from what a site was made."""
    words = f"数据截至 {said.get('as_of') or '（没有写明）'}"
    if published:
        words += f"；最近一次发布成功是 {published:%Y-%m-%d %H:%M}（{in_words(now() - published)}以前）"
    if isinstance(commit := said.get("commit"), str):
        words += f"，提交 {commit[:12]}{'（有没提交的改动）' if said.get('committed') is False else ''}"
    return f"{words}。"


def _signature(place: str) -> bytes:
    try:
        return reader(place)(SIGNATURE)
    except (OSError, HTTPException) as error:
        raise SigningError(f"没有签名：读不到 {SIGNATURE}（{error}）") from None


def _too_old(published: datetime | None, demands: Demands) -> Iterator[str]:
    if published is None:
        return
    if demands.max_age is not None and now() - published > demands.max_age:
        yield f"已经停了：超过 {in_words(demands.max_age)} 没有发布成功，请看看定时任务和它的记录。"
    if demands.newer_than is not None and published <= demands.newer_than:
        yield f"这是旧的版本：不比 {demands.newer_than:%Y-%m-%d %H:%M} 新，可能有人用旧的版本顶替了新的。"


def _expired(manifest: Mapping[str, Any]) -> Iterator[str]:
    """A manifest may say until when it holds: an old release with a good signature is no proof for ever."""
    until = manifest.get("expires")
    if until is None:
        return
    try:
        moment = moment_of(until)
    except (TypeError, ValueError):
        yield "清单上的失效时间读不懂。"
        return
    if now() > moment:
        yield f"清单 {moment:%Y-%m-%d %H:%M} 已经失效，没有发布新的版本。"
