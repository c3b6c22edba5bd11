"""``data/v1/status.json``: when a site was last published, so that somebody notices when it stands still."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from gongkai import __version__
from gongkai.column import urls
from gongkai.text.patterns import whole

NAME = f"{urls.DATA_V1}status.json"
BEIJING = timezone(timedelta(hours=8))
_AGE = whole(r"(\d+)\s*(d|h|天|小时)")


class StatusError(Exception):
    """A site does not say when it was published; the message is a Chinese sentence."""


def status_of(as_of: date, commit: str | None) -> bytes:
    """What a site says that is published now (or at SOURCE_DATE_EPOCH): the file of a release, not of a build."""
    status = {
        "version": 1,
        "published": now().isoformat(timespec="seconds"),
        "as_of": as_of.isoformat(),
        "commit": commit,
        "program": __version__,
    }
    return (json.dumps(status, ensure_ascii=False) + "\n").encode()


def now() -> datetime:
    """The moment in China: SOURCE_DATE_EPOCH where it is set, else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.astimezone(BEIJING)


def today() -> date:
    """The day that is meant where nobody names one: the one in China."""
    return now().date()


def moment_of(text: str) -> datetime:
    """A moment as it was written, in China where it names no zone.

    Raises:
        ValueError: when it is none; TypeError when it is no text.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def read_status(content: bytes) -> Mapping[str, Any]:
    """What a site says of its last publication, with ``published`` as a moment.

    Raises:
        StatusError: when that is no status of this program.
    """
    try:
        value = json.loads(content)
        return {**value, "published": moment_of(value["published"])}
    except (ValueError, KeyError, TypeError):
        raise StatusError(f"{NAME} 不是本程序写的") from None


def age_of(text: str) -> timedelta:
    """2d, 36h, 2天: how old a site may be.

    Raises:
        ValueError: when it is no such time.
    """
    found = _AGE.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise ValueError(text)
    return timedelta(**{"days" if found[2] in ("d", "天") else "hours": int(found[1])})


def in_words(age: timedelta) -> str:
    """3天4小时, 5小时, 不到1小时."""
    hours = max(0, int(age.total_seconds() // 3600))
    days, hours = divmod(hours, 24)
    return "".join([f"{days}天" * bool(days), f"{hours}小时" * bool(hours)]) or "不到1小时"
