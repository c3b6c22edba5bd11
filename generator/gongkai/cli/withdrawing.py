"""``gongkai withdraw``: take back what was published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.authoring.edits import EditError
from gongkai.authoring.removal import RemovalError
from gongkai.cli.common import Day, cache_option, print_findings, root_option


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--reason", required=True, help="为什么撤回，读者会看到；不要写撤回的内容")
@click.option("--date", "day", type=Day(), default=None, help="哪一天撤回，默认今天")
@root_option
@cache_option
def withdraw(identifier: str, reason: str, day: date | None, root: Path, cache: Path | None) -> None:
    """撤回已经公开的内容：从仓库里删去，原来的网址改为“已撤回”，写明日期和原因。

    ID 是文件、事项或附件的编号，content/ 里的文件，或者网址，如 shili-2021、shili-2021/tasks/3。
    """
    from gongkai.withdrawing import withdraw as take_back  # noqa: PLC0415 - needs all that makes pages

    today = pipeline.today()
    try:
        done = take_back(root, identifier, day or today, reason, today, cache)
    except (RemovalError, EditError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已撤回 {done.id}：" + "，".join([*(f"改了 {name}" for name in done.changed), *_gone(done.removed)]))
    if done.findings:
        click.echo("仓库里还有这些地方提到它，或有错误：")
        print_findings(list(done.findings), root)
    if done.mentions:
        click.echo("这些地方有它的名称或网址，请逐处看一看：")
        for mention in done.mentions:
            click.echo(f"  {mention}")
    click.echo(f"接着提交到 git，再运行 gongkai publish --purge {done.id} TARGET，网站和旧版本里才没有它。")
    click.echo("git 的历史、别人的副本和搜索引擎里还有，怎样处理见编辑手册“撤回已经公开的内容”。")


def _gone(names: Sequence[str]) -> list[str]:
    return [f"删了 {name}" for name in names]
