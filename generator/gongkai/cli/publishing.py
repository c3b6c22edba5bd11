"""Commands that check, build, publish and verify."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import click

from gongkai import pipeline, publishing
from gongkai.cache.place import cache_of
from gongkai.cli.common import (
    Age,
    Moment,
    cache_option,
    day_option,
    print_findings,
    render_theme,
    root_option,
    templates_told,
)
from gongkai.cli.progress import Progress
from gongkai.delivery.destination import FORMS, deliver
from gongkai.delivery.fragments import write_fragments
from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite
from gongkai.extras import MissingExtraError, lacking
from gongkai.output.output_dir import OutputError
from gongkai.settings import SettingsError, load_settings
from gongkai.workers import at_most, ending_processes


@click.command()
@root_option
@cache_option
@day_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="网站写到哪里：新的、空的或本程序写过的目录，默认 site/",
)
def build(root: Path, cache: Path | None, as_of: date | None, out: Path | None) -> None:
    """检查并生成网站；有错误时什么也不写，退出码为 1。"""
    from gongkai.output.offline import TooLargeError  # noqa: PLC0415 - only builds need it

    site, day = out or root / "site", as_of or pipeline.today()
    try:
        with templates_told(root):
            built = pipeline.build(
                root, site, cache_of(root, cache), day, render_theme, offline=True, on_progress=Progress()
            )
    except (OutputError, SettingsError, TooLargeError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        words = f"没有生成完：{error.strerror or error}（{error.filename or site}）；改正后再生成一次即可"
        raise click.ClickException(words) from None
    print_findings(list(built.checked.findings), root, counts=built.checked.counts)
    if not built.ok:
        click.echo("没有生成网站：请先改正上面的错误。")
        sys.exit(1)
    tree = built.tree
    click.echo(
        f"网站已生成：{built.pages} 个页面，{built.seconds:.2f} 秒；"
        f"写入 {tree.written} 个文件，未变 {tree.kept} 个，删除 {tree.removed} 个。"
    )
    if less := lacking():
        click.echo(f"这台电脑上没有 {'、'.join(less)}。")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@root_option
@cache_option
@day_option
@click.option("--send", "destinations", multiple=True, metavar="DEST", help=f"发布后再送到别处，可以写多次：{FORMS}")
@click.option("--fragments", type=click.Path(file_okay=False, path_type=Path), default=None, metavar="DIR",
              help="另外写一份给门户自己的系统用的片段：一篇一个文件，没有框架和脚本，附目录（CSV、JSON）")  # fmt: skip
@click.option("--rollback", is_flag=True, help="恢复上一个版本，不重新生成；损坏的和撤回以前的版本不能恢复")
@click.option("--sign", "key", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="KEY",
              help="用这个 SSH 私钥给清单签名（需要 ssh-keygen），别人用 verify --key 核对")  # fmt: skip
@click.option("--expires", "days", type=click.IntRange(min=1), default=None, metavar="DAYS",
              help="清单上写明过多少天失效：过了这一天，verify 不再认它")  # fmt: skip
@click.option(
    "--purge", "purged", multiple=True, metavar="ID", help="撤回了的，立刻从网站和全部旧版本里清除；可以写多次"
)
def publish(
    target: Path,
    root: Path,
    cache: Path | None,
    as_of: date | None,
    destinations: tuple[str, ...],
    fragments: Path | None,
    rollback: bool,
    key: Path | None,
    days: int | None,
    purged: tuple[str, ...],
) -> None:
    """生成、检查并发布到 TARGET：只重做变了的网页，一步切换，失败时原来的网站不变。"""
    from gongkai.output.publish import rollback as roll_back  # noqa: PLC0415 - only for systems that serve
    from gongkai.output.releases import PublishError  # noqa: PLC0415

    if rollback and purged:
        raise click.UsageError("--rollback 和 --purge 不能同时写")
    try:
        if rollback:
            click.echo(f"已恢复上一个版本：{roll_back(target).name}。")
            return

        def on_checked(checked: pipeline.Checked) -> None:
            print_findings(list(checked.findings), root, counts=checked.counts)

        def taken(count: int) -> None:
            click.echo(f"已从网站取下 {count} 个文件，正在生成没有它们的版本。")

        given = (root, target, cache_of(root, cache), as_of or pipeline.today(), render_theme, on_checked)
        assured = publishing.Assurance(key, days)
        with templates_told(root):
            done = publishing.purge(*given, purged, taken, assured) if purged else publishing.publish(*given, assured)
    except (OutputError, SettingsError, PublishError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    click.echo(f"已发布版本 {done.release.name}：{done.files} 个文件，其中 {done.unchanged} 个（含压缩副本）没有变化。")
    click.echo(f"{done.compared}。")
    if purged:
        click.echo("撤回的内容已不在网站和保留的版本里；别的文件自己写到它的，要另外改。别处的副本见编辑手册“撤回”。")
    if fragments or destinations:
        _sent(target, destinations, fragments, load_settings(root).site_url)


@click.command()
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("destinations", metavar="DEST", nargs=-1, required=True)
def send(site: Path, destinations: tuple[str, ...]) -> None:
    """把发布好的网站 SITE 送到 DEST：目录、文件.zip、用户@主机:/目录（rsync）、git:仓库地址#分支；可以写几个。

    只改、只删以前送去的文件；送以前先按清单核对。
    """
    _sent(site, destinations, None, "")


def _sent(place: Path, destinations: Sequence[str], fragments: Path | None, site_url: str) -> None:
    """Send a published site everywhere it is wanted; what fails does not keep it from the others."""
    try:
        site = FinishedSite.at(place)
    except DeliveryError as error:
        raise click.ClickException(str(error)) from None
    wanted: list[tuple[str, Callable[[], Delivered]]] = [
        (destination, partial(deliver, site, destination)) for destination in destinations
    ]
    if fragments:
        wanted.append((f"{fragments}（片段）", partial(write_fragments, site, fragments, site_url)))
    failed = False
    for name, act in wanted:
        try:
            done = act()
        except DeliveryError as error:
            click.echo(str(error), err=True)
            failed = True
        else:
            note = f"；{done.note}" if done.note else ""
            click.echo(
                f"已送到 {name}：写入 {done.written} 个文件，未变 {done.kept} 个，删除 {done.removed} 个{note}。"
            )
    if failed:
        sys.exit(1)


@click.command()
@click.argument("place", metavar="DIR-or-URL")
@click.option("--max-age", type=Age(), default=None, help="最近一次发布成功不能早于多久以前，如 2d、36h")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None, metavar="PUBLIC_KEY",
              help="清单要有签名，而且是这些 SSH 公钥（.pub）之一签的")  # fmt: skip
@click.option("--newer-than", type=Moment(), default=None,
              help="要比这个时间发布得晚，如 2026-11-01、2026-11-01T08:00，防止旧的版本冒充新的")  # fmt: skip
def verify(place: str, max_age: timedelta | None, key: Path | None, newer_than: datetime | None) -> None:
    """按 manifest.json 核对一个网站的每个文件，看它是什么时候发布的；PLACE 是目录或网址。不符或太旧时退出码为 1。"""
    from gongkai.output import trust, verification  # noqa: PLC0415 - needs the network's libraries
    from gongkai.output.manifest import ManifestError  # noqa: PLC0415

    try:
        manifest = verification.manifest_at(place)
        count, wrong = verification.verify(place, manifest)
        judged = trust.judged(place, manifest, trust.Demands(max_age, key, newer_than))
    except ManifestError as error:
        raise click.ClickException(str(error)) from None
    for words in wrong:
        click.echo(words)
    click.echo(f"核对了 {count} 个文件，{'全部相符' if not wrong else f'{len(wrong)} 处不符'}。")
    for words in (*judged.about, *judged.wrong):
        click.echo(words)
    sys.exit(1 if judged.wrong or wrong else 0)


INCOMPLETE = 3
"""Exit code of a federation that was published without the new data of some district."""


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("districts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_option
@cache_option
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="用几个进程，默认与处理器的核数相同；结果一样")
@click.option("--scheduler", metavar="URL", default="",
              help="几台机器一起做：Dask 调度器，如 tls://10.0.0.1:8786，见 deploy/cluster.md；结果一样")  # fmt: skip
def federate(target: Path, districts: Path, root: Path, cache: Path | None, jobs: int | None, scheduler: str) -> None:
    """把各区县已经发布的开放数据合成一个市级网站，发布到 TARGET；DISTRICTS 列出各区县的网址和下载来的网站。

    有的区县数据不能用时，照样发布：用它上一次的数据，在网页上写明，退出码为 3。
    """
    from gongkai.federation.cluster import ClusterError  # noqa: PLC0415 - only cities need it
    from gongkai.federation.federate import federate as join  # noqa: PLC0415
    from gongkai.load.published import PublishedError  # noqa: PLC0415
    from gongkai.output.releases import PublishError  # noqa: PLC0415

    try:
        with templates_told(root), at_most(jobs), ending_processes():
            kept = cache_of(root, cache).absolute()
            federated = join(root, target.absolute(), kept, districts.absolute(), render_theme, scheduler)
    except (OutputError, SettingsError, PublishedError, PublishError, ClusterError, MissingExtraError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    done = federated.published
    click.echo(f"已发布版本 {done.release.name}：{done.files} 个文件，其中 {done.unchanged} 个（含压缩副本）没有变化。")
    if federated.advice:
        click.echo(federated.advice)
    for trouble in federated.troubles:
        click.echo(trouble)
    if federated.troubles:
        click.echo(f"有 {len(federated.troubles)} 个区县没有用上新的数据：网站照常更新，退出码为 {INCOMPLETE}。")
        sys.exit(INCOMPLETE)


@click.command()
@root_option
@cache_option
def clean(root: Path, cache: Path | None) -> None:
    """删除这个仓库的缓存（在用户的缓存目录里），下一次生成会慢一些。"""
    place = cache_of(root, cache)
    shutil.rmtree(place, ignore_errors=True)
    click.echo(f"已删除缓存 {place}。")
