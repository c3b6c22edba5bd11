"""Commands that check, build, publish and verify."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.cache.cache import Cache
from gongkai.cli.common import PROGRAMS, day_option, print_findings, render_theme, root_option
from gongkai.cli.progress import Progress
from gongkai.findings.finding import errors
from gongkai.output.output_dir import OutputError
from gongkai.settings import SettingsError


@click.command()
@root_option
@day_option
@click.option("--format", "form", type=click.Choice(("text", *PROGRAMS)), default="text", help="结果的格式")
@click.option(
    "--site",
    is_flag=False,
    flag_value="site",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="改为检查已经生成的网站，默认 site/",
)
@click.option("--links", is_flag=True, help="改为逐个打开 plans/ 里的站外链接（需要网络；七天内打开过的不再问）")
def check(root: Path, as_of: date | None, form: str, site: Path | None, links: bool) -> None:
    """检查全部文件，一次列出所有问题；有错误时退出码为 1。"""
    day = as_of or pipeline.today()
    if links:
        findings, place = pipeline.check_links(root, root / ".cache", day), root
    elif site is None:
        findings, place = list(pipeline.check(root, day, Cache(root / ".cache" / "pieces")).findings), root
    else:
        try:
            findings, place = pipeline.check_site(root, site, day), site
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
    print_findings(findings, place, form)
    sys.exit(1 if errors(findings) else 0)


@click.command()
@root_option
@day_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    help="网站写到哪里：新的、空的或本程序写过的目录，默认 site/",
)
def build(root: Path, as_of: date | None, out: Path | None) -> None:
    """检查并生成网站；有错误时什么也不写，退出码为 1。"""
    from gongkai.output.offline import TooLargeError  # noqa: PLC0415 - only builds need it

    site, day = out or root / "site", as_of or pipeline.today()
    try:
        built = pipeline.build(root, site, root / ".cache", day, render_theme, offline=True, on_progress=Progress())
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


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@root_option
@day_option
@click.option("--rollback", is_flag=True, help="恢复上一个版本，不重新生成；损坏的和撤回以前的版本不能恢复")
@click.option(
    "--purge", "purged", multiple=True, metavar="ID", help="撤回了的，立刻从网站和全部旧版本里清除；可以写多次"
)
def publish(target: Path, root: Path, as_of: date | None, rollback: bool, purged: tuple[str, ...]) -> None:
    """生成、检查并发布到 TARGET：只重做变了的网页，一步切换，失败时原来的网站不变。"""
    from gongkai.output import publish as publishing  # noqa: PLC0415 - only for systems that serve
    from gongkai.output.releases import PublishError  # noqa: PLC0415

    if rollback and purged:
        raise click.UsageError("--rollback 和 --purge 不能同时写")
    try:
        if rollback:
            click.echo(f"已恢复上一个版本：{publishing.rollback(target).name}。")
            return

        def on_checked(checked: pipeline.Checked) -> None:
            print_findings(list(checked.findings), root, counts=checked.counts)

        def taken(count: int) -> None:
            click.echo(f"已从网站取下 {count} 个文件，正在生成没有它们的版本。")

        given = (root, target, root / ".cache", as_of or pipeline.today(), render_theme, on_checked)
        done = pipeline.purge(*given, purged, taken) if purged else pipeline.publish(*given)
    except (OutputError, SettingsError, PublishError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    click.echo(f"已发布版本 {done.release.name}：{done.files} 个文件，其中 {done.unchanged} 个（含压缩副本）没有变化。")
    if purged:
        click.echo("撤回的内容已不在网站和保留的版本里；别的文件自己写到它的，要另外改。别处的副本见编辑手册“撤回”。")


@click.command()
@click.argument("place", metavar="DIR-or-URL")
def verify(place: str) -> None:
    """按 manifest.json 核对一个网站的每个文件；PLACE 是目录或网址。"""
    from gongkai.output import manifest  # noqa: PLC0415 - needs the network's libraries

    try:
        count, wrong = manifest.verify(place)
    except manifest.ManifestError as error:
        raise click.ClickException(str(error)) from None
    for sentence in wrong:
        click.echo(sentence)
    click.echo(f"核对了 {count} 个文件，{'全部相符' if not wrong else f'{len(wrong)} 处不符'}。")
    sys.exit(1 if wrong else 0)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.argument("districts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_option
def federate(target: Path, districts: Path, root: Path) -> None:
    """把各区县已经发布的开放数据合成一个市级网站，发布到 TARGET；DISTRICTS 列出各区县的网址和下载来的网站。"""
    from gongkai import federation  # noqa: PLC0415 - only cities need it
    from gongkai.load.published import PublishedError  # noqa: PLC0415
    from gongkai.output.releases import PublishError  # noqa: PLC0415

    try:
        done = federation.federate(root, target, root / ".cache", districts, render_theme)
    except (OutputError, SettingsError, PublishedError, PublishError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    click.echo(f"已发布版本 {done.release.name}：{done.files} 个文件，其中 {done.unchanged} 个（含压缩副本）没有变化。")
