"""``gongkai merge-file``: what git calls to merge two people's changes of one file by field."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai.authoring.edits import write_whole
from gongkai.authoring.merging import merge_texts
from gongkai.authoring.merging.driver import DriverError, register_driver
from gongkai.cli.common import root_option


@click.command("merge-file")
@click.argument("base", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.argument("ours", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.argument("theirs", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.argument("name", required=False)
@click.option("--install", is_flag=True, help="登记为这个仓库的 git 合并程序，以后 git 合并 plans/ 里的文件时自动使用")
@root_option
def merge_file(
    base: Path | None, ours: Path | None, theirs: Path | None, name: str | None, root: Path, *, install: bool
) -> None:
    """按字段合并一个文件的三个版本：BASE 共同的旧版、OURS 自己的、THEIRS 别人的；结果写回 OURS。

    两边改了不同的字段，都保留；改了同一处的，在文件里标出两边的写法，退出码为 1。NAME 是文件在仓库里的名字。
    """
    if install:
        try:
            register_driver(root)
        except DriverError as error:
            raise click.ClickException(str(error)) from None
        click.echo("已登记：以后 git 合并 plans/ 里的文件时按字段合并。")
        return
    if base is None or ours is None or theirs is None:
        raise click.UsageError("请写三个文件：共同的旧版、自己的、别人的；或者只写 --install")
    contents = [path.read_bytes() for path in (base, ours, theirs)]
    try:
        texts = [content.decode("utf-8") for content in contents]
    except UnicodeDecodeError:
        raise click.ClickException(f"{name or ours} 不是 UTF-8 编码，不能按字段合并：请先运行 gongkai fix") from None
    merged = merge_texts(*texts)
    write_whole({ours: merged.text.encode()})
    for sentence in merged.conflicts:
        click.echo(f"{name or ours}：{sentence}", err=True)
    if merged.conflicts:
        click.echo("请打开文件，在 <<<<<<< 和 >>>>>>> 之间留下对的内容，再运行 gongkai check。", err=True)
        sys.exit(1)
