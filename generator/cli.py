"""The commands. Parsing and printing only; what they do is in the pipeline."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator import __version__, pipeline
from generator.findings import reporters
from generator.findings.finding import Finding
from generator.settings import SettingsError


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-01-31 的样子", param, ctx)


_root = click.option(
    "--root", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="仓库所在目录，默认当前目录"
)
_as_of = click.option("--as-of", type=_Day(), default=None, help="以哪一天的状态生成，默认今天（北京时间）")


_FORMATS = ("text", "json", "github", "gitlab")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="gongkai %(version)s")
def main() -> None:
    """政府信息公开专栏：检查 plans/ 里的文件，生成可以直接发布的网站。"""


@main.command()
@_root
@_as_of
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="结果的格式")
def check(root: Path, as_of: date | None, form: str) -> None:
    """检查全部文件，一次列出所有问题；有错误时退出码为 1。"""
    checked = pipeline.check(root, as_of or pipeline.today())
    _print(list(checked.findings), root, form)
    sys.exit(0 if checked.ok else 1)


@main.command()
@_root
@_as_of
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="网站写到哪里，默认 site/")
def build(root: Path, as_of: date | None, out: Path | None) -> None:
    """检查并生成网站；有错误时什么也不写，退出码为 1。"""
    from generator.host import render_theme  # noqa: PLC0415 - importing mkdocs takes longer than a check
    from generator.write.offline import TooLargeError  # noqa: PLC0415 - only builds need it

    try:
        site, day = out or root / "site", as_of or pipeline.today()
        built = pipeline.build(root, site, root / ".cache", day, render_theme, offline=True)
    except (SettingsError, TooLargeError) as error:
        raise click.ClickException(str(error)) from None
    _print(list(built.checked.findings), root, "text")
    if not built.ok:
        click.echo("没有生成网站：请先改正上面的错误。")
        sys.exit(1)
    tree = built.tree
    click.echo(
        f"网站已生成：{built.pages} 个页面，{built.seconds:.2f} 秒；"
        f"写入 {tree.written} 个文件，未变 {tree.kept} 个，删除 {tree.removed} 个。"
    )


@main.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_root
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None, help="写到哪里，默认 plans/")
@click.option("--organ", default=None, help="区县编号；文件里认不出时填写")
@click.option("--id", "identifier", default=None, help="编号，即文件名；默认按区县和年度起名")
@click.option("--year", type=int, default=None, help="年度；文件里认不出时填写")
@click.option("--update", is_flag=True, help="更新已有的文件：只改文件里变了的内容，编号、主题、备注等都保留")
def import_(
    source: Path,
    root: Path,
    output: Path | None,
    organ: str | None,
    identifier: str | None,
    year: int | None,
    update: bool,
) -> None:
    """把 Word、PDF、网页或文本转成 YAML 草稿；猜测的地方注明“待核”。"""
    try:
        from generator.authoring.import_command import run_import  # noqa: PLC0415 - an extra, not needed to build
    except ModuleNotFoundError as error:
        raise click.ClickException(f"导入需要另装几个程序库（缺少 {error.name}）：请先运行 make importer") from None
    done = run_import(
        root, source, output or root / "plans", organ=organ, identifier=identifier, year=year, update=update
    )
    click.echo(done.report)
    for path in done.written:
        click.echo(f"已写入 {path}")
    if done.written:
        click.echo("请逐处核对“# 待核”，再运行 gongkai check。")
    sys.exit(0 if done.ok else 1)


@main.command()
@click.argument("target", type=click.Path(path_type=Path))
@_root
@_as_of
@click.option("--rollback", is_flag=True, help="恢复上一个版本，不重新生成")
def publish(target: Path, root: Path, as_of: date | None, rollback: bool) -> None:
    """生成、检查并发布到 TARGET：一步切换，失败时原来的网站不变。"""
    from generator.host import render_theme  # noqa: PLC0415 - importing mkdocs takes longer than a check
    from generator.write import publish as publishing  # noqa: PLC0415 - only for systems that serve

    try:
        if rollback:
            click.echo(f"已恢复上一个版本：{publishing.rollback(target).name}。")
            return

        def told(checked: pipeline.Checked) -> None:
            _print(list(checked.findings), root, "text")

        done = pipeline.publish(root, target, root / ".cache", as_of or pipeline.today(), render_theme, told)
    except (SettingsError, publishing.PublishError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    click.echo(f"已发布版本 {done.release.name}：{done.files} 个文件，其中 {done.unchanged} 个（含压缩副本）没有变化。")


@main.command()
@click.argument("place", metavar="DIR-or-URL")
def verify(place: str) -> None:
    """按 manifest.json 核对一个网站的每个文件；PLACE 是目录或网址。"""
    from generator.write import manifest  # noqa: PLC0415 - needs the network's libraries

    try:
        count, wrong = manifest.verify(place)
    except manifest.ManifestError as error:
        raise click.ClickException(str(error)) from None
    for sentence in wrong:
        click.echo(sentence)
    click.echo(f"核对了 {count} 个文件，{'全部相符' if not wrong else f'{len(wrong)} 处不符'}。")
    sys.exit(1 if wrong else 0)


def _print(findings: list[Finding], root: Path, form: str) -> None:
    programs = {"json": reporters.json_report, "github": reporters.github_report, "gitlab": reporters.gitlab_report}
    click.echo(programs[form](findings) if form in programs else reporters.text_report(findings, root))
