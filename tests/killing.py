"""Ways to be killed at a state and not at a time, so that neither the machine nor its load decides what is tested.

What a program leaves on disk changes only when it asks the system for something, and Python tells of that.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

Work = Callable[[], object]


def alone() -> None:
    """Be killed, and leave what was forked."""
    os.kill(os.getpid(), signal.SIGKILL)


def with_all() -> None:
    """Be killed with the whole group of processes."""
    os.killpg(0, signal.SIGKILL)


def at_event(number: int, kill: Work = alone) -> None:
    """This process dies at the n-th thing that it asks of the system from now on."""
    own, asked = os.getpid(), iter(range(number + 1))

    def count(_event: str, _arguments: object) -> None:
        if os.getpid() == own and next(asked, None) == number:
            kill()

    sys.addaudithook(count)


def after_fork(number: int) -> None:
    """This process dies right after its n-th fork."""
    own, forked = os.getpid(), iter(range(number + 1))

    def count() -> None:
        if os.getpid() == own and next(forked, None) == number:
            alone()

    os.register_at_fork(after_in_parent=count)


def by_child(number: int) -> None:
    """This process is killed by the n-th process that it forks, before that does anything else."""
    own, forked = os.getpid(), iter(range(number + 1))

    def kill() -> None:
        if next(forked, None) == number:
            os.kill(own, signal.SIGKILL)

    def wait() -> None:
        if os.getpid() == own and next(forked, None) == number:
            signal.pause()

    os.register_at_fork(after_in_child=kill, after_in_parent=wait)


def in_child(work: Work) -> int:
    """Run in a process of its own; returns its id. It ends with 0, or with 1 when it fails."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    """How a child ended: its code, or less than zero the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def events(work: Work) -> int:
    """How many things some work asks of the system."""
    reading, writing = os.pipe()

    def count() -> None:
        own, heard = os.getpid(), [0]

        def hear(_event: str, _arguments: object) -> None:
            heard[0] += os.getpid() == own

        sys.addaudithook(hear)
        work()
        os.write(writing, str(heard[0]).encode())

    assert ended(in_child(count)) == 0
    found = int(os.read(reading, 100))
    os.close(reading)
    os.close(writing)
    return found
