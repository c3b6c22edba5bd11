"""``gongkai new``: beginnings of files, their items, and entries; what kinds of files there are, the registry says."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from gongkai import pipeline
from gongkai.authoring import district as starting
from gongkai.authoring import new as making
from gongkai.authoring.edits import write_whole
from gongkai.authoring.wording import taken_in
from gongkai.cli.common import Day, root_option
from gongkai.column.progress import ProgressStatus
from gongkai.column.shapes.form import FieldType, FormField
from gongkai.column.unit import KIND_LABELS, UnitKind
from gongkai.extras import MissingExtraError
from gongkai.kinds.interface import FileKind
from gongkai.kinds.registry import KINDS
from gongkai.starter import unit_list
from gongkai.starter.register import register_units

_STATUSES = [status.value for status in ProgressStatus]


@click.group()
def new() -> None:
    """新建：区县、单位、各种文件和其中的事项、决策的环节、落实情况。"""


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
    written = {root / each.path: each.text.encode() for each in beginning.written}
    write_whole({**copied, **written}, [root / path for path in beginning.leaving])
    for each in beginning.written:
        click.echo(f"已写好：{each.path}")
    if beginning.leaving:
        where = f"移到 {starting.ASIDE}/，不需要时可以删去" if beginning.copied else "git 的历史里仍有"
        click.echo(f"移出其他区县的 {len(beginning.leaving)} 个文件（{where}）。")
    click.echo("接着改 mkdocs.yml 里的门户名称和页脚，再运行 gongkai check。")


def _file_command(kind: FileKind[Any, Any]) -> click.Command:
    """Begins a file of a kind."""

    def run(identifier: str, organ: str, year: int, title: str, root: Path) -> None:
        beginning = making.Beginning(identifier=identifier, organ=organ, year=year, title=title)
        _write(root, making.new_file(making.Office.at(root), kind, beginning, pipeline.today()), "已新建")

    options = [
        click.Argument(["identifier"], metavar="ID"),
        click.Option(["--organ"], required=True, help="区县编号，如 shili"),
        click.Option(["--year"], type=int, required=True, help="年度"),
        click.Option(["--title"], required=True, help="标题，照原文"),
    ]
    about = f"新建一份文件：{kind.label}。ID 如 {kind.examples[0].stem}，也是文件名。"
    return root_option(_Verb(kind.name, callback=run, params=options, help=about))


def _item_command(kind: FileKind[Any, Any]) -> click.Command:
    """Adds an item to a file of a kind: an option for every field that is one line."""
    items = kind.items
    own = [field for field in items.form if len(field.path) == 1 and field.name not in {"number", *items.more(1)}]
    fields = {field.name: field for field in own}
    asked = [option for field in own if (option := _option(field))]

    def run(
        file: str, organ: str | None, year: int | None, root: Path, number: int | None = None, **given: object
    ) -> None:
        office, today = making.Office.at(root), pipeline.today()
        beginning = making.Beginning(identifier=file, organ=organ, year=year or today.year)
        values = {name: _value(fields[name], value) for name, value in given.items() if value}
        _write(root, making.new_item(office, kind, beginning, values, number, today), "已添加")

    number = click.Option(["--number"], type=click.IntRange(min=1), help="序号；默认接在最后，写了就按序号插在中间")
    options = [
        click.Argument(["file"], metavar="FILE"),
        *asked,
        *([number] if items.numbered else []),
        click.Option(["--organ"], help="文件还没有时填写：区县编号"),
        click.Option(["--year"], type=int, help="文件还没有时填写：年度"),
    ]
    about = f"添加{items.label}，FILE 是文件的编号；文件还没有时新建。"
    return root_option(_Verb(items.word, callback=run, params=options, help=about))


_TYPES: Mapping[FieldType, click.ParamType[Any] | type] = {
    FieldType.TEXT: str,
    FieldType.ID: str,
    FieldType.DAY: Day(),
    FieldType.NUMBER: int,
    FieldType.FLAG: bool,
}


def _option(field: FormField) -> click.Option | None:
    """The option of a field; a group of fields has none and is written in the file."""
    name = f"--{field.name.replace('_', '-')}"
    words = field.label + (f"，{field.help}" if field.help and not field.help.startswith("（") else field.help)
    if field.type is FieldType.GROUP:
        return None
    if field.type is FieldType.MAPPING:
        return click.Option([name, field.name], nargs=2, multiple=True, metavar="表头 内容", help=words)
    if field.type is FieldType.FLAG:
        return click.Option([name, field.name], is_flag=True, help=words)
    kind = click.Choice(field.choices) if field.choices else _TYPES[field.type]
    return click.Option([name, field.name], type=kind, multiple=field.many, required=field.required, help=words)


def _value(field: FormField, given: object) -> object:
    """As YAML has it."""
    if field.type is FieldType.MAPPING:
        return dict(given)  # type: ignore[call-overload]
    return list(given) if field.many else given  # type: ignore[call-overload]


for _kind in KINDS:
    new.add_command(_file_command(_kind))
    new.add_command(_item_command(_kind))


@new.command(cls=_Verb)
@click.argument("record", metavar="RECORD")
@click.argument("stage", metavar="STAGE")
@click.option("--url", default=None, help="材料网址")
@click.option("--title", default=None, help="材料名称")
@click.option("--date", "day", type=Day(), default=None, help="公开日期")
@root_option
def stage(record: str, stage: str, url: str | None, title: str | None, day: date | None, root: Path) -> None:
    """公开决策的一个环节，RECORD 如 shili-2021-decisions/3，STAGE 如 draft。"""
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
    """添加一条落实情况，RECORD 如 shili-2021/tasks/3；按日期先后放，以前的记录不改动。"""
    office, when = making.Office.at(root), day or pipeline.today()
    _write(root, making.new_progress(office, record, when, ProgressStatus(status), text, evidence), "已添加")


@new.command(cls=_Verb)
@click.argument("organ", metavar="ORGAN")
@click.argument("name", metavar="NAME")
@click.option("--id", "identifier", required=True, help="编号，以区县编号开头，如 shili-fagaiju")
@click.option("--kind", type=click.Choice(list(map(str, UnitKind))), required=True,
              help="类别：" + "、".join(f"{kind.value} {label}" for kind, label in KIND_LABELS.items()))  # fmt: skip
@root_option
def unit(organ: str, name: str, identifier: str, kind: str, root: Path) -> None:
    """在单位名录里添加一个单位：同类的放在一起，按编号排列。"""
    office = making.Office.at(root)
    _write(root, making.new_unit(office, organ, identifier, name, UnitKind(kind)), "已添加")


@new.command(cls=_Verb)
@click.argument("organ", metavar="ORGAN")
@click.option("--from", "source", metavar="FILE", required=True,
              type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
              help="名单：文本（一行一个）、CSV 或 Excel；写 - 的从标准输入读")  # fmt: skip
@root_option
def units(organ: str, source: Path, root: Path) -> None:
    """把一份单位名单添加到单位名录：已有的不动，编号按拼音起，类别按名称猜。"""
    try:
        if str(source) == "-":
            listed = unit_list.read_units(sys.stdin.buffer.read(), "粘贴的名单")
        else:
            listed = unit_list.read_file(source)
    except (unit_list.UnitListError, MissingExtraError) as error:
        raise click.ClickException("\n".join(map(str, error.args))) from None
    office = making.Office.at(root)
    added, known = register_units(office, organ, listed)
    if known:
        click.echo(f"名录里已有的 {len(known)} 个：{'、'.join(known)}")
    if added is None:
        click.echo("没有要添加的单位。")
    else:
        _write(root, added, f"已添加 {len(listed) - len(known)} 个单位，类别请看一遍")


@new.command(cls=_Verb)
@click.option("--from", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="Excel（.xlsx）、CSV 或从 Excel 复制的表格：不用的写法、应当写的、理由")  # fmt: skip
@root_option
def wording(source: Path, root: Path) -> None:
    """从表格建立或补充本单位的用词表；已有的各条不动。"""
    try:
        written = taken_in(root, source)
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from None
    _write(root, written, "已写入")
