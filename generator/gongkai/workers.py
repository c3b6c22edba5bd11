"""The same work on many things, in two processes where that pays. Results do not depend on how many there are."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count as counted
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import Synchronized
from typing import Protocol, TypeVar
from weakref import WeakSet

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads that it never needs here
Thing = TypeVar("Thing")
Result = TypeVar("Result")

_DONE, _FAILED, _FINISHED = range(3)
"""What a process says: one thing is done, something went wrong, nothing is left."""

_BUILDS, _LOOK_AFTER = counted(1), 20
"""Builds of this process, and after how many of them it looks for cycles."""
_COLLECT = 50_000
"""Values made since the last time after which cycles are looked for."""

MIN_PARALLEL_ITEMS = 16
"""Small things below which a second process costs more than it gives."""


class _Open(Protocol):
    def close(self) -> None: ...


File = TypeVar("File", bound=_Open)
_OURS: WeakSet[_Open] = WeakSet()


def ours_alone(file: File) -> File:
    """A file that processes which are forked from now on do not hold: they close it first of all.

    A lock is free once nobody holds its file, and a pipe is broken once nobody holds its other end.
    """
    _OURS.add(file)
    return file


def _let_go() -> None:
    for file in list(_OURS):
        file.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def _live_no_longer_than(parent: int) -> None:
    """Have the system end this process when its parent ends, however that ends and whatever we do then.

    Where the system cannot (it is asked on Linux only) we end when nobody takes the result of what we are doing.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def workers() -> int:
    """How many processes to use: two, where there are two processors and processes can be forked safely.

    A fork shares what is in memory without copying it; Windows and macOS cannot, and with threads it is not safe.
    ``GONGKAI_WORKERS`` sets another number.
    """
    if sys.platform != "linux" or not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return int(os.environ.get("GONGKAI_WORKERS") or min(2, os.cpu_count() or 1))


@contextmanager
def without_collector() -> Iterator[None]:
    """Nothing is looked at for cycles meanwhile: a build makes next to none, and looking costs a fifth of its time.

    What is no longer needed is freed as always, by counting who refers to it. A process that builds again and again
    looks for the few cycles there are every so often: compiled templates refer to themselves.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not next(_BUILDS) % _LOOK_AFTER:
                gc.unfreeze()
                gc.collect()
            gc.freeze()  # what is kept is not looked at later either
            gc.enable()


def parallel_map(work: Callable[[Thing], Result], things: Sequence[Thing], *, long: bool = False) -> Iterator[Result]:
    """``work`` done on every thing; results come in any order. With ``long`` two things are worth two processes.

    Raises:
        EOFError: when another process was killed.
        Exception: whatever ``work`` raised, in this or another process.
    """
    count = workers() if len(things) >= (2 if long else MIN_PARALLEL_ITEMS) else 1
    if count == 1:
        yield from map(work, things)
        return
    forks = multiprocessing.get_context("fork")
    reading: list[Connection] = []
    following = forks.Value("l", 0)
    with ExitStack() as stack:
        for _ in range(count):
            end, theirs = forks.Pipe(duplex=False)
            reading.append(ours_alone(stack.enter_context(end)))
            process = forks.Process(target=_work, args=(os.getpid(), theirs, work, things, following))
            process.start()
            stack.callback(process.join)
            stack.callback(process.terminate)
            theirs.close()
        yield from _received(reading)


def in_background(work: Callable[[], Result]) -> Callable[[], Result]:
    """``work`` begun in another process where there is one; what is returned waits for its result, or does it now."""
    if workers() == 1:
        return work
    forks = multiprocessing.get_context("fork")
    ours, theirs = forks.Pipe(duplex=False)
    ours_alone(ours)  # so that the other ends when nobody waits any more
    parent = os.getpid()

    def send() -> None:
        _live_no_longer_than(parent)
        with suppress(BaseException):
            theirs.send(work())

    process = forks.Process(target=send, daemon=True)
    process.start()
    theirs.close()

    def wait() -> Result:
        try:
            result: Result = ours.recv()
        except EOFError:  # it failed or was killed; whatever it was, it will be met again here
            result = work()
        process.join()
        return result

    return wait


def _received(reading: list[Connection]) -> Iterator[Result]:
    while reading:
        for connection in wait(reading):
            assert isinstance(connection, Connection)
            state, value = connection.recv()  # EOFError when the process was killed
            if state == _FINISHED:
                reading.remove(connection)
            elif state == _DONE:
                yield value
            else:
                raise value


def _work(
    parent: int,
    connection: Connection,
    work: Callable[[Thing], Result],
    things: Sequence[Thing],
    following: Synchronized[int],
) -> None:
    """Do whatever is next, until nothing is left.

    Makers of workbooks leave cycles behind; what was there before the fork is not looked at, so that it stays shared.
    """
    _live_no_longer_than(parent)
    gc.freeze()
    gc.set_threshold(_COLLECT)
    gc.enable()
    try:
        while (at := _taken(following)) < len(things):
            connection.send((_DONE, work(things[at])))
        connection.send((_FINISHED, None))
    except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
        connection.send((_FAILED, error))


def _taken(following: Synchronized[int]) -> int:
    with following.get_lock():
        following.value += 1
        return following.value - 1
