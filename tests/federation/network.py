"""Machines on this machine: network namespaces on one bridge, each with an address, that reach nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESS = "10.77.0.{}"


def lacking() -> str:
    """Why there can be none, in Chinese; nothing where they can."""
    if not shutil.which("ip"):
        return "没有 ip 命令"
    made = subprocess.run(["ip", "netns", "add", _name("try")], capture_output=True, check=False)
    if made.returncode:
        return "不能建立网络命名空间（要有管理员权限）"
    _ip("netns", "delete", _name("try"))
    return ""


@contextmanager
def machines(count: int) -> Iterator[list[list[str]]]:
    """So many machines: of each the beginning of a command that runs there; the first has the first address."""
    hub, names = _name("hub"), [_name(str(at)) for at in range(count)]
    try:
        for name in (hub, *names):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", hub, "link", "add", "bridge", "type", "bridge")
        _ip("-n", hub, "link", "set", "bridge", "up")
        for at, name in enumerate(names):
            _ip("-n", hub, "link", "add", f"m{at}", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("-n", hub, "link", "set", f"m{at}", "master", "bridge", "up")
            _ip("-n", name, "address", "add", f"{ADDRESS.format(at + 1)}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
        yield [["ip", "netns", "exec", name] for name in names]
    finally:
        for name in (hub, *names):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)


def _name(what: str) -> str:
    return f"gongkai-{os.getpid()}-{what}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
