"""A new index beside the one that is asked, counted, and put in its place in one step; or one district replaced in it.

    gongkai ──▶ gongkai-000007      the alias that is asked, and its index
                gongkai-000006      the one before, for ``--rollback``, without what was withdrawn since

An index says of itself whether it is complete. What a killed run left is no such index, and goes with the next run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import gethostname
from typing import Any

from msgspec import Struct

from gongkai import __version__, disk
from gongkai.cache.cache import digest
from gongkai.indexing.cluster import NOT_FOUND, Cluster, RefusedError
from gongkai.indexing.records import District, Indexable, IndexingError
from gongkai.search.opensearch import body
from gongkai.text.patterns import whole
from gongkai.workers import OnProgress, no_progress

_NAME = whole(r"[a-z][a-z0-9_]{0,60}")
_NUMBERED = whole(r"(.+)-([0-9]{6})")
_IDS = 10_000
"""Ids that are asked for at once."""
_WRITING, _MERGING = "写入", "合并索引"
"""What progress is told of: merging is one step, told when it begins and when it ends."""


class Indexed(Struct, frozen=True):
    """What is asked now: the index, and how many records it has."""

    index: str
    count: int


@contextmanager
def locked(cache: Path, cluster: Cluster, name: str) -> Iterator[None]:
    """Hold the lock of an alias on this machine.

    Raises:
        IndexingError: when somebody holds it, or the name is none.
    """
    if not _NAME.fullmatch(name):
        raise IndexingError(f"索引的名称“{name}”不能用：请用小写字母开头，只用小写字母、数字和下划线")
    directory = cache / "indexing"
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / digest(cluster.place, name)).open("a") as file:
        if not disk.try_lock(file):
            raise IndexingError(f"另一个导入正在进行（{cluster.place} 的 {name}）：请等它结束后再运行")
        yield


def index(cluster: Cluster, name: str, given: Indexable, on_progress: OnProgress = no_progress) -> Indexed:
    """Fill a new index and let it be asked.

    Raises:
        IndexingError: when it cannot be filled: the one before is still asked.
    """
    before = _asked(cluster, name)
    _tidy(cluster, name, keep=before)
    about = {"gongkai": __version__, "names": given.names, "host": gethostname()}
    new = _created(cluster, name, given, about)
    count = _filled(cluster, new, given, given.districts, on_progress)
    _counted(cluster, new, {"match_all": {}}, count)
    on_progress(_MERGING, 0, count)
    cluster.ask("POST", f"/{new}/_forcemerge?max_num_segments=1")
    on_progress(_MERGING, count, count)
    _opened(cluster, new)
    cluster.ask("PUT", f"/{new}/_mapping", {"_meta": {**about, "complete": True}})
    _switch(cluster, name, new)
    if before:
        _cleared(cluster, before[0], new, given)
        _tidy(cluster, name, keep=[new, before[0]])
    return Indexed(new, count)


def replace(
    cluster: Cluster, name: str, given: Indexable, district: District, on_progress: OnProgress = no_progress
) -> Indexed:
    """Put the records of one district in the place of what the index has of it; other districts' stay.

    Readers see new records beside old ones for some seconds. A run that is killed leaves some of both, and the next
    puts it right.

    Raises:
        IndexingError: when there is no index, or the district cannot be written.
    """
    asked = _asked(cluster, name)
    if not asked:
        raise IndexingError(f"还没有索引 {name}：请先运行一次，不写 --district")
    current = asked[0]
    if _about(cluster, current).get("names") != given.names:
        raise IndexingError("区县名单或者单位的叫法变了，别的区县的内容也要跟着改：请再运行一次，不写 --district")
    _filled(cluster, current, given, [district], on_progress)
    cluster.ask("POST", f"/{current}/_refresh")
    its = {"term": {"district": district.name}}
    old = {"bool": {"filter": [its], "must_not": [{"term": {"release": district.release}}]}}
    _deleted(cluster, current, old)
    _counted(cluster, current, its, district.size)
    for other in _indices(cluster, name):
        if other != current:
            _cleared(cluster, other, current, given)
    return Indexed(current, _count(cluster, current, {"match_all": {}}))


def rollback(cluster: Cluster, name: str, given: Indexable) -> Indexed:
    """Let the index before be asked again, without what was withdrawn since.

    Raises:
        IndexingError: when there is none.
    """
    asked = _asked(cluster, name)
    others = [one for one in _indices(cluster, name) if one not in asked and _about(cluster, one).get("complete")]
    if not others:
        raise IndexingError(f"没有可以恢复的索引：{name} 只有现在这一个")
    before = others[-1]
    _cleared(cluster, before, asked[0] if asked else before, given)
    _switch(cluster, name, before)
    return Indexed(before, _count(cluster, before, {"match_all": {}}))


def _indices(cluster: Cluster, name: str) -> list[str]:
    """The indices of an alias, the oldest first."""
    there = cluster.ask("GET", f"/_cat/indices/{name}-*?format=json&h=index&expand_wildcards=all")
    found = (_NUMBERED.fullmatch(row["index"]) for row in there)
    return sorted(match[0] for match in found if match and match[1] == name)


def _asked(cluster: Cluster, name: str) -> list[str]:
    try:
        return sorted(cluster.ask("GET", f"/_alias/{name}"))
    except RefusedError as error:
        if error.status == NOT_FOUND:
            return []
        raise


def _about(cluster: Cluster, index: str) -> dict[str, Any]:
    mapping = cluster.ask("GET", f"/{index}/_mapping")
    about: dict[str, Any] = mapping[index]["mappings"].get("_meta", {})
    return about


def _created(cluster: Cluster, name: str, given: Indexable, about: dict[str, Any]) -> str:
    """A new index, under a number that no other has."""
    there = _indices(cluster, name)
    new = f"{name}-{int(there[-1][-6:]) + 1 if there else 1:06d}"
    cluster.ask("PUT", f"/{new}", body(given.corpus.vocabulary, about))
    return new


def _filled(
    cluster: Cluster, index: str, given: Indexable, districts: Sequence[District], on_progress: OnProgress
) -> int:
    """Write the records of districts; returns how many there must be now."""
    total, done = sum(district.size for district in districts), 0
    for district in districts:
        for records, lines in given.parts(district):
            cluster.fill(index, lines)
            done += records
            on_progress(_WRITING, done, total)
    return total


def _opened(cluster: Cluster, index: str) -> None:
    """Ready to be asked: new records are seen, and while there are several nodes, a second has all of them, too."""
    settings = {"index": {"refresh_interval": "1s", "auto_expand_replicas": "0-1"}}
    cluster.ask("PUT", f"/{index}/_settings", settings)


def _switch(cluster: Cluster, name: str, index: str) -> None:
    actions: list[dict[str, Any]] = [{"remove": {"index": one, "alias": name}} for one in _asked(cluster, name)]
    cluster.ask("POST", "/_aliases", {"actions": [*actions, {"add": {"index": index, "alias": name}}]})


def _tidy(cluster: Cluster, name: str, keep: list[str]) -> None:
    """Remove what a killed run left, and all but the newest complete index that is not asked.

    Raises:
        IndexingError: when another machine has begun one: it may be filling it now.
    """
    others = {one: _about(cluster, one) for one in _indices(cluster, name) if one not in keep}
    for one, about in others.items():
        if not about.get("complete") and about.get("host") != gethostname():
            where = f"{about.get('host', '别的电脑')} 上的另一个导入可能正在进行（索引 {one}）"
            raise IndexingError(f"{where}：请等它结束；确认没有的，请在 OpenSearch 里删去这个索引再运行")
    complete = [one for one, about in others.items() if about.get("complete")]
    spare = complete[-1:] if len(keep) <= 1 else []
    for one in others:
        if one not in spare:
            cluster.ask("DELETE", f"/{one}")


def _cleared(cluster: Cluster, index: str, new: str, given: Indexable) -> None:
    """Take out of an index what was withdrawn, and is not public again in the new one."""
    withdrawn = sorted(given.withdrawn)
    for start in range(0, len(withdrawn), _IDS):
        some = withdrawn[start : start + _IDS]
        again = {"aggs": {"ids": {"terms": {"field": "above", "include": some, "size": len(some)}}}, "size": 0}
        public = cluster.ask("POST", f"/{new}/_search", again)["aggregations"]["ids"]["buckets"] if new != index else []
        gone = sorted(set(some) - {bucket["key"] for bucket in public})
        _deleted(cluster, index, {"terms": {"above": gone}})


def _deleted(cluster: Cluster, index: str, query: dict[str, Any]) -> None:
    cluster.ask("POST", f"/{index}/_refresh")
    cluster.ask("POST", f"/{index}/_delete_by_query?refresh=true&conflicts=proceed", {"query": query})


def _count(cluster: Cluster, index: str, query: dict[str, Any]) -> int:
    cluster.ask("POST", f"/{index}/_refresh")
    count: int = cluster.ask("POST", f"/{index}/_count", {"query": query})["count"]
    return count


def _counted(cluster: Cluster, index: str, query: dict[str, Any], wanted: int) -> None:
    count = _count(cluster, index, query)
    if count != wanted:
        raise IndexingError(f"没有切换：应有 {wanted} 条，索引 {index} 里有 {count} 条；请再运行一次")
