"""``gongkai bundle``: the program for computers without a network."""

from __future__ import annotations

import hashlib
import platform as machine
import sys
from pathlib import Path

import click

from gongkai.authoring.edits import write_whole
from gongkai.starter.program import WheelError, installed_from, wheel_at

_HERE = {"Windows": "windows", "Linux": "linux", "Darwin": "macos"}
_PLATFORMS = (
    "windows-x86_64", "linux-x86_64", "linux-aarch64", "linux-loongarch64", "macos-arm64", "macos-x86_64",
)  # fmt: skip
_PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def _this() -> str:
    kind = {"amd64": "x86_64"}.get(machine.machine().lower(), machine.machine().lower())
    return f"{_HERE.get(machine.system(), 'linux')}-{kind}"


@click.command()
@click.option("--platform", "names", type=click.Choice(_PLATFORMS), multiple=True, help="给哪种电脑；默认这一种")
@click.option("--python", "pythons", type=click.Choice(_PYTHONS), multiple=True,
              help="那台电脑上 Python 的版本，可以写多次；默认和这里的一样")  # fmt: skip
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="写到哪里")
@click.option("--wheel", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="本程序的安装文件 gongkai-….whl；默认是安装时用的那个")  # fmt: skip
def bundle(names: tuple[str, ...], pythons: tuple[str, ...], output: Path, wheel: Path | None) -> None:
    """做离线包：每种电脑一个 zip，有程序、全部程序库和散列，解压后不联网就能安装。这条命令本身要联网。"""
    from gongkai.starter import bundle as making  # noqa: PLC0415 - needs what reads lists of libraries
    from gongkai.starter.wheels import PLATFORMS, WheelsError  # noqa: PLC0415

    versions = pythons or (f"{sys.version_info[0]}.{sys.version_info[1]}",)
    try:
        program = wheel_at(wheel) if wheel else installed_from()
    except WheelError as error:
        raise click.ClickException(str(error)) from None
    if program is None:
        raise click.ClickException("找不到本程序的安装文件：请加上 --wheel gongkai-….whl")
    try:
        for name in names or (_this(),):
            made = making.make_bundle(PLATFORMS[name], versions, program, click.echo)
            path = output / making.bundle_name(PLATFORMS[name])
            digest = hashlib.sha256(made.content).hexdigest()
            write_whole({path: made.content, Path(f"{path}.sha256"): f"{digest}  {path.name}\n".encode()})
            size = f"{len(made.content) / 1e6:.0f} MB"
            click.echo(f"已写好 {path}：{size}，{made.wheels} 个程序库，SHA-256 {digest}")
            if made.without:
                click.echo(f"没有适合这种电脑的 {'、'.join(made.without)}，离线包里不带，程序照样能用，见其中的说明。")
    except WheelsError as error:
        raise click.ClickException(str(error)) from None
