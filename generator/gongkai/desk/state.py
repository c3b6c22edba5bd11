"""Where a desk keeps what is its own, and who else has a desk open on the same repository."""

from __future__ import annotations

import json
import os
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

import platformdirs

from gongkai import disk
from gongkai.authoring.edits import write_whole
from gongkai.workers import ours_alone


def state_of(root: Path) -> Path:
    """The directory of a repository's desk, known by its path; ``GONGKAI_STATE`` says where all of them lie."""
    home = os.environ.get("GONGKAI_STATE") or platformdirs.user_state_path("gongkai", appauthor=False)
    place = root.resolve()
    return Path(home) / f"{place.name}-{blake2b(str(place).encode(), digest_size=8).hexdigest()}" / "desk"


def read_json(path: Path, otherwise: Any) -> Any:
    """What a file of ours says; ``otherwise`` where there is none, or it was damaged."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return otherwise


def write_json(path: Path, value: Any) -> None:
    """Write a file of ours, whole or not at all."""
    write_whole({path: json.dumps(value, ensure_ascii=False).encode()})


class Alone:
    """The lock of the one desk of a repository. Whoever comes second learns the address of the first."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._lock: IO[Any] | None = None

    def begin(self) -> bool:
        """Whether nobody else has a desk here; the lock is held until this process ends.

        Raises:
            OSError: when the state directory cannot be written.
        """
        self._state.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = ours_alone((self._state / "lock").open("a"))
        try:
            free = disk.try_lock(lock)
        except OSError:  # a network drive without locks
            free = True
        if free:
            self._lock = lock
        else:
            lock.close()
        return free

    def tell(self, address: str) -> None:
        """Leave the address for who comes second; only this user can read it."""
        path = self._state / "address.json"
        write_json(path, address)
        path.chmod(0o600)

    @property
    def other(self) -> str | None:
        """The address that the first one left."""
        told = read_json(self._state / "address.json", None)
        return told if isinstance(told, str) else None

    def end(self) -> None:
        """Let others begin."""
        (self._state / "address.json").unlink(missing_ok=True)
        if self._lock:
            self._lock.close()
