"""``gongkai exchange``: an export for the libraries of city and province."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.authoring import exchanging
from gongkai.authoring.edits import write_whole
from gongkai.cli.common import Day, day_option, root_option
from gongkai.load.exchanged import ExchangeError
from gongkai.settings import load_settings


@click.command()
@click.option("--since", type=Day(), default=None, help="只要从这一天起的新增、变化和撤回；不写的是全部")
@click.option(
    "--after",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="只要以前导出的以后的变化；没有 git 的用它，从全部那一份起按先后写",
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="写到哪里，如 全部.jsonl"
)
@root_option
@day_option
def exchange(since: date | None, after: tuple[Path, ...], output: Path, root: Path, as_of: date | None) -> None:
    """导出公文、解读和它们的关联，供市、省的政策文件库接收：JSON 一行一条，有编号和散列。"""
    if since and after:
        raise click.UsageError("--since 和 --after 只能写一个")
    checked = pipeline.check(root, as_of or pipeline.today())
    if not checked.ok:
        raise click.ClickException("文件还有错误，没有导出：请先运行 gongkai check")
    try:
        before, day = exchanging.after_files(after) if after else ({}, None)
        if since:
            before, day = exchanging.since_day(root, since), since
    except ExchangeError as error:
        raise click.ClickException(str(error)) from None
    content = exchanging.export(checked.column, load_settings(root).site_url, before, day)
    write_whole({output: content})
    lines = content.count(b"\n") - 1
    click.echo(f"已写入 {output}：{lines} 条。")
