"""``gongkai init``: a column of its own in an empty directory, for an office that has nothing but this program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from gongkai.authoring.merging.driver import DriverError, register_driver
from gongkai.cli.common import is_column
from gongkai.extras import MissingExtraError
from gongkai.starter import unit_list
from gongkai.starter.answers import FORGES, Answers, AnswersError, answers, identifier_of, region_of, wrong_division
from gongkai.starter.begin import Begun, StartError, begin
from gongkai.starter.program import Wheel, WheelError, installed_from, wheel_at


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--division", default="", help="行政区划代码（GB/T 2260），六位数字，如 410199")
@click.option("--name", default="", help="政府全称，如 示例市示例县人民政府")
@click.option("--short-name", default="", help="简称，如 示例县")
@click.option("--code", "codes", multiple=True, help="机关代字，如 示政办发，可以写多次")
@click.option("--id", "identifier", default="", help="编号，以后的编号都以它开头；默认是简称的拼音，如 shili")
@click.option("--region", default="", help="所属的市；默认从全称里看出来")
@click.option("--portal-name", default="", help="门户网站名称；默认“…人民政府门户网站”")
@click.option("--portal-url", default="", help="门户网站首页网址")
@click.option("--units", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="责任单位名单：文本、CSV 或 Excel")  # fmt: skip
@click.option("--forge", type=click.Choice(list(FORGES)), default=None, help="仓库放在哪里，决定写哪些自动检查")
@click.option("--git/--no-git", default=None, help="要不要建 git 仓库，默认不建")
@click.option("--wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="本程序的安装文件 gongkai-….whl；默认是安装时用的那个")  # fmt: skip
def init(directory: Path, units: Path | None, git: bool | None, wheel: Path | None, **said: Any) -> None:
    """在空目录 DIR 里开始一个区县自己的专栏；缺少的在终端上问，没有终端的不等。"""
    if is_column(directory):
        raise click.ClickException(f"{directory} 已经是一个专栏，没有写入任何文件：新的版本用 gongkai upgrade")
    missing = [f"--{key.replace('_', '-')}" for key in ("division", "name", "short_name") if not said[key]]
    asking = bool(missing) and sys.stdin.isatty()
    if missing and not asking:
        example = "gongkai init 专栏 --division 410199 --name 示例市示例县人民政府 --short-name 示例县"
        raise click.UsageError(f"还要写 {'、'.join(missing)}，例如：{example}")
    try:
        listed = unit_list.read_file(units) if units else []
        if asking:
            said = _asked_all(said)
            listed = listed or _asked_units()
            said["forge"] = said["forge"] or _asked_forge()
            git = click.confirm("要建 git 仓库吗", default=False) if git is None else git
        found = answers(**{**said, "forge": said["forge"] or "none"}, units=tuple(listed))
        program = wheel_at(wheel) if wheel else installed_from()
        begun = begin(directory, found, program)
    except (AnswersError, unit_list.UnitListError, StartError) as error:
        raise click.UsageError("\n".join(map(str, error.args))) from None
    except (WheelError, MissingExtraError) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"没有写完：{error.strerror or error}（{error.filename or directory}）") from None
    _told(directory, found, begun, program)
    if git:
        _new_repository(directory)


def _asked(what: str, default: str | None = None) -> str:
    answer: str = click.prompt(what, default=default, show_default=bool(default), type=str)
    return answer.strip()


def _asked_all(said: dict[str, Any]) -> dict[str, Any]:
    """What was said on the command line, and answers to the rest."""
    name = said["name"] or _asked("政府全称，如 示例市示例县人民政府")
    bare = name.removesuffix("人民政府")
    short_name = said["short_name"] or _asked("简称，如 示例县", bare.rpartition("市")[2] or bare)
    division = said["division"]
    while wrong := wrong_division(division):
        if division:
            click.echo(wrong)
        division = _asked("行政区划代码，六位数字（身份证号的前六位）")
    region = said["region"] or region_of(name, short_name) or _asked("属于哪个市（省直管的写省）")
    codes = "机关代字，如 示政办发；几个用空格分开，没有就直接回车"
    return said | {
        "name": name,
        "short_name": short_name,
        "division": division,
        "region": region,
        "identifier": said["identifier"] or _asked("编号（字母，以后不再改）", identifier_of(short_name)),
        "codes": said["codes"] or tuple(_asked(codes, "").split()),
        "portal_name": said["portal_name"] or _asked("门户网站名称", f"{name}门户网站"),
        "portal_url": said["portal_url"] or _asked("门户网站首页网址，没有就直接回车", ""),
    }


def _asked_units() -> list[unit_list.ListedUnit]:
    click.echo("责任单位：粘贴名单，一行一个，最后空一行；或者写一个文件的位置；现在没有就直接回车。")
    lines: list[str] = []
    while line := sys.stdin.readline().strip():
        lines.append(line)
    if not lines:
        return []
    path = Path(lines[0].strip('"'))
    if len(lines) == 1 and path.is_file():
        return unit_list.read_file(path)
    return unit_list.read_units("\n".join(lines).encode(), "粘贴的名单")


def _asked_forge() -> str:
    click.echo("文件放在哪里（决定要不要写好自动检查）：")
    for key, label in FORGES.items():
        click.echo(f"  {key}：{label}")
    return str(click.prompt("写前面的英文", type=click.Choice(list(FORGES)), default="none", show_choices=False))


def _told(directory: Path, given: Answers, begun: Begun, program: Wheel | None) -> None:
    click.echo(f"{given.name}的专栏已写好：{directory}，{len(begun.written)} 个文件，编号以 {given.id} 开头。")
    if given.units:
        click.echo(f"责任单位 {len(given.units)} 个，写在 plans/vocabularies/units-{given.id}.yml，类别请看一遍。")
    if begun.kept:
        click.echo(f"原来就有、没有改动的：{'、'.join(begun.kept)}")
    if program is None:
        click.echo(
            "没有找到本程序的安装文件，program/ 里还缺它，start.cmd 和自动检查要它才能用。请接着运行：\n"
            f"gongkai upgrade --write --wheel gongkai-….whl --root {directory}"
        )
    click.echo("接着进入这个目录运行 gongkai check 和 gongkai build，步骤见其中的 README.md。")


def _new_repository(directory: Path) -> None:
    try:
        command = ["git", "-C", str(directory), "init", "-q"]
        done = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a fixed program
    except FileNotFoundError:
        click.echo("这台电脑上没有 git，没有建仓库；以后装了 git，在目录里运行 git init。")
        return
    if done.returncode:
        click.echo(f"没有建成 git 仓库：{done.stderr.decode(errors='replace').strip()}")
        return
    try:
        register_driver(directory)
    except DriverError as error:
        click.echo(f"没有登记合并程序：{error}；以后运行 gongkai merge-file --install")
    click.echo("已建 git 仓库，两个人改同一个文件时按字段合并；第一次提交：git add . && git commit -m 开始")
