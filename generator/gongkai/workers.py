"""The same work on many things, on all processors where that pays. Results do not depend on how many there are.

A task is named: a function of a module and plain arguments, so that it can be told to another process. On Linux a
process is a fork, which shares what is in memory; elsewhere it is started anew and makes what it needs by itself.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import count as counted
from itertools import repeat
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakSet

from msgspec import Struct

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy would start threads that it never needs here
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
Thing = TypeVar("Thing")
Result = TypeVar("Result")

_BUILDS, _LOOK_AFTER = counted(1), 20
"""Builds of this process, and after how many of them it looks for cycles."""
_COLLECT = 50_000
"""Values made since the last time after which cycles are looked for."""

OnProgress = Callable[[str, int, int], None]
"""What is being made, how many parts of it are done, and how many there are."""

MIN_PARALLEL_ITEMS = 16
"""Small things below which a fork costs more than it gives."""
MIN_SPAWN_PAGES = 2_000
"""Pages, or what takes as long, below which a process that starts anew (about a second) costs more than it gives."""
_MOST_ON_WINDOWS = 61
_MADE = 4
"""What a process keeps that tasks share: of the last few kinds of work."""


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


class Shared(Struct, Generic[Value_co], frozen=True):
    """What all tasks of some work read.

    A fork has ``value`` already; a process that starts anew calls ``make``, a function of a module, with the plain
    ``arguments``. Without ``make`` the work stays in this process where processes cannot be forked.
    """

    value: Value_co
    make: Callable[..., Value_co] | None = None
    arguments: tuple[object, ...] = ()


def start_method() -> str:
    """``fork`` on Linux, ``spawn`` elsewhere; ``GONGKAI_START`` sets the other one."""
    forks = sys.platform == "linux" and hasattr(os, "fork")
    return os.environ.get("GONGKAI_START") or ("fork" if forks else "spawn")


def workers() -> int:
    """How many processes to use: one for each processor that this one may use; ``GONGKAI_WORKERS`` sets another number.

    A process that runs threads is not safe to fork, and works alone.
    """
    if start_method() == "fork" and threading.active_count() > 1:
        return 1
    return int(os.environ.get("GONGKAI_WORKERS") or _processors())


@contextmanager
def at_most(count: int | None) -> Iterator[None]:
    """Meanwhile no more than ``count`` processes work; None leaves it as it is."""
    before = os.environ.get("GONGKAI_WORKERS")
    if count is not None:
        os.environ["GONGKAI_WORKERS"] = str(count)
    try:
        yield
    finally:
        if count is not None:
            os.environ.pop("GONGKAI_WORKERS")
            os.environ.update({"GONGKAI_WORKERS": before} if before is not None else {})


def _processors() -> int:
    if hasattr(os, "process_cpu_count"):  # since Python 3.13
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def no_progress(_what: str, _done: int, _total: int) -> None:
    """The progress callback that does nothing."""


Elsewhere = Callable[[Callable[[Any, Any], Any], Sequence[Any], Callable[..., Any], tuple[object, ...]], Iterator[Any]]
"""Does a task on things, in their order: given the task, the things, what makes what they share, and its arguments."""
_elsewhere: list[Elsewhere] = []


@contextmanager
def done_elsewhere(run: Elsewhere) -> Iterator[None]:
    """Meanwhile ``run`` does what can be told by name, instead of the processes of this machine."""
    _elsewhere.append(run)
    try:
        yield
    finally:
        _elsewhere.pop()


def parallel_map(
    task: Callable[[Value, Thing], Result],
    things: Sequence[Thing],
    shared: Shared[Value],
    *,
    pages: int = 0,
    long: bool = False,
) -> Iterator[Result]:
    """``task`` done on every thing, with what they share; results come in the order of things.

    ``pages`` is how much work it is, in pages; with ``long`` two things are worth two processes.

    Raises:
        concurrent.futures.process.BrokenProcessPool: when another process was killed.
        Exception: whatever ``task`` raised, in this or another process.
    """
    if _elsewhere and shared.make:
        yield from _elsewhere[-1](task, things, shared.make, shared.arguments)
        return
    forks = start_method() == "fork"
    worth = len(things) >= (2 if long else MIN_PARALLEL_ITEMS) if forks else pages >= MIN_SPAWN_PAGES and shared.make
    count = min(workers(), len(things)) if worth else 1
    if count < 2:  # noqa: PLR2004 - processes
        yield from map(task, repeat(shared.value), things)
    elif forks:
        context = multiprocessing.get_context("fork")
        begin = (os.getpid(), shared.value)
        with ProcessPoolExecutor(count, context, initializer=_begin_forked, initargs=begin) as pool:
            yield from _results(pool, _forked, task, things)
    else:
        yield from _results(_spawning(count), done_by_name, (task, shared.make, shared.arguments), things)


def _results(pool: ProcessPoolExecutor, do: Callable[..., Any], what: object, things: Iterable[Any]) -> Iterator[Any]:
    """What ``do`` makes of ``what`` and each thing, in their order; the rest is not done when one fails.

    ``pool.map`` cancels what is left when a process was killed, too: then the pool, which ends the other processes,
    fails on what is cancelled, and this one waits for them for ever.
    """
    left = deque(pool.submit(do, what, thing) for thing in things)
    try:
        while left:
            yield left.popleft().result()
    except BrokenProcessPool:
        left.clear()
        raise
    finally:
        for future in left:
            future.cancel()


_inherited: list[Any] = []
"""In a fork: what tasks share."""


def _begin_forked(parent: int, value: object) -> None:
    """Makers of workbooks leave cycles behind; what was there before the fork is not looked at, so it stays shared."""
    _live_no_longer_than(parent)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever interrupts means all of us, and the parent says so
    gc.freeze()
    gc.set_threshold(_COLLECT)
    gc.enable()
    _inherited.append(value)


def _forked(task: Callable[[Any, Thing], Result], thing: Thing) -> Result:
    return task(_inherited[0], thing)


_spawning_pools: dict[int, ProcessPoolExecutor] = {}


def _spawning(count: int) -> ProcessPoolExecutor:
    """Processes that start anew are kept until the build ends: starting them is what costs."""
    count = min(count, _MOST_ON_WINDOWS)
    if count not in _spawning_pools:
        context = multiprocessing.get_context("spawn")
        begin = (os.getpid(),)
        _spawning_pools[count] = ProcessPoolExecutor(count, context, initializer=_begin_spawned, initargs=begin)
    return _spawning_pools[count]


@contextmanager
def ending_processes() -> Iterator[None]:
    """A build: the processes that it starts end with it."""
    try:
        yield
    finally:
        while _spawning_pools:
            _spawning_pools.popitem()[1].shutdown(cancel_futures=True)


def _begin_spawned(parent: int) -> None:
    os.environ["GONGKAI_WORKERS"] = "1"  # it starts none itself
    _live_no_longer_than(parent)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(_COLLECT)


@lru_cache(_MADE)
def _made(make: Callable[..., Any], arguments: tuple[object, ...]) -> Any:
    return make(*arguments)


def done_by_name(named: tuple[Callable[[Any, Any], Any], Callable[..., Any], tuple[object, ...]], thing: Any) -> Any:
    """A task done on a thing in a process that knows nothing yet, and makes by itself what tasks share."""
    task, make, arguments = named
    return task(_made(make, arguments), thing)


_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def _live_no_longer_than(parent: int) -> None:
    """End this process when its parent ends, however that ends and whatever we do then.

    Linux does that by itself when it is asked; where the system cannot, a thread looks whether the parent is there.
    """
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    except (OSError, AttributeError, TypeError):
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def _watch(parent: int) -> None:
    known = multiprocessing.parent_process()
    while known and known.is_alive() and os.getppid() == parent:
        known.join(timeout=1)
    os._exit(1)


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


def in_background(task: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
    """``task`` begun in a fork where there may be one; what is returned waits for its result, or does it now."""
    if start_method() != "fork" or workers() == 1:
        return lambda: task(*arguments)
    forks = multiprocessing.get_context("fork")
    ours, theirs = forks.Pipe(duplex=False)
    ours_alone(ours)  # so that the other ends when nobody waits any more
    parent = os.getpid()

    def send() -> None:
        _live_no_longer_than(parent)
        with suppress(BaseException):
            theirs.send(task(*arguments))

    process = forks.Process(target=send, daemon=True)
    process.start()
    theirs.close()

    def wait() -> Result:
        try:
            result: Result = ours.recv()
        except EOFError:  # it failed or was killed; whatever it was, it will be met again here
            result = task(*arguments)
        process.join()
        return result

    return wait
