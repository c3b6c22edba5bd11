"""The same work on many things, in two processes where that pays. Results do not depend on how many there are."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.sharedctypes import Synchronized
from typing import TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_WORTH = 16
"""Things below which a second process costs more than it gives."""


def workers() -> int:
    """How many processes to use: two, where there are two processors and processes can be forked safely.

    A fork shares what is in memory without copying it; Windows and macOS cannot, and with threads it is not safe.
    ``GONGKAI_WORKERS`` sets another number.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return int(os.environ.get("GONGKAI_WORKERS") or min(2, os.cpu_count() or 1))


def each(work: Callable[[Thing], Result], things: Sequence[Thing]) -> Iterator[Result]:
    """``work`` done on every thing; results come in any order.

    Raises:
        EOFError: when another process was killed.
        Exception: whatever ``work`` raised, in this or another process.
    """
    count = workers() if len(things) >= _WORTH else 1
    if count == 1:
        yield from map(work, things)
        return
    forks = multiprocessing.get_context("fork")
    reading: list[Connection] = []
    processes = []
    following = forks.Value("l", 0)
    for _ in range(count):
        ours, theirs = forks.Pipe(duplex=False)
        process = forks.Process(target=_work, args=(theirs, work, things, following))
        process.start()
        theirs.close()
        reading.append(ours)
        processes.append(process)
    try:
        yield from _received(reading)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _received(reading: list[Connection]) -> Iterator[Result]:
    while reading:
        for connection in wait(reading):
            assert isinstance(connection, Connection)
            fine, value = connection.recv()  # EOFError when the process was killed
            if value is None and fine:
                reading.remove(connection)
            elif fine:
                yield value
            else:
                raise value


def _work(
    connection: Connection, work: Callable[[Thing], Result], things: Sequence[Thing], following: Synchronized[int]
) -> None:
    """Do whatever is next, until nothing is left."""
    gc.freeze()  # what was there before the fork stays: do not look at it again and again, and do not copy it
    try:
        while (at := _taken(following)) < len(things):
            connection.send((True, work(things[at])))
        connection.send((True, None))
    except BaseException as error:  # noqa: BLE001 - it is raised again by whoever waits
        connection.send((False, error))


def _taken(following: Synchronized[int]) -> int:
    with following.get_lock():
        following.value += 1
        return following.value - 1
