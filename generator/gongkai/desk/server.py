"""Starts and ends a desk: one process, some threads, at one address of this computer."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

from waitress.server import create_server

from gongkai.desk.app import MAX_UPLOAD, App
from gongkai.desk.context import Desk
from gongkai.desk.guards import Guards
from gongkai.desk.preview import Preview
from gongkai.desk.session import Session
from gongkai.desk.state import Alone, state_of

_THREADS = 4
_LOOK = 1.0
"""Seconds between two looks whether it is to end."""
_ENDING = 0.5
"""Seconds in which the last page still reaches the browser."""


class PortTakenError(Exception):
    """Somebody else listens at the port; the message is a Chinese sentence."""


class AlreadyOpenError(Exception):
    """This repository has a desk already; ``address`` is where."""

    def __init__(self, address: str) -> None:
        super().__init__("这个专栏的编辑台已经打开了")
        self.address = address


def run(root: Path, port: int, as_of: date | None, opened: Callable[[str], object]) -> None:
    """Serve until the clerk closes the desk; ``opened`` is told the address with the token.

    Raises:
        AlreadyOpenError: when there is one.
        PortTakenError: when the port cannot be used.
        OSError: when the state directory cannot be written.
    """
    state = state_of(root)
    alone = Alone(state)
    if not alone.begin():
        raise AlreadyOpenError(alone.other or "")
    listening = _listening(port)
    guards = Guards(listening.getsockname()[1])
    session, preview = Session(root, state, as_of), Preview(root, as_of, guards.origin)
    ended = threading.Event()
    app = App(Desk(session, guards, preview), ended.set)
    logging.getLogger("waitress").setLevel(logging.ERROR)  # that a request waits, or no more, is nobody's concern
    server = create_server(app, sockets=[listening], threads=_THREADS, max_request_body_size=MAX_UPLOAD, ident="desk")
    serving = threading.Thread(target=server.run, daemon=True)  # it would go on while a browser keeps a connection
    try:
        alone.tell(guards.address)
        serving.start()
        opened(guards.address)
        _wait(ended, serving)
        server.task_dispatcher.shutdown()  # what is being written is written to its end
    finally:
        preview.close()
        app.desk.publication.close()
        alone.end()


def _wait(ended: threading.Event, serving: threading.Thread) -> None:
    """Until the clerk closes the desk on its page, or with Ctrl+C in its window."""
    with suppress(KeyboardInterrupt):
        while serving.is_alive() and not ended.wait(_LOOK):  # Windows tells of Ctrl+C only between two waits
            pass
        threading.Event().wait(_ENDING)


def _listening(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would let two programs listen at one port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except (OSError, OverflowError):
        found.close()
        raise PortTakenError(f"端口 {port} 不能用：请换一个，或者不写 --port，由程序选一个空着的") from None
    return found
