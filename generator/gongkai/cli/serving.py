"""The command that shows the site while it is edited."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from gongkai.cache.place import cache_of
from gongkai.cli.common import cache_option, day_option, open_browser, print_findings, render_theme, root_option


@click.command()
@root_option
@cache_option
@day_option
@click.option("--host", default="127.0.0.1", show_default=True, help="在本机的哪个地址上")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口；0 是任何空着的")
@click.option("--no-browser", is_flag=True, help="不打开浏览器")
@click.option("--framed-by", default="", hidden=True, help="哪个网址可以把预览放在框里：编辑台自己")
def serve(
    root: Path, cache: Path | None, as_of: date | None, host: str, port: int, no_browser: bool, framed_by: str
) -> None:
    """本机预览：打开哪一页就做哪一页，保存以后立刻显示；有错误的，在那一页说明。按 Ctrl+C 结束。"""
    from gongkai.serving.live import Live  # noqa: PLC0415 - only here
    from gongkai.serving.server import PortTakenError, Server  # noqa: PLC0415

    live = Live(root, cache_of(root, cache), render_theme, as_of)
    try:
        server = Server(live, host, port, framed_by)
    except PortTakenError as error:
        raise click.ClickException(str(error)) from None
    view = live.view()
    print_findings(list(view.errors), root, counts=view.checked.counts)
    click.echo(f"预览：{server.address}　保存文件以后网页自动更新，按 Ctrl+C 结束。")
    sys.stdout.flush()
    if not no_browser:
        open_browser(server.address)
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        click.echo("预览已结束。")
    finally:
        server.ending.set()
        server.server_close()
