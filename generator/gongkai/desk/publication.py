"""Publishing from the desk: ``gongkai publish`` to the places that mkdocs.yml names, in a process of its own.

What is published is what lies in the folder; so everything must be handed over, through its review and without errors.
"""

from __future__ import annotations

import subprocess
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO

from gongkai.authoring.edits import write_whole
from gongkai.desk import child
from gongkai.desk.session import Session, refuse
from gongkai.findings.finding import Severity
from gongkai.output.releases import PublishError, current
from gongkai.publishing import take_off
from gongkai.settings import Settings, SettingsError, load_settings

_SHOWN = 4_000
"""Characters of what it said last that are shown."""


class Publication:
    """The one publishing that this desk has begun last."""

    def __init__(self, session: Session) -> None:
        self._session, self._said = session, session.state / "published.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def settings(self) -> Settings | None:
        """The settings of the column; None where they cannot be read."""
        with suppress(SettingsError):
            return load_settings(self._session.root)
        return None

    @property
    def running(self) -> bool:
        """Whether it is still going on."""
        if self._process is None or self._process.poll() is None:
            return self._process is not None
        if self._process.stdin:
            self._process.stdin.close()  # its end of the pipe is of no use any more
        return False

    @property
    def done(self) -> bool | None:
        """Whether it came to its end well; None where nothing was begun or it is not over."""
        return None if self._process is None or self.running else self._process.returncode == 0

    @property
    def said(self) -> str:
        """What it said so far, the end of it."""
        if self._process is None or not self._said.is_file():
            return ""
        return self._said.read_bytes().decode("utf-8", "replace").replace("\r", "\n")[-_SHOWN:]

    def start(self) -> None:
        """Begin.

        Raises:
            RefusedError: when no place is named, something is not handed over or wrong, or it is going on already.
        """
        with self._lock, self._session.lock:
            settings = self.settings
            if settings is None or not settings.publish:
                refuse("还没有写发布到哪里")
            if self.running:
                refuse("正在发布，请等它做完")
            if changed := self._session.baseline.changed():
                refuse(f"还有 {len(changed)} 个文件的改动没有交出：先审完、提交（或者交出），再发布")
            if any(finding.severity is Severity.ERROR for finding in self._session.checked().findings):
                refuse("还有错误，先改好再发布，见“待办”")
            write_whole({self._said: b""})
            with self._said.open("ab") as out:
                self._process = self._begun(settings, out)

    def take_off(self, identifier: str) -> int | None:
        """Take what was withdrawn off the site that is served here, at once; how many files went.

        None where no place is named, or nothing is served there.

        Raises:
            RefusedError: when the site cannot be changed now.
        """
        settings = self.settings
        target = self._session.root / (settings.publish or "") if settings else None
        if settings is None or not settings.publish or target is None or current(target) is None:
            return None
        try:
            return take_off(self._session.root, target, [identifier])
        except PublishError as error:
            refuse("；".join(map(str, error.args)))

    def _begun(self, settings: Settings, out: IO[bytes]) -> subprocess.Popen[bytes]:
        root = self._session.root
        arguments = ["publish", str(root / Path(settings.publish or "")), "--root", str(root)]
        arguments += ["--as-of", self._session.day.isoformat()]
        arguments += [part for place in settings.send for part in ("--send", place)]
        return subprocess.Popen(  # noqa: S603 - the places are the column's own settings
            child.command(arguments), stdin=subprocess.PIPE, stdout=out, stderr=out, env=child.environment(), cwd=root
        )

    def close(self) -> None:
        """End it; the site that is served stays as it is."""
        if self._process and self.running:
            self._process.terminate()
