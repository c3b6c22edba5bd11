"""The command that checks: it brings no more of the program than reading, linking and judging need."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gongkai.cache.cache import VALUES, Cache
from gongkai.cache.place import cache_of
from gongkai.checking import Checked
from gongkai.checking import check as check_column
from gongkai.cli.common import PROGRAMS, cache_option, day_option, print_findings, root_option
from gongkai.findings.finding import errors
from gongkai.findings.reporters import sentence
from gongkai.output.status import today
from gongkai.settings import SettingsError


@click.command()
@root_option
@cache_option
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
@click.option("--production", is_flag=True, help="改为列出正式发布以前还缺什么，按先后列出")
@click.option("--against", metavar="REF|DIR|URL",
              help="另外与已经发布的比较：网址不会消失，公开了的落实情况、环节、结果没有改动；"
              "写 git 的版本（如 origin/main）、网站所在的目录或网址")  # fmt: skip
def check(
    root: Path,
    cache: Path | None,
    as_of: date | None,
    form: str,
    site: Path | None,
    against: str | None,
    *,
    links: bool,
    production: bool,
) -> None:
    """检查全部文件，一次列出所有问题；有错误时退出码为 1。"""
    day = as_of or today()
    if production:
        _check_readiness(root, cache_of(root, cache), day, form)
        return
    if links:
        from gongkai.rules.outside import dead_links  # noqa: PLC0415 - brings the network's libraries

        findings, place = dead_links(root, cache_of(root, cache) / "links.json", day), root
    elif site is None:
        checked = check_column(root, day, Cache(cache_of(root, cache) / VALUES))
        findings, place = list((_against(checked, against) if against else checked).findings), root
    else:
        from gongkai import publishing  # noqa: PLC0415 - brings all that makes pages

        try:
            findings, place = publishing.check_site(root, site, day), site
        except SettingsError as error:
            raise click.ClickException(str(error)) from None
    print_findings(findings, place, form)
    sys.exit(1 if errors(findings) else 0)


def _against(checked: Checked, against: str) -> Checked:
    """What was checked, with what readers of what is published would miss."""
    from gongkai.authoring.lasting import compare_with, published_at  # noqa: PLC0415 - brings the network's libraries
    from gongkai.authoring.lasting.published import NothingPublishedError  # noqa: PLC0415

    try:
        before = published_at(checked.root, against, checked.column.as_of)
    except NothingPublishedError as error:
        raise click.ClickException(f"没有与已发布的内容比较：{error}") from None
    found = compare_with(checked.root, checked.column, checked.unread, before)
    click.echo(f"{found.sentence}。", err=True)
    return checked.with_more(found.findings)


def _check_readiness(root: Path, cache: Path, day: date, form: str) -> None:
    """Step by step for people, all at once for programs."""
    from gongkai import pipeline  # noqa: PLC0415 - as above

    try:
        steps = pipeline.check_readiness(root, day, Cache(cache / VALUES))
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    missing = [found for step in steps for found in step.findings]
    if form in PROGRAMS:
        print_findings(missing, root, form)
    for step in steps if form not in PROGRAMS else ():
        click.echo(step.title)
        for found in step.findings:
            click.echo(f"  {found.file}:{found.line}:{found.column} {sentence(found)}")
    if form not in PROGRAMS:
        click.echo(f"正式发布以前还缺 {len(missing)} 处。" if missing else "可以正式发布：没有缺的。")
    sys.exit(1 if missing else 0)
