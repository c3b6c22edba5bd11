"""``gongkai new``: beginnings of files and entries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from gongkai import pipeline
from gongkai.authoring import district as starting
from gongkai.authoring import new as making
from gongkai.authoring.edits import write_whole
from gongkai.cli.common import Day, root_option
from gongkai.column.progress import ProgressStatus
from gongkai.column.unit import KIND_LABELS, UnitKind

_STATUSES = [status.value for status in ProgressStatus]


@click.group()
def new() -> None:
    """新建：区县、工作要点、主动公开事项目录、决策事项、环节、落实情况、单位。"""


def _write(root: Path, written: making.Written, what: str) -> None:
    write_whole({root / written.path: written.text.encode()})
    click.echo(f"{what}：{written.path}")
    click.echo(
        "请填好“待填”的地方，再运行 gongkai check。" if "待填" in written.text else "请运行 gongkai check 检查。"
    )


class _Verb(click.Command):
    """A command whose refusals are sentences, not tracebacks."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except making.NewError as error:
            raise click.ClickException(str(error)) from None


def _file_options(command: Callable[..., None]) -> Callable[..., None]:
    """What a new file of a year is called by."""
    for option in (
        root_option,
        click.option("--title", required=True, help="标题，照原文"),
        click.option("--year", type=int, required=True, help="年度"),
        click.option("--organ", required=True, help="区县编号，如 laiwu"),
        click.argument("identifier", metavar="ID"),
    ):
        command = option(command)
    return command


@new.command(cls=_Verb)
@click.argument("identifier", metavar="ID")
@click.option("--name", required=True, help="政府全称，如 示例市示例区人民政府")
@click.option("--short-name", required=True, help="简称，如 示例区")
@click.option("--region", required=True, help="所属的市，如 示例市")
@click.option("--division", default=None, help="行政区划代码（GB/T 2260），六位数字；决定适用哪个省、市的规定")
@click.option("--office", default=None, help="政府办公室在文件里的写法，默认“区政府办公室”的样子")
@click.option("--code", "codes", multiple=True, help="机关代字，如 示政办发，可以写多次")
@click.option(
    "--only",
    is_flag=True,
    help="仓库里只留本区县：其他区县的移出（git 里仍有；没有 git 时移到 other-districts/）",
)
@root_option
def district(
    identifier: str,
    name: str,
    short_name: str,
    region: str,
    division: str | None,
    office: str | None,
    codes: tuple[str, ...],
    only: bool,
    root: Path,
) -> None:
    """在仓库里开始一个区县，ID 如 shili；以后的编号都以它开头。"""
    office = office or f"{short_name[-1]}政府办公室"
    wanted = starting.District(identifier, name, short_name, region, office, codes, division)
    beginning = starting.new_district(making.Office.at(root), wanted, only=only)
    copied = {root / starting.ASIDE / path: (root / path).read_bytes() for path in beginning.copied}
    write_whole({**copied, **{root / each.path: each.text.encode() for each in beginning.written}})
    for each in beginning.written:
        click.echo(f"已写好：{each.path}")
    for path in beginning.leaving:
        (root / path).unlink()
    if beginning.leaving:
        where = f"移到 {starting.ASIDE}/，不需要时可以删去" if beginning.copied else "git 的历史里仍有"
        click.echo(f"移出其他区县的 {len(beginning.leaving)} 个文件（{where}）。")
    click.echo("接着改 mkdocs.yml 里的门户名称和页脚，再运行 gongkai check。")


@new.command(cls=_Verb)
@_file_options
def plan(identifier: str, organ: str, year: int, title: str, root: Path) -> None:
    """新建一份工作要点，ID 如 laiwu-2026。"""
    office = making.Office.at(root)
    _write(root, making.new_plan(office, identifier, organ, year, title, pipeline.today()), "已新建")


@new.command(cls=_Verb)
@_file_options
def catalogue(identifier: str, organ: str, year: int, title: str, root: Path) -> None:
    """新建一份主动公开事项目录，ID 如 laiwu-2026-catalogue。"""
    office = making.Office.at(root)
    _write(root, making.new_catalogue(office, identifier, organ, year, title, pipeline.today()), "已新建")


@new.command(cls=_Verb)
@click.argument("directory", metavar="DIRECTORY")
@click.option("--title", required=True, help="决策事项名称，照原文")
@click.option("--organizers", required=True, help="承办单位，照原文")
@click.option("--organ", default=None, help="目录还没有时填写：区县编号")
@click.option("--year", type=int, default=None, help="目录还没有时填写：年度")
@root_option
def decision(directory: str, title: str, organizers: str, organ: str | None, year: int | None, root: Path) -> None:
    """在决策目录添加一项；目录还没有时新建，DIRECTORY 如 laiwu-2026-decisions。"""
    office, today = making.Office.at(root), pipeline.today()
    written = making.new_decision(office, directory, organ, year or today.year, title, organizers, today)
    _write(root, written, "已添加")


@new.command(cls=_Verb)
@click.argument("record", metavar="RECORD")
@click.argument("stage", metavar="STAGE")
@click.option("--url", default=None, help="材料网址")
@click.option("--title", default=None, help="材料名称")
@click.option("--date", "day", type=Day(), default=None, help="公开日期")
@root_option
def stage(record: str, stage: str, url: str | None, title: str | None, day: date | None, root: Path) -> None:
    """公开决策的一个环节，RECORD 如 laiwu-2021-decisions/3，STAGE 如 draft。"""
    fields: dict[str, object] = {"title": title, "url": url, "date": day}
    given = {name: value for name, value in fields.items() if value}
    _write(root, making.new_stage(making.Office.at(root), record, stage, given), "已写入")


@new.command(cls=_Verb)
@click.argument("record", metavar="RECORD")
@click.option("--status", type=click.Choice(_STATUSES), required=True, help="状态")
@click.option("--text", required=True, help="做了什么、结果怎样")
@click.option("--date", "day", type=Day(), default=None, help="情况截至哪一天，默认今天")
@click.option("--evidence", nargs=2, multiple=True, metavar="名称 网址", help="公开材料，可以写多次")
@root_option
def progress(
    record: str, status: str, text: str, day: date | None, evidence: tuple[tuple[str, str], ...], root: Path
) -> None:
    """添加一条落实情况，RECORD 如 laiwu-2021/tasks/3；按日期先后放，以前的记录不改动。"""
    office, when = making.Office.at(root), day or pipeline.today()
    _write(root, making.new_progress(office, record, when, ProgressStatus(status), text, evidence), "已添加")


@new.command(cls=_Verb)
@click.argument("organ", metavar="ORGAN")
@click.argument("name", metavar="NAME")
@click.option("--id", "identifier", required=True, help="编号，以区县编号开头，如 laiwu-fagaiju")
@click.option("--kind", type=click.Choice(list(map(str, UnitKind))), required=True,
              help="类别：" + "、".join(f"{kind.value} {label}" for kind, label in KIND_LABELS.items()))  # fmt: skip
@root_option
def unit(organ: str, name: str, identifier: str, kind: str, root: Path) -> None:
    """在单位名录里添加一个单位：同类的放在一起，按编号排列。"""
    office = making.Office.at(root)
    _write(root, making.new_unit(office, organ, identifier, name, UnitKind(kind)), "已添加")
