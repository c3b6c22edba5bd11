"""What several commands share: their options, and how findings are printed."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai.findings import machine, reporters
from gongkai.findings.finding import Finding, Severity
from gongkai.output.manifest import is_site
from gongkai.output.status import age_of, moment_of
from gongkai.text.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from gongkai.output.theme import ThemeOutput


class Day(click.ParamType[date]):
    """A day on the command line."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read YYYY-MM-DD, or refuse in Chinese."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-01-31 的样子", param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"“{value}”太早或太晚，请写 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间的日期", param, ctx)
        return day


class Age(click.ParamType[timedelta]):
    """A length of time on the command line: 2d, 36h."""

    name = "2d"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Read days or hours, or refuse in Chinese."""
        try:
            return value if isinstance(value, timedelta) else age_of(str(value))
        except ValueError:
            self.fail(f"“{value}”不是时间，请写成 2d（两天）或 36h（36小时）的样子", param, ctx)


class Moment(click.ParamType[datetime]):
    """A moment on the command line, in China: 2026-11-01, 2026-11-01T08:00."""

    name = "YYYY-MM-DD[Thh:mm]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a day or a moment, or refuse in Chinese."""
        if isinstance(value, datetime):
            return value
        try:
            return moment_of(str(value))
        except ValueError:
            self.fail(f"“{value}”不是时间，请写成 2026-11-01 或 2026-11-01T08:00 的样子", param, ctx)


class NoColumnError(click.ClickException):
    """A command was started where no column is: a mistake in using it, as a wrong option is."""

    exit_code = 2


def is_column(root: Path) -> bool:
    """True for a directory that has what a column is made of, or its settings."""
    return (root / "mkdocs.yml").is_file() or ((root / "plans").is_dir() and not is_site(root))


def _column(_context: click.Context, _option: click.Parameter, root: Path) -> Path:
    if is_column(root):
        return root
    where = "当前目录" if root == Path() else f"{root} "
    if is_site(root):
        hint = "请进入专栏的目录（有 plans/ 和 mkdocs.yml），或者写 --root 目录"
        raise NoColumnError(f"{where}是生成的网站，不是专栏：{hint}")
    raise NoColumnError(
        f"{where}里没有专栏（找不到 plans/ 和 mkdocs.yml）：请先进入专栏的目录，或者写 --root 目录；"
        "还没有专栏的，用 gongkai init 目录 开始一个"
    )


root_option = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    callback=_column,
    help="专栏所在的目录，默认当前目录",
)
cache_option = click.option(
    "--cache", type=click.Path(path_type=Path), default=None, help="缓存放在哪里，默认在用户的缓存目录里"
)
day_option = click.option("--as-of", type=Day(), default=None, help="以哪一天的状态生成，默认今天（北京时间）")

PROGRAMS = {
    "json": machine.json_report,
    "github": machine.github_report,
    "gitlab": machine.gitlab_report,
    "sarif": machine.sarif_report,
    "markdown": reporters.markdown_report,
}


def print_findings(
    findings: list[Finding], root: Path, form: str = "text", counts: Mapping[Severity, int] | None = None
) -> None:
    """Print findings in one of the formats; a terminal gets colours, and hears how many there are besides."""
    if form in PROGRAMS:
        click.echo(PROGRAMS[form](findings))
        return
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(reporters.text_report(findings, root, colour=colour, counts=counts))


def render_theme(root: Path, directory: Path) -> ThemeOutput:
    """Ask the theme for its part of the site; mkdocs is imported only now, for it takes longer than a small build.

    ProperDocs takes the place of mkdocs where that is not installed. Without engine or theme we render the frame alone.
    """
    if not find_spec("material") or not (find_spec("mkdocs") or find_spec("properdocs")):
        from gongkai.output import plain  # noqa: PLC0415

        return plain.render_theme(root, directory)
    if not find_spec("mkdocs"):
        import_module("properdocs.replacement")
    from gongkai import host  # noqa: PLC0415

    return host.render_theme(root, directory)


@contextmanager
def templates_told(root: Path) -> Iterator[None]:
    """A mistake in a template of the column's own look becomes a sentence with its place."""
    from jinja2 import TemplateError  # noqa: PLC0415 - who makes pages has loaded it

    from gongkai.output.layout import ShellError  # noqa: PLC0415
    from gongkai.serving.trouble import told  # noqa: PLC0415

    try:
        yield
    except (TemplateError, ShellError) as error:
        raise click.ClickException(" ".join(told(error, root))) from None


def open_browser(address: str) -> None:
    """Show an address in a browser, without waiting for it; nothing where it would take over the terminal."""
    if sys.platform in ("win32", "darwin") or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
