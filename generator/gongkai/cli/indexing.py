"""``gongkai index``: records into a search server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.cache.place import cache_of
from gongkai.cli.common import cache_option, root_option
from gongkai.cli.progress import Progress

if TYPE_CHECKING:
    from gongkai.indexing.records import Indexable


@click.command()
@root_option
@cache_option
@click.option("--to", "place", required=True, metavar="URL|DIR", help="OpenSearch 的网址，或者写出文件的新目录；"
              "用户名、密码写在环境变量 OPENSEARCH_USER、OPENSEARCH_PASSWORD 里")  # fmt: skip
@click.option("--districts", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="市级栏目：区县名单，和 gongkai federate 的一样；要同时写 --site。不写的，导入本专栏")  # fmt: skip
@click.option(
    "--site", type=click.Path(path_type=Path), default=None, help="市级栏目发布到哪里：gongkai federate 的 TARGET"
)
@click.option("--district", "one", default=None, metavar="HOME", help="只换这一个区县：它的 home、机构编号或简称")
@click.option("--name", default="gongkai", show_default=True, help="读者查的索引的名称")
@click.option("--rollback", is_flag=True, help="恢复上一个索引，其中撤回了的先删去；不重新导入")
def index(
    root: Path,
    cache: Path | None,
    place: str,
    districts: Path | None,
    site: Path | None,
    one: str | None,
    name: str,
    rollback: bool,
) -> None:
    """把全部记录导入 OpenSearch，先清点再一步切换；十八万条或五百个区县以上才需要，见 deploy/opensearch.md。"""
    from gongkai.indexing import build  # noqa: PLC0415 - only who has such a server needs them
    from gongkai.indexing.cluster import Cluster  # noqa: PLC0415
    from gongkai.indexing.export import export  # noqa: PLC0415
    from gongkai.indexing.records import IndexingError  # noqa: PLC0415
    from gongkai.load.published import PublishedError  # noqa: PLC0415
    from gongkai.settings import SettingsError  # noqa: PLC0415

    if (districts is None) != (site is None):
        raise click.UsageError("--districts 和 --site 要一起写")
    if rollback and one:
        raise click.UsageError("--rollback 和 --district 不能同时写")
    away = "://" in place
    if not away and (rollback or one):
        raise click.UsageError("--rollback 和 --district 只用于 OpenSearch 的网址")
    kept, progress = cache_of(root, cache), Progress()
    try:
        given = _given(root, kept, districts, site)
        if not away:
            click.echo(f"已写出 {export(given, Path(place), progress)} 条记录：{place}。")
            return
        cluster = Cluster(place, wait=_wait)
        with build.locked(kept, cluster, name):
            if rollback:
                done = build.rollback(cluster, name, given)
            elif one:
                done = build.replace(cluster, name, given, given.district(one), progress)
            else:
                done = build.index(cluster, name, given, progress)
    except (IndexingError, PublishedError, SettingsError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    verb = "已恢复" if rollback else "已换上" if one else "已导入"
    click.echo(f"{verb}：{name} 现在是 {done.index}，{done.count} 条记录。")


def _wait(seconds: float) -> None:
    click.echo(f"OpenSearch 正忙或者没有答复，{seconds:g} 秒后再送。", err=True)
    time.sleep(seconds)


def _given(root: Path, cache: Path, districts: Path | None, site: Path | None) -> Indexable:
    """What is indexed: a federation where one is named, else the column."""
    from gongkai.indexing.records import of_column  # noqa: PLC0415

    if not (districts and site):
        return of_column(root, cache)
    from gongkai.indexing.federated import of_federation  # noqa: PLC0415 - only cities need it

    return of_federation(root, cache, site, districts)
