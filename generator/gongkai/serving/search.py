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
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from gongkai.cache.cache import VALUES, Cache, digest, program_digest
from gongkai.column import urls
from gongkai.kinds.walk import all_records, within
from gongkai.linking.linker import link
from gongkai.load.tree import load_tree
from gongkai.output.named_pages import named_pages
from gongkai.search.corpus import changing
from gongkai.search.index import search_files
from gongkai.site.search import Opening

MAX_RECORDS = 30_000
"""Records up to which a preview has a search: it is made in memory."""
_DAY = 86_400
_SOON = "查找正在准备，好了以后自动显示"
_TOO_MANY = f"内容超过 {MAX_RECORDS} 条，预览里没有查找：请运行 gongkai build，在生成的网站里查找"
_FAILED = "查找没有做成：请先改正检查发现的问题，再打开这一页"


class BackgroundSearch:
    """Looks up files of the search by name in the directory that was made last."""

    def __init__(self, root: Path, cache_dir: Path) -> None:
        self.why_none = _SOON
        self._root, self._cache_dir, self._place = root, cache_dir, cache_dir / "serve"
        self._made: tuple[str, Mapping[str, Path], Opening] | None = None
        self._wanted: tuple[str, date] | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False

    @property
    def version(self) -> str | None:
        """What tells one search from another; None while there is none."""
        return self._made[0] if self._made else None

    @property
    def opening(self) -> Opening | None:
        """What the search page must know; ``why_none`` says why there is nothing to know."""
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
            self.why_none, self._wanted = _TOO_MANY, None
            return
        key = digest(program_digest(), day, sorted(digests.items()))
        self._wanted = key, day
        if not self._made:
            self._take(key)
        if not self._made:
            self._begin()

    def wait(self) -> None:
        """Wait until nothing is being made."""
        while thread := self._thread:
            thread.join()

    def _begin(self) -> None:
        """Have it made, unless it is what there is; what is being made for an older column comes first."""
        with self._lock:
            if not self._wanted or self.version == self._wanted[0]:
                return
            self._again = self._thread is not None
            if not self._thread:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while wanted := self._wanted:
            with suppress(OSError):  # no room, or no right to write: there is no search then
                self._make(*wanted)
            with self._lock:
                if not self._again or self._wanted == wanted:
                    self._thread = None
                    return
                self._again = False

    def _make(self, key: str, day: date) -> None:
        self._place.mkdir(parents=True, exist_ok=True)
        draft = tempfile.mkdtemp(dir=self._place, prefix="draft-")
        given = (str(self._root), str(self._cache_dir), day.isoformat(), draft)
        command = [sys.executable, "-m", "gongkai.serving.search", *given]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with subprocess.Popen(  # noqa: S603 - our own words
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            done = child.wait()
        if done == 0:
            with suppress(OSError):  # somebody else was faster
                Path(draft).rename(self._place / key)
        else:
            self.why_none = _FAILED
        shutil.rmtree(draft, ignore_errors=True)
        self._take(key)
        self._forget()

    def _take(self, key: str) -> None:
        place = self._place / key
        try:
            said = json.loads((place / "manifest.json").read_bytes())
            opening = Opening.of(said)
        except (OSError, ValueError, KeyError):
            return
        files = {path.relative_to(place).as_posix(): path for path in place.rglob("*") if path.is_file()}
        self._made = key, files, opening

    def _forget(self) -> None:
        """Remove older ones, and drafts of those who were killed: younger ones may be another preview's."""
        for other in self._place.iterdir():
            is_young_draft = other.name.startswith("draft-") and other.stat().st_mtime > time.time() - _DAY
            if other.name != self.version and not is_young_draft:
                shutil.rmtree(other, ignore_errors=True)


def _end_with_parent() -> None:
    """The other end of our input is the preview's: it closes when that ends, however that ends."""
    os.read(0, 1)  # not by way of sys.stdin, whose lock would be held at the end
    os._exit(1)


def make(root: Path, cache_dir: Path, day: date, out: Path) -> None:
    """Write the search of what can be read of ``plans/`` into a directory, the manifest last."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(10)
    cache = Cache(cache_dir / VALUES)
    column = link(load_tree(root, cache).files, day, cache).column
    known = (column.units.values(), column.themes, column.organs, column.search_vocabulary)
    files = search_files(
        list(all_records(column)),
        *known,
        audiences=column.audiences,
        contains=within(column),
        pages=named_pages(root, column),
        documents=column.documents,
        **changing(column),
    )
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
