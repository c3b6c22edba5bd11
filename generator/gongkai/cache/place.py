"""Where the cache of a repository lies, and who works with it: one build at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path

import platformdirs

from gongkai import disk
from gongkai.workers import ours_alone

_BETWEEN = 0.2
"""Seconds between two looks at a lock that somebody else holds."""


class CacheError(Exception):
    """The directory cannot be used; the message is a Chinese sentence."""


def cache_of(root: Path, given: Path | None = None) -> Path:
    """The cache of a repository, which is known by its path.

    It lies where the system keeps the user's caches, for repositories may lie on slow drives; or below the directory
    that ``GONGKAI_CACHE`` names, or exactly where it was ``given``.
    """
    if given is not None:
        return given
    home = os.environ.get("GONGKAI_CACHE") or platformdirs.user_cache_path("gongkai", appauthor=False)
    place = root.resolve()
    return Path(home) / f"{place.name}-{blake2b(str(place).encode(), digest_size=8).hexdigest()}"


@contextmanager
def alone(cache: Path) -> Iterator[None]:
    """The time in which nobody else works with a cache; waits for who does, whose work need not be done again.

    Raises:
        CacheError: when the directory cannot be made or written.
    """
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = ours_alone((cache / "lock").open("a"))
    except OSError as error:
        words = f"缓存目录 {cache} 不能用（{error.strerror or error}）：请移走那里的文件，或用 --cache 写明另一个目录"
        raise CacheError(words) from None
    with lock:
        with suppress(OSError):  # some network drives have no locks: what is stored is whole all the same
            while not disk.try_lock(lock):
                time.sleep(_BETWEEN)
        yield
