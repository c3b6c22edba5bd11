"""``gongkai accept``: proposals of imports become part of the vocabularies."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.authoring.accepting import accept as accepted
from gongkai.authoring.edits import write_whole
from gongkai.authoring.new import NewError
from gongkai.cli.common import root_option


@click.command()
@click.argument("organ", metavar="ORGAN")
@root_option
def accept(organ: str, root: Path) -> None:
    """把导入时写的待核名录并入单位名录：请先逐条核对名称、编号和类别，ORGAN 如 shili。"""
    try:
        done = accepted(root, organ)
    except NewError as error:
        raise click.ClickException(str(error)) from None
    removed = [root / path for path in done.removed]
    write_whole({root / path: text.encode() for path, text in done.written.items()}, removed)
    for path, count in done.counts.items():
        click.echo(f"已并入 {count} 条：{path}")
    click.echo("请运行 gongkai check 检查。")
