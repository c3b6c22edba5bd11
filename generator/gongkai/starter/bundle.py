"""One zip for computers without a network: the program, all its libraries for one kind of computer, and their hashes.

Unpacked into an empty directory it begins a column; unpacked over a column it makes that start without a network.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from gongkai import __version__
from gongkai.extras import SPARE
from gongkai.starter.answers import Answers
from gongkai.starter.files import program_owned
from gongkai.starter.program import FOLDER, Wheel
from gongkai.starter.wheels import Platform, WheelsError, download_wheels, find_wheels, requirements
from gongkai.zips import write_zip

_README = """\
政府信息公开专栏程序 {version}，离线包：{label}，Python {pythons}

不联网也能安装：
1. 电脑上先装好 Python {pythons}；
2. 把这个压缩包解压到一个空文件夹（或者已有的专栏文件夹）；
3. Windows 双击 start.cmd；Linux、macOS 运行 sh start.sh。空文件夹里会问几个问题，开始一个新的专栏。

程序和每个程序库都有 SHA-256（program/SHA256SUMS、program/requirements*.txt），不符的不会安装。
{without}"""


_EXTRA = "要用它的功能（导入 Word、PDF、Excel，或者压缩 .br）用不了"


class Bundle(Struct, frozen=True):
    """A zip as it is written: its bytes, how many wheels are in it, and the libraries that are not."""

    content: bytes
    wheels: int
    without: tuple[str, ...]


def bundle_name(platform: Platform) -> str:
    """gongkai-0.2.0-windows-x86_64.zip."""
    return f"gongkai-{__version__}-{platform.name}.zip"


def make_bundle(platform: Platform, pythons: Sequence[str], wheel: Wheel, told: Callable[[str], None]) -> Bundle:
    """Fetch everything and put it together; the same wheels give the same bytes.

    Args:
        platform: the kind of computer.
        pythons: versions of Python that it may have, like 3.12.
        wheel: the program.
        told: hears what is being fetched.

    Raises:
        WheelsError: when a library without which the program does not run has no wheel, or the registry is away.
    """
    without: set[str] = set()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for python in pythons:
            told(f"{platform.label}，Python {python}：正在取程序库…")
            wanted = requirements(platform, python)
            _, missing = find_wheels(wanted, platform, python)
            core = {each.name for each in requirements(platform, python, ())}
            if needed := [name for name in missing if name in core and name not in SPARE]:
                names = "、".join(needed)
                raise WheelsError(f"{platform.label} 的 Python {python} 没有 {names} 的安装文件（wheel），做不了离线包")
            without |= {*missing}
            download_wheels([each for each in wanted if each.name not in missing], platform, python, folder)
        wheels = {path.name: path.read_bytes() for path in sorted(folder.glob("*.whl"))}
    files = dict(_program(wheel))
    files |= {f"{FOLDER}/wheels/{name}": content for name, content in wheels.items()}
    lacking = "".join(f"没有 {name}：{SPARE.get(name, _EXTRA)}。\n" for name in sorted(without))
    text = _README.format(version=__version__, label=platform.label, pythons="、".join(pythons), without=lacking)
    files["离线包说明.txt"] = text.replace("\n", "\r\n").encode("utf-8-sig")
    out = io.BytesIO()
    write_zip(out, files, files.__getitem__)
    return Bundle(out.getvalue(), len(wheels), tuple(sorted(without)))


def _program(wheel: Wheel) -> Mapping[str, bytes]:
    """What of a new column's files belongs to the program alone, whoever the office is."""
    nobody = Answers("shili", "", "", "", "", "")
    owned = program_owned(nobody, wheel)
    return {name: content for name, content in owned.items() if name.startswith((f"{FOLDER}/", "start."))}
