"""Commands that help to write: import, fix, schema, diff."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gongkai import pipeline
from gongkai.authoring import difference, schema
from gongkai.authoring.edits import write_whole
from gongkai.authoring.fix import fix_tree
from gongkai.cli.common import day_option, root_option
from gongkai.column.site_data import SiteData
from gongkai.extras import MissingExtraError
from gongkai.load.files import SHAPES
from gongkai.settings import SettingsError

if TYPE_CHECKING:
    from gongkai.importing.recognise.columns import Kind


@click.command("import")
@click.argument("source", metavar="FILE|DIR", type=click.Path(exists=True, path_type=Path))
@root_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None, help="写到哪里，默认 plans/")
@click.option("--organ", default=None, help="区县编号；文件里认不出时填写")
@click.option("--id", "identifier", default=None, help="编号，即文件名；默认按区县和年度起名")
@click.option("--year", type=int, default=None, help="年度；文件里认不出时填写")
@click.option("--kind", default=None, help="是哪一种文件（工作要点、解读等）；报告里“认作”不对时填写")
@click.option("--column", "columns", multiple=True, metavar="表头=是什么",
              help="表格的一列是什么，如 --column 分工=units；可以写几次")  # fmt: skip
@click.option("--update", is_flag=True, help="更新已有的文件：只改文件里变了的内容，编号、主题、备注等都保留")
@click.option(
    "--changes",
    type=click.Choice(["accepted", "original"]),
    default="accepted",
    help="Word 文件里没有接受的修订：accepted 按修订以后的文字（默认），original 按修订以前的文字",
)
@click.option(
    "--provenance",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE.json",
    help="把草稿每一栏的文字在原件里的位置写到这个文件",
)
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="和 --provenance 一起用：把 PDF 的各页画成图片，写到这个目录",
)
@click.option(
    "--redirects",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="导入文件夹时，把旧网址对照表（nginx、JSON、跳转页）写到这个目录",
)
def import_(
    source: Path,
    root: Path,
    output: Path | None,
    organ: str | None,
    identifier: str | None,
    year: int | None,
    kind: str | None,
    columns: tuple[str, ...],
    update: bool,
    changes: str,
    provenance: Path | None,
    pictures: Path | None,
    redirects: Path | None,
) -> None:
    """把 Word、PDF、网页、表格或文本转成 YAML 草稿；猜测的地方注明“待核”。给出文件夹的，逐个导入里面的文件。"""
    from gongkai.importing.command import run_import  # noqa: PLC0415 - not needed to build
    from gongkai.importing.folder import run_folder  # noqa: PLC0415 - not needed to build

    target = output or root / "plans"
    try:
        if source.is_dir():
            refused = changes if changes != "accepted" else None
            given = {
                "--id": identifier,
                "--year": year,
                "--kind": kind,
                "--column": columns or None,
                "--changes": refused,
            }
            _only_for_files({**given, "--provenance": provenance, "--pictures": pictures})
            done = run_folder(root, source, target, organ=organ, update=update, redirects=redirects)
        else:
            done = run_import(
                root,
                source,
                target,
                organ=organ,
                identifier=identifier,
                year=year,
                kind=kind,
                columns=_columns_said(columns),
                update=update,
                original=changes == "original",
                provenance=provenance,
                pictures=pictures,
            )
    except ModuleNotFoundError as error:  # text needs no library of the extra, other files do
        raise click.ClickException(str(MissingExtraError("import", error.name))) from None
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    click.echo(done.report)
    for path in done.written:
        click.echo(f"已写入 {path}")
    if done.written:
        click.echo("请逐处核对“# 待核”，再运行 gongkai check。")
    sys.exit(0 if done.ok else 1)


def _columns_said(given: Sequence[str]) -> dict[str, Kind]:
    """What columns are, by their heads."""
    from gongkai.importing.recognise.columns import KIND_LABELS, kind_said  # noqa: PLC0415 - not needed to build

    found = {}
    for words in given:
        head, _, said = words.rpartition("=")
        kind = kind_said(said)
        if not head.strip() or kind is None:
            known = "、".join(f"{each.value}（{label}）" for each, label in KIND_LABELS.items())
            raise click.UsageError(f"--column {words}：请写成 表头=是什么，如 分工=units；可以是 {known}")
        found[head.strip()] = kind
    return found


def _only_for_files(options: Mapping[str, object]) -> None:
    """Options that say something of one document cannot be said of all in a folder."""
    if given := [name for name, value in options.items() if value is not None]:
        raise click.UsageError(f"{'、'.join(given)} 只能用在一个文件上；请逐个导入这些文件")


@click.command()
@root_option
@click.option("--dry-run", is_flag=True, help="只列出要改什么，不写文件")
def fix(root: Path, *, dry_run: bool) -> None:
    """自动改正能够确定的问题：编码、制表符、中文冒号、发文字号写法；原文文字一律不动。"""
    found = fix_tree(root)
    for fixed in found:
        click.echo(f"{fixed.path}：{'、'.join(fixed.done)}")
        if dry_run:
            click.echo(fixed.diff())
        else:
            write_whole({root / fixed.path: fixed.after})
    if not found:
        click.echo("没有可以自动改正的问题。")
    elif dry_run:
        click.echo(f"共 {len(found)} 个文件可以改，还没有写入。")
    else:
        click.echo(f"改了 {len(found)} 个文件；请看一遍改动，再运行 gongkai check。")


@click.command("schema")
@root_option
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=None, help="默认 plans/schemas/")
@click.option("--fields", type=click.Choice(["all", *SHAPES]), default=None,
              help="只列出一种文件有哪些字段，不写文件；all 为手册的“全部字段”一页")  # fmt: skip
def schema_(root: Path, output: Path | None, fields: str | None) -> None:
    """写出各种文件的 JSON Schema（中文说明），供 VS Code 等编辑器边写边提示。"""
    if fields:
        click.echo(schema.handbook_page() if fields == "all" else schema.field_list(fields), nl=False)
        return
    files = schema.schema_files()
    target = output or root / schema.DIRECTORY
    write_whole({target / name: text.encode() for name, text in files.items()})
    click.echo(f"已写入 {len(files)} 个文件到 {target}")


TERMS: Mapping[str, Callable[[SiteData], Mapping[str, str]]] = {
    "themes": lambda column: {theme.id: theme.name for theme in column.themes.values()},
    "audiences": lambda column: {audience.id: audience.name for audience in column.audiences.values()},
    "stages": lambda column: {stage.id: stage.name for stage in column.stage_kinds.values()},
    "units": lambda column: {unit.id: unit.name for unit in column.units.values()},
}
"""What has an id that editors write, and is listed."""


@click.command()
@click.argument("kind", type=click.Choice(list(TERMS)))
@root_option
def terms(kind: str, root: Path) -> None:
    """列出可以用的编号和名称：themes 主题、audiences 人群、stages 决策环节、units 单位；程序自带的和本专栏自己的。"""
    for identifier, name in TERMS[kind](pipeline.check(root, pipeline.today()).column).items():
        click.echo(f"{identifier}\t{name}")


@click.command()
@click.argument("span", metavar="A..B")
@root_option
@day_option
def diff(span: str, root: Path, as_of: date | None) -> None:
    """两个版本之间，读者看到的内容有哪些变化；输出 Markdown。只写 A 时和现在的文件相比。"""
    try:
        click.echo(difference.compare(root, span, as_of or pipeline.today()), nl=False)
    except difference.DiffError as error:
        raise click.ClickException(str(error)) from None
    sys.stdout.flush()
