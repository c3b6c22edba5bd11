"""``gongkai federate``: take in, join, write, publish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import chain, pairwise
from pathlib import Path

from msgspec import Struct

from gongkai.cache.cache import VALUES, Cache
from gongkai.cache.entry import discard
from gongkai.federation.cluster import on_cluster
from gongkai.federation.intake import Places, take_in
from gongkai.federation.joined import City, Joined
from gongkai.federation.kept import DISTRICTS
from gongkai.federation.search import FederatedSearch
from gongkai.federation.served import MODE, Served
from gongkai.federation.site import CitySite, File
from gongkai.federation.tables import TABLE_FILES
from gongkai.findings.finding import errors
from gongkai.load.published import PublishedError, Source, read_sources
from gongkai.output.manifest import commit_of
from gongkai.output.output import writable_place
from gongkai.output.publish import Published
from gongkai.output.publish import publish as publish_release
from gongkai.output.releases import PublishError, releases_of
from gongkai.output.theme import RenderTheme, theme_output
from gongkai.pipeline import check, check_served
from gongkai.search.corpus import LARGE_RECORDS
from gongkai.search.index import published, search_files
from gongkai.settings import load_settings

FEDERATION = "federation"
"""The directory of the cache for what is known of districts."""


class Federated(Struct, frozen=True):
    """What is served now, and a Chinese sentence for each district that is there with old data or not at all.

    ``advice`` is one for the operator, where there is any.
    """

    published: Published
    troubles: Sequence[str]
    advice: str = ""


MOST_RECORDS, MOST_DISTRICTS = 180_000, 500
"""Records and districts beyond which readers download much and operators wait long: then a search service is better."""


def federate(
    root: Path, target: Path, cache: Path, districts: Path, render: RenderTheme, scheduler: str = ""
) -> Federated:
    """Serve at ``target`` what the districts listed in the file ``districts`` have published, joined.

    The machines of a Dask ``scheduler`` share the work, where there is one.

    Raises:
        ClusterError: when they cannot.
        OutputError: when ``target`` lies where no site may be written.
        PublishedError: when the list of districts is wrong, or the open data of none can be used.
        PublishError: when anything else is wrong; the old site still serves.
    """
    writable_place(releases_of(target), root, cache)
    if wrong := errors(check_served(root, Cache(cache / VALUES))):
        raise PublishError("没有发布：", *(f"{finding.file}：{finding.message}" for finding in wrong))
    sources, settings = read_sources(districts), load_settings(root)
    apart(sources)
    places = Places(releases_of(target) / DISTRICTS, cache / FEDERATION)
    with on_cluster(scheduler, (places.kept.parent, places.cache)) if scheduler else nullcontext():
        taken = take_in(sources, places)
        parts = [found.part for found in taken if found.part]
        troubles = [found.sentence for found in taken if found.trouble]
        if not parts:
            raise PublishedError("没有发布：没有一个区县的数据可以用", *troubles)
        city = check(root, max(part.as_of for part in parts)).column
        joined = Joined(parts, City.of(city))
        search, served = _search(joined, places.cache, service=settings.search_service)
    site = CitySite(root, settings, theme_output(root, cache, render), taken, joined)

    def make(directory: Path) -> list[str]:
        site.write(directory, search, served)
        return []

    withdrawn = sorted(chain.from_iterable(found.withdrawn for found in taken))
    about = {"as_of": joined.oldest.isoformat(), **commit_of(root), "withdrawn": withdrawn}
    published = publish_release(target, make, about, twins=TABLE_FILES if served else ())
    return Federated(published, troubles, "" if served else _advice(joined))


def _advice(joined: Joined) -> str:
    if len(joined) <= MOST_RECORDS and len(joined.parts) <= MOST_DISTRICTS:
        return ""
    size = f"有 {len(joined.parts)} 个区县、{len(joined)} 条"
    most = f"超过 {MOST_DISTRICTS} 个区县或 {MOST_RECORDS} 条的"
    return f"{size}：{most}，建议查找改用 OpenSearch，见 deploy/opensearch.md。"


def _search(joined: Joined, cache: Path, *, service: bool) -> tuple[Iterator[File], Served | None]:
    """The files of the search, and who makes them where a service searches; what the other way left is removed."""
    for name in ("counts", "joined", "search") if service else (MODE,):
        discard(cache / name)
    if not service:
        return _index(joined, cache), None
    served = Served(joined, cache)
    served.prepare()
    return served.files(), served


def _index(joined: Joined, cache: Path) -> Iterator[File]:
    """The files of the search: made at once where there are few records, else task by task, and for servers only."""
    if len(joined) > LARGE_RECORDS:
        search = FederatedSearch(joined, cache)
        search.prepare()
        return published(search.files, twins=False)
    known = (joined.units.values(), joined.themes, joined.organs, joined.city.search_vocabulary)
    audiences, pages = joined.city.audiences, joined.destinations
    return search_files(list(joined), *known, audiences=audiences, contains={}, elsewhere=pages)


def apart(sources: Sequence[Source]) -> None:
    """See that no district publishes below another one's home: then one could speak for the other.

    Raises:
        PublishedError: when one does.
    """
    for one, two in pairwise(sorted(source.home for source in sources)):
        if two.startswith(one):
            what = "写了两次" if one == two else f"在另一个区县的网址 {one} 下面"
            raise PublishedError(f"{two} {what}：一个区县只能在自己的网址下公开，请改正区县名单")
