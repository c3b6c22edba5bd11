"""The search of a preview: as it was made last, made anew in the background by a process of its own.

Every weight of a search depends on all texts, so that an edit makes all of it stale; no page waits for that.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from gongkai.cache.cache import Cache, digest, program_digest
from gongkai.column import urls
from gongkai.kinds.walk import all_records, within
from gongkai.linking.linker import link
from gongkai.load.tree import load_tree
from gongkai.search.index import search_files
from gongkai.site.search import Opening

MAX_RECORDS = 30_000
"""Records up to which a preview has a search: it is made in memory."""


class BackgroundSearch:
    """Looks up files of the search by name in the directory that was made last."""

    def __init__(self, root: Path, cache_dir: Path) -> None:
        self._root, self._cache_dir, self._place = root, cache_dir, cache_dir / "serve"
        self._made: tuple[str, Mapping[str, Path], Opening] | None = None
        self._wanted: tuple[str, date] | None = None
        self._running = False
        self._lock = threading.Lock()

    @property
    def version(self) -> str | None:
        """What tells one search from another; None while there is none."""
        return self._made[0] if self._made else None

    @property
    def opening(self) -> Opening | None:
        """What the search page must know."""
        self._begin()
        return self._made[2] if self._made else None

    def content(self, path: str) -> bytes | None:
        """A file by its path below ``search/``."""
        if self._made and path in self._made[1]:
            with suppress(OSError):  # somebody emptied the cache
                return self._made[1][path].read_bytes()
        return None

    def look(self, digests: Mapping[str, str], day: date, records: int) -> None:
        """Hear of the column as it is now; the first one is made at once, others when somebody looks for the search."""
        if records > MAX_RECORDS:
            return
        key = digest(program_digest(), day, sorted(digests.items()))
        self._wanted = key, day
        if not self._made:
            self._take(key)
        if not self._made:
            self._begin()

    def wait(self) -> None:
        """Wait until nothing is being made."""
        while self._running:
            self._thread.join()

    def _begin(self) -> None:
        with self._lock:
            if self._running or not self._wanted or self.version == self._wanted[0]:
                return
            self._running = True
            self._thread = threading.Thread(target=self._make, args=self._wanted, daemon=True)
            self._thread.start()

    def _make(self, key: str, day: date) -> None:
        try:
            self._place.mkdir(parents=True, exist_ok=True)
            draft = tempfile.mkdtemp(dir=self._place, prefix="draft-")
            command = [
                sys.executable,
                "-m",
                "gongkai.serving.search",
                str(self._root),
                str(self._cache_dir),
                day.isoformat(),
                draft,
            ]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
            done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - our own words
            if done.returncode == 0:
                with suppress(OSError):  # somebody else was faster
                    Path(draft).rename(self._place / key)
            shutil.rmtree(draft, ignore_errors=True)
            self._take(key)
            self._forget(key)
        finally:
            self._running = False

    def _take(self, key: str) -> None:
        place = self._place / key
        try:
            said = json.loads((place / "manifest.json").read_bytes())
            opening = Opening(said["mode"], said["directory"])
        except (OSError, ValueError, KeyError):
            return
        files = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
        self._made = key, files, opening

    def _forget(self, key: str) -> None:
        for other in self._place.iterdir():
            if other.name not in (key, self.version):
                shutil.rmtree(other, ignore_errors=True)


def make(root: Path, cache_dir: Path, day: date, out: Path) -> None:
    """Write the search of what can be read of ``plans/`` into a directory, the manifest last."""
    if hasattr(os, "nice"):
        os.nice(10)
    cache = Cache(cache_dir / "pieces")
    column = link(load_tree(root, cache).files, day, cache).column
    known = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    files = search_files(list(all_records(column)), *known, audiences=column.audiences, contains=within(column))
    manifest: dict[Path, bytes] = {}
    for path, content in files:
        place = out / path.removeprefix(urls.SEARCH)
        if place.parent == out:
            manifest[place] = content
            continue
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    for place, content in manifest.items():
        place.write_bytes(content)


if __name__ == "__main__":
    _root, _cache_dir, _day, _out = sys.argv[1:]
    make(Path(_root), Path(_cache_dir), date.fromisoformat(_day), Path(_out))
