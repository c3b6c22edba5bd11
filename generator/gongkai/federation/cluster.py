"""Several machines: the tasks of a federation are told by name to the workers of a Dask scheduler.

Each of them runs the same program with the same libraries, and sees the same directories under the same paths. Whatever
a task makes is a file there, written aside and renamed, so that one that runs twice, because its first worker was given
up, makes the same again. What comes back is small: heads of districts, and nothing of the search.

The scheduler and its workers run whatever they are told to: they belong into a closed network, with certificates
(deploy/cluster.md).
"""

from __future__ import annotations

import platform
import secrets
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from gongkai.cache.cache import digest, program_digest
from gongkai.extras import MissingExtraError
from gongkai.output.cache import program_versions
from gongkai.workers import done_by_name, done_elsewhere

_WAIT = "30s"
"""How long a scheduler, and then a first worker, is waited for."""
_MARK = "cluster-"


class ClusterError(Exception):
    """The machines cannot do it together; the message is a Chinese sentence."""


@contextmanager
def on_cluster(scheduler: str, shared: Sequence[Path]) -> Iterator[None]:
    """Meanwhile the machines of a scheduler do what can be told by name; they must see the directories ``shared``.

    Raises:
        ClusterError: when nobody is there, or a machine has another program or other directories.
        MissingExtraError: when Dask is not installed.
    """
    if not scheduler.startswith(("tcp://", "tls://")):
        raise ClusterError(f"{scheduler} 不是调度器的网址：请写成 tls://10.0.0.1:8786 的样子")
    try:
        from distributed import Client, Security  # noqa: PLC0415 - only who has several machines needs it
    except ModuleNotFoundError:
        raise MissingExtraError("cluster") from None
    if scheduler.startswith("tls://") and not Security().get_connection_args("client").get("ssl_context"):
        raise ClusterError("没有连调度器用的证书：请按 deploy/cluster.md 写好 Dask 的配置")
    with ExitStack() as stack:
        try:
            client = stack.enter_context(Client(scheduler, timeout=_WAIT, set_as_default=False))
            client.wait_for_workers(1, timeout=_WAIT)
        except (OSError, RuntimeError) as error:  # nobody is there, or it is no scheduler
            raise ClusterError(f"{scheduler} 连不上，或者没有工作进程（{error}）：见 deploy/cluster.md") from None
        marks = [str(stack.enter_context(_mark(directory))) for directory in shared]
        stack.enter_context(done_elsewhere(partial(_run, client, (_program(), *marks))))
        yield


@contextmanager
def _mark(directory: Path) -> Iterator[Path]:
    directory.mkdir(parents=True, exist_ok=True)
    mark = directory / f"{_MARK}{secrets.token_hex(8)}"
    mark.touch()
    try:
        yield mark
    finally:
        mark.unlink(missing_ok=True)


def _run(
    client: Any, known: tuple[str, ...], task: Callable[..., Any], things: Sequence[Any], make: Any, arguments: Any
) -> Iterator[Any]:
    from distributed import KilledWorker  # noqa: PLC0415

    futures = client.map(partial(_done, known, task, make, arguments), things, pure=False)
    try:
        while futures:
            yield futures.pop(0).result()
    except KilledWorker:
        raise ClusterError("一项工作在几台机器上都中断了：请看各工作进程的日志，多半是内存不够") from None


def _done(known: tuple[str, ...], task: Callable[..., Any], make: Any, arguments: Any, thing: Any) -> Any:
    """Run on a worker. Whatever goes wrong is told in a sentence: not every error can be sent to another machine."""
    _fit(*known)
    try:
        return done_by_name((task, make, arguments), thing)
    except Exception as error:  # noqa: BLE001
        traceback.print_exc()
        why = repr(error)
    raise ClusterError(f"{platform.node()} 上出错：{why}；详细的在那里的日志里")


@cache
def _fit(program: str, *marks: str) -> None:
    """See that this machine makes the same of the same files."""
    if program != _program():
        raise ClusterError(f"{platform.node()} 上的 gongkai 或它用的程序库与这里的版本不同：请装成一样的")
    for mark in map(Path, marks):
        if not mark.exists():
            raise ClusterError(f"{platform.node()} 看不到 {mark.parent}：要放在各台机器路径相同的共享目录里")


def _program() -> str:
    return digest(program_digest(), program_versions())
