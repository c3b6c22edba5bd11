"""The commands. Parsing and printing only; what they do is in the pipeline and in ``authoring``.

A command's module is loaded when the command is run: to list all of them needs none, and to run one needs no other.
"""

from __future__ import annotations

import gc
from importlib import import_module
from typing import NamedTuple

import click

from gongkai import __version__
from gongkai.cli.chinese import speak_chinese

gc.set_threshold(50_000, 20, 20)  # what commands import and read stays: looking through it for garbage is in vain
speak_chinese()  # before anything is declared: click translates some words at once


class _Place(NamedTuple):
    """Where a command is declared, and the first line of its help."""

    module: str
    attribute: str
    summary: str


COMMANDS = {
    "init": _Place("starting", "init", "在空目录 DIR 里开始一个区县自己的专栏；缺少的在终端上问，没有终端的不等。"),
    "upgrade": _Place(
        "upgrading",
        "upgrade",
        "把专栏换到这一版程序：先列出改哪些文件、检查规则会说什么、网址有没有变，加 --write 才写入；您写的不动。",
    ),
    "bundle": _Place(
        "bundling",
        "bundle",
        "做离线包：每种电脑一个 zip，有程序、全部程序库和散列，解压后不联网就能安装。这条命令本身要联网。",
    ),
    "check": _Place("checking", "check", "检查全部文件，一次列出所有问题；有错误时退出码为 1。"),
    "build": _Place("publishing", "build", "检查并生成网站；有错误时什么也不写，退出码为 1。"),
    "serve": _Place(
        "serving", "serve", "本机预览：打开哪一页就做哪一页，保存以后立刻显示；有错误的，在那一页说明。按 Ctrl+C 结束。"
    ),
    "desk": _Place("desk", "desk", "编辑台：在浏览器里改 plans/ 里的文件、检查、报送落实情况、提交；只有本机能打开。"),
    "publish": _Place(
        "publishing", "publish", "生成、检查并发布到 TARGET：只重做变了的网页，一步切换，失败时原来的网站不变。"
    ),
    "send": _Place(
        "publishing",
        "send",
        "把发布好的网站 SITE 送到 DEST：目录、文件.zip、用户@主机:/目录（rsync）、git:仓库地址#分支；可以写几个。",
    ),
    "clean": _Place("publishing", "clean", "删除这个仓库的缓存（在用户的缓存目录里），下一次生成会慢一些。"),
    "withdraw": _Place(
        "withdrawing", "withdraw", "撤回已经公开的内容：从仓库里删去，原来的网址改为“已撤回”，写明日期和原因。"
    ),
    "verify": _Place(
        "publishing",
        "verify",
        "按 manifest.json 核对一个网站的每个文件，看它是什么时候发布的；PLACE 是目录或网址。不符或太旧时退出码为 1。",
    ),
    "federate": _Place(
        "publishing",
        "federate",
        "把各区县已经发布的开放数据合成一个市级网站，发布到 TARGET；DISTRICTS 列出各区县的网址和下载来的网站。",
    ),
    "index": _Place(
        "indexing",
        "index",
        "把全部记录导入 OpenSearch，先清点再一步切换；十八万条或五百个区县以上才需要，见 deploy/opensearch.md。",
    ),
    "exchange": _Place(
        "exchanging", "exchange", "导出公文、解读和它们的关联，供市、省的政策文件库接收：JSON 一行一条，有编号和散列。"
    ),
    "new": _Place("new", "new", "新建：区县、单位、各种文件和其中的事项、决策的环节、落实情况。"),
    "import": _Place(
        "authoring",
        "import_",
        "把 Word、PDF、网页、表格或文本转成 YAML 草稿；猜测的地方注明“待核”。给出文件夹的，逐个导入里面的文件。",
    ),
    "accept": _Place(
        "accepting", "accept", "把导入时写的待核名录并入单位名录：请先逐条核对名称、编号和类别，ORGAN 如 shili。"
    ),
    "fix": _Place(
        "authoring", "fix", "自动改正能够确定的问题：编码、制表符、中文冒号、发文字号写法；原文文字一律不动。"
    ),
    "merge-file": _Place(
        "merging",
        "merge_file",
        "按字段合并一个文件的三个版本：BASE 共同的旧版、OURS 自己的、THEIRS 别人的；结果写回 OURS。",
    ),
    "schema": _Place("authoring", "schema_", "写出各种文件的 JSON Schema（中文说明），供 VS Code 等编辑器边写边提示。"),
    "terms": _Place(
        "authoring",
        "terms",
        "列出可以用的编号和名称：themes 主题、audiences 人群、stages 决策环节、units 单位；程序自带的和本专栏自己的。",
    ),
    "diff": _Place(
        "authoring", "diff", "两个版本之间，读者看到的内容有哪些变化；输出 Markdown。只写 A 时和现在的文件相比。"
    ),
    "report": _Place(
        "reporting",
        "report",
        "写出年度报告的草稿：--year 2026 是六个部分和各张表；写 PLAN（如 shili-2021）的，只有一份要点的落实情况。",
    ),
    "inspect": _Place(
        "reporting",
        "inspect",
        "对照检查指标自查：每一条看哪个网页、有什么依据、缺什么；SITE 是生成好的网站，写了的连同网站一起查。",
    ),
    "law": _Place(
        "law", "law", "列出适用于一个区县的法规和文件；DIVISION 是六位行政区划代码，或者 plans/ 里区县的编号。"
    ),
}


class ListedCommand(click.Command):
    """A command by its name and summary, as the help of the program lists it."""

    def __init__(self, name: str, place: _Place) -> None:
        super().__init__(name, help=place.summary)
        self.place = place

    def loaded(self) -> click.Command:
        """The command itself."""
        command: click.Command = getattr(import_module(f"gongkai.cli.{self.place.module}"), self.place.attribute)
        return command


class _Commands(click.Group):
    """Loads the command that is run."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.loaded() if isinstance(command, ListedCommand) else command, rest


@click.group(
    cls=_Commands,
    commands=[ListedCommand(name, place) for name, place in COMMANDS.items()],
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="gongkai %(version)s")
def main() -> None:
    """政府信息公开专栏：检查 plans/ 里的文件，生成可以直接发布的网站。"""
