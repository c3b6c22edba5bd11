"""The command that opens the desk."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gongkai.cli.common import day_option, open_browser, root_option
from gongkai.extras import MissingExtraError


@click.command()
@root_option
@day_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="端口；默认是任何空着的")
@click.option("--no-browser", is_flag=True, help="不打开浏览器")
def desk(root: Path, as_of: date | None, port: int, no_browser: bool) -> None:
    """编辑台：在浏览器里改 plans/ 里的文件、检查、报送落实情况、提交；只有本机能打开。"""
    try:
        from gongkai.desk.server import AlreadyOpenError, PortTakenError, run  # noqa: PLC0415 - of an extra
    except ModuleNotFoundError as error:
        raise click.ClickException(str(MissingExtraError("desk", error.name))) from None

    def opened(address: str) -> None:
        click.echo("编辑台已经打开，网址只给自己用；按 Ctrl+C，或者在网页上按“关闭编辑台”结束。")
        click.echo(address)
        sys.stdout.flush()
        if not no_browser:
            open_browser(address)

    try:
        run(root, port, as_of, opened)
        click.echo("编辑台已关闭。")
    except AlreadyOpenError as error:
        click.echo(f"{error}：")
        opened(error.address)
    except PortTakenError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"编辑台打不开：{error}") from None
