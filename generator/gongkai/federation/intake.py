"""What comes in from each district: its new data where they can be used, else the last good copy, else nothing.

One bad district never stops the others, and nothing of a district is joined that was not checked row by row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from msgspec import Struct

from gongkai import disk
from gongkai.alternates.reading import wrong_in_tables
from gongkai.cache.cache import digest, program_digest
from gongkai.cache.entry import DamagedError, discard, forget
from gongkai.federation.fetching import fetch, fetch_withdrawn
from gongkai.federation.kept import About, Kept, load_about, load_kept, place_of, save_kept
from gongkai.federation.part import ID_BYTES, Part, ids_of, part_of
from gongkai.load.published import PublishedError, Source, district_of
from gongkai.workers import Shared, parallel_map

_PAGES = 16
"""A district is as much work as so many pages."""


class Places(Struct, frozen=True):
    """Where the last good copies lie, and the cache."""

    kept: Path
    cache: Path

    @property
    def new(self) -> Path:
        """New data, until it is clear that they can be joined."""
        return self.kept.with_name(f"{self.kept.name}-new")

    def part(self, key: str) -> Path:
        """What is known of some data."""
        return self.cache / "parts" / digest(program_digest(), key)


class Taken(Struct, frozen=True):
    """What was taken in of a district: its part, if any; ``trouble`` says in Chinese why it is not made of new data.

    ``withdrawn`` is everything that was ever withdrawn from it, one for each time, as far as is known;
    ``established`` says that there was a copy before.
    """

    source: Source
    part: Part | None
    withdrawn: tuple[str, ...] = ()
    trouble: str = ""
    established: bool = False

    @property
    def sentence(self) -> str:
        """What an operator must know of a district that is in trouble."""
        if self.part:
            return f"没有用上新的数据，仍用截至 {self.part.as_of} 的：{self.source.home}：{self.trouble}"
        return f"没有这个区县的内容：{self.source.home}：{self.trouble}"


def take_in(sources: Sequence[Source], places: Places) -> list[Taken]:
    """What is to be joined of all districts, in their order; copies of those that are listed no more are removed."""
    forget(places.kept, {place_of(places.kept, source.home).name for source in sources})
    discard(places.new)
    shared = Shared(places, Places, (places.kept, places.cache))
    found = list(parallel_map(_take, sources, shared, pages=_PAGES * len(sources), long=True))
    while clash := _clash(found):
        at, why = clash
        found[at] = (
            Taken(sources[at], None, trouble=why) if found[at].trouble else fallen_back(places, sources[at], why)
        )
    for source, taken in zip(sources, found, strict=True):
        new = place_of(places.new, source.home)
        if not taken.trouble and new.is_file():
            places.kept.mkdir(parents=True, exist_ok=True)
            disk.replace(new, place_of(places.kept, source.home))
    discard(places.new)
    forget(places.cache / "parts", {taken.part.key for taken in found if taken.part})
    return found


def _take(places: Places, source: Source) -> Taken:
    path = place_of(places.kept, source.home)
    before = load_about(path)
    try:
        new = _fresh(source, before)
        about = new.about if new else before
        assert about
        part = _part(places, source, about.key, lambda: (new or load_kept(path)).tables)
    except PublishedError as error:
        return fallen_back(places, source, "；".join(error.args))
    if new and about != before:
        save_kept(place_of(places.new, source.home), new)
    return Taken(source, part, about.withdrawn, established=before is not None)


def _fresh(source: Source, before: About | None) -> Kept | None:
    """What a district publishes now; None where that is what it published before.

    Raises:
        PublishedError: when it is not as published, or older than a withdrawal that we know of.
    """
    fetched = fetch(source, before.manifest if before and not before.since else "")
    if fetched is None:
        return None
    older = before and not source.exchange and Counter(before.withdrawn) - Counter(fetched.withdrawn)
    if older:
        raise PublishedError(f"{source.place} 是撤回以前的旧版本：请重新下载")
    return Kept(source.home, fetched.tables, fetched.withdrawn, manifest=fetched.manifest)


def _part(places: Places, source: Source, key: str, tables: Callable[[], Mapping[str, bytes]]) -> Part:
    return part_of(places.part(key), lambda: district_of(source, tables(), wrong_in_tables))


def fallen_back(places: Places, source: Source, why: str) -> Taken:
    """The last good copy of a district, without what it withdrew since."""
    path = place_of(places.kept, source.home)
    try:
        kept = load_kept(path)
    except (FileNotFoundError, DamagedError):
        return Taken(source, None, trouble=why)
    organs = tuple(row["id"] for row in json.loads(kept.tables["organs.json"])["items"])
    left = kept.without(fetch_withdrawn(source, organs))
    if left is not kept:
        save_kept(path, left)
    try:
        part = _part(places, source, left.key, lambda: left.tables)
    except PublishedError as error:
        return Taken(source, None, (*left.withdrawn, *left.since), "；".join((why, *error.args)))
    return Taken(source, part, (*left.withdrawn, *left.since), why, established=True)


def _clash(found: Sequence[Taken]) -> tuple[int, str] | None:
    """The first district that uses an id of another, and why it must wait: who was there before stays."""
    parts = [(at, taken.part) for at, taken in enumerate(found) if taken.part]
    sizes = [len(part.ids) // ID_BYTES for _, part in parts]
    ids = np.frombuffer(b"".join(part.ids for _, part in parts), np.uint64)
    owners = np.repeat([at for at, _ in parts], sizes)
    order = np.argsort(ids, kind="stable")
    same = np.flatnonzero(ids[order][1:] == ids[order][:-1])
    if not len(same):
        return None
    pair = owners[order][same[0] : same[0] + 2].tolist()
    stays, waits = sorted(pair, key=lambda at: (not found[at].established, at))
    one, other = (_named(found[at]) for at in (stays, waits))
    what = min(one & other)
    home = found[stays].source.home
    return waits, f"编号 {what} 在两个区县里用了两次，另一个是 {home}：请由其中一个区县改编号，并写 moved_from"


def _named(taken: Taken) -> set[str]:
    part = taken.part
    assert part
    rows = {name: json.loads(b"[" + part.table(name) + b"]") for name in part.tables}
    return ids_of(rows)
