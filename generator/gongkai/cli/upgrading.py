"""``gongkai upgrade``: this version of the program for a column that an earlier one began."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from gongkai import __version__, pipeline
from gongkai.cli.common import print_findings, render_theme, root_option, templates_told
from gongkai.findings.finding import errors
from gongkai.settings import SettingsError
from gongkai.starter.answers import FORGES
from gongkai.starter.program import WheelError, installed_from, wheel_at
from gongkai.starter.upgrade import Upgrade, UpgradeError, apply_upgrade, plan_upgrade
from gongkai.upgrading import Outlook, outlook

_SHOWN = 12
"""Files of one kind that are named; of more the directories are counted."""


@click.command()
@root_option
@click.option("--write", is_flag=True, help="真的写入；不写这一项只列出会改什么")
@click.option("--wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="本程序的安装文件 gongkai-….whl；默认是安装时用的那个")  # fmt: skip
@click.option("--forge", type=click.Choice(list(FORGES)), default=None, help="自动检查改用哪个平台的；默认不变")
@click.option("--site", type=click.Path(file_okay=False, path_type=Path), default=None,
              help="和哪个网站比较网址，默认 site/")  # fmt: skip
def upgrade(root: Path, write: bool, wheel: Path | None, forge: str | None, site: Path | None) -> None:
    """把专栏换到这一版程序：先列出改哪些文件、检查规则会说什么、网址有没有变，加 --write 才写入；您写的不动。"""
    try:
        program = wheel_at(wheel) if wheel else installed_from()
        planned = plan_upgrade(root, program, forge)
        with templates_told(root):
            found = outlook(root, planned, program, site or root / "site", pipeline.today(), render_theme)
    except (UpgradeError, WheelError, SettingsError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{planned.since} 版 → {__version__} 版")
    _files(planned)
    _outlook(found, root)
    for note in planned.notes:
        click.echo(note)
    if planned.nothing:
        click.echo("专栏已经是这一版的样子，没有要改的。")
    elif not write:
        click.echo("以上还没有写入。确定要改，请运行 gongkai upgrade --write（先提交到 git，或者复制一份）。")
    else:
        apply_upgrade(root, planned, program)
        click.echo("已经写入。请看一遍改动，再运行 gongkai check。")
    sys.exit(1 if errors(list(found.findings)) or found.lost else 0)


def _files(planned: Upgrade) -> None:
    _named("新写入的文件", list(planned.added))
    _named("换成新版的文件（您没有改过）", [name for name in planned.replaced if name != "mkdocs.yml"])
    if "mkdocs.yml" in planned.replaced:
        click.echo("mkdocs.yml 去掉不再需要的 custom_dir 和 watch 两行，别的不动。")
    _named("移走的文件（您没有改过，程序自己带着）", planned.removed)
    _named("没有动的文件（您改过；程序的新版与它无关，或请您自己比较）", planned.kept)
    _named("您删去了、不再写回的文件", planned.deleted)


def _named(what: str, names: Sequence[str]) -> None:
    if not names:
        return
    click.echo(f"{what}，{len(names)} 个：")
    if len(names) <= _SHOWN:
        for name in names:
            click.echo(f"  {name}")
        return
    counts: dict[str, int] = {}
    for name in names:
        first = name.partition("/")[0] + "/" if "/" in name else name
        counts[first] = counts.get(first, 0) + 1
    for first, count in counts.items():
        click.echo(f"  {first}" + (f"　{count} 个" if first.endswith("/") else ""))


def _outlook(found: Outlook, root: Path) -> None:
    if wrong := errors(list(found.findings)):
        click.echo("换了以后检查有错误，要先改正才能生成网站：")
        print_findings(wrong, root)
    else:
        counts = f"{len(found.findings)} 处提示和警告" if found.findings else "没有发现问题"
        click.echo(f"换了以后：检查{counts}，网站有 {found.pages} 个页面。")
    for rule, count in found.new_rules.items():
        click.echo(f"新的检查规则 {rule} 会说 {count} 处，见 gongkai check。")
    if found.lost is None:
        click.echo("没有以前生成的网站可以比较网址（site/）；各版的网址一直不变。")
    elif found.lost:
        click.echo(f"网址少了 {len(found.lost)} 个：{'、'.join(found.lost[:_SHOWN])}；请先看清楚原因。")
    else:
        gained = f"，多出 {len(found.gained)} 个" if found.gained else ""
        click.echo(f"网址：以前的页面全部还在原处{gained}。")
