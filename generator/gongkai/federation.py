"""Several districts -> one city: what they have published is read, joined, and served as a site of its own.

site of a district ─ verify ─▶ open data ─ read ─▶ District ┬─ write ─▶ files in the theme's layout
plans/vocabularies of the city ─ pipeline.check ─▶ SiteData ──┘
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, combinations
from pathlib import Path

from gongkai.alternates.reading import wrong_in_tables
from gongkai.cache.cache import VALUES, Cache
from gongkai.findings.finding import errors
from gongkai.load.exchanged import read_exchange
from gongkai.load.published import District, PublishedError, Source, read_district, read_sources
from gongkai.output.federation import write_federation
from gongkai.output.manifest import ManifestError, commit_of
from gongkai.output.output import writable_place
from gongkai.output.publish import Published, withdrawn_from
from gongkai.output.publish import publish as publish_release
from gongkai.output.releases import PublishError, releases_of
from gongkai.output.theme import RenderTheme, theme_output
from gongkai.output.verification import verify
from gongkai.pipeline import check, check_served
from gongkai.settings import load_settings


def federate(root: Path, target: Path, cache: Path, districts: Path, render: RenderTheme) -> Published:
    """Serve at ``target`` what the districts listed in the file ``districts`` have published, joined.

    Raises:
        OutputError: when ``target`` lies where no site may be written.
        PublishedError: when the open data of a district cannot be used, or two of them do not fit together.
        PublishError: when anything else is wrong; the old site still serves.
    """
    writable_place(releases_of(target), root, cache)
    if wrong := errors(check_served(root, Cache(cache / VALUES))):
        raise PublishError("没有发布：", *(f"{finding.file}：{finding.message}" for finding in wrong))
    sources = read_sources(districts)
    apart(sources)
    found = [read_checked(source) for source in sources]
    settings, theme = load_settings(root), theme_output(root, cache, render)
    city = check(root, max(district.as_of for district in found)).column

    def make(directory: Path) -> list[str]:
        write_federation(root, found, theme, settings, city, directory)
        return []

    day = min(district.as_of for district in found)
    withdrawn = sorted(chain.from_iterable(_withdrawn(source) for source in sources))
    return publish_release(target, make, {"as_of": day.isoformat(), **commit_of(root), "withdrawn": withdrawn})


def apart(sources: Sequence[Source]) -> None:
    """See that no district publishes below another one's home: then one could speak for the other.

    Raises:
        PublishedError: when one does.
    """
    for one, two in combinations(sorted(source.home for source in sources), 2):
        if two.startswith(one):
            what = "写了两次" if one == two else f"在另一个区县的网址 {one} 下面"
            raise PublishedError(f"{two} {what}：一个区县只能在自己的网址下公开，请改正区县名单")


def read_checked(source: Source) -> District:
    """What a district has published; every file is as its manifest says, every row may stand in the city's data.

    Raises:
        PublishedError: when anything is wrong.
    """
    if source.site:
        _agrees(source.site)
    return read_district(source, wrong_in_tables)


def _withdrawn(source: Source) -> Iterable[str]:
    """What a district withdrew, as often as it did."""
    return withdrawn_from(source.site).elements() if source.site else read_exchange(source.exchange).withdrawn


def _agrees(site: Path) -> None:
    """See that every file of a downloaded site is what its publisher says.

    Raises:
        PublishedError: when one is not.
    """
    try:
        wrong = verify(str(site))[1]
    except ManifestError as error:
        wrong = [str(error)]
    if wrong:
        raise PublishedError(f"{site} 与它的 manifest.json 不符，请重新下载：{wrong[0]}")
