"""Taking withdrawn pages and files off a served site at once, without making the rest anew.

This is the first half of a purge: what lies at the addresses themselves goes, from the zip too, and every older release
is removed. Lists, searches and tables still name it until a release made without it is served, which is the other half.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from gongkai.column import urls
from gongkai.column.withdrawal import ids_of_file
from gongkai.kinds.addresses import OF_FILES, likely_addresses
from gongkai.output.manifest import manifest_of, site_files
from gongkai.output.offline import NAME as OFFLINE
from gongkai.output.offline import offline_zip
from gongkai.output.publish import PURGING, amend
from gongkai.output.releases import PublishError, current

_NOTICE = """<!DOCTYPE html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>已撤回</title>
<h1>已撤回</h1>
<p>这个网址原来的内容已经撤回，不再公开。</p>
<p><a href="{home}index.html">回到首页</a></p>
</html>
"""


def take_down(target: Path, identifiers: Sequence[str], addresses: Collection[str]) -> int:
    """Serve the current release without what lies at ``addresses``; returns how many files went.

    Args:
        target: the link that the web server serves.
        identifiers: ids of withdrawals, by which attachments are known.
        addresses: of pages, with all below them where they are those of records.

    Raises:
        PublishError: when nothing is served; the site stays as it is.
    """
    served = current(target)
    if served is None:
        raise PublishError(f"{target} 还没有发布过")
    own = list(files_of(served, identifiers, addresses))
    if own:
        before = manifest_of(served).get(PURGING, [])
        amend(target, lambda site: _without(site, own), {PURGING: sorted({*before, *identifiers})})
    return len(own)


def files_of(site: Path, identifiers: Collection[str], more: Collection[str] = ()) -> Iterator[str]:
    """Every file of a site that is withdrawn under some ids or lies at one of ``more`` addresses.

    Compressed copies too, but not the notices of an earlier purge.
    """
    addresses = {
        *(address for address in more if address.startswith(OF_FILES)),
        *(address for known in identifiers for address in likely_addresses(known)),
    }
    below, wanted = tuple(addresses), set(identifiers)
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        plain = name.removesuffix(".gz").removesuffix(".br")
        mine = name.startswith(below) or wanted & ids_of_file(plain)
        if mine and path.is_file() and path.read_text("utf-8", "replace") != _notice(name):
            yield name


def _without(site: Path, names: Sequence[str]) -> None:
    for name in names:
        path = site / name
        path.unlink()
        if path.name == "index.html":
            path.write_text(_notice(name), encoding="utf-8")
    zipped = site / OFFLINE
    if zipped.is_file():
        content = offline_zip(site, site_files(site))
        zipped.unlink()  # it is the file of other releases, too
        zipped.write_bytes(content)


def _notice(name: str) -> str:
    return _NOTICE.format(home=urls.to_root(name))
