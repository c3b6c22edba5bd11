"""Progress of long work: a bar on a terminal, a line for every tenth elsewhere, nothing for what is done at once.

Work that is one step is told when it begins, with nothing done, and when it ends.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_WORTH = 50
"""Parts below which nobody waits long enough to ask."""


class Progress:
    """Hears from a build what is being made; standard error, so that reports on standard output stay reports."""

    def __init__(self) -> None:
        self._bar: ProgressBar[int] | None = None
        self._tenth = 0

    def __call__(self, what: str, done: int, total: int) -> None:
        """Some part is done: ``done`` of ``total`` of ``what``."""
        if total < _WORTH:
            return
        if sys.stderr.isatty():
            self._draw(what, done, total)
        elif not done or done * 10 // total != self._tenth:
            self._tenth = done * 10 // total % 10
            click.echo(f"{what}：{done}/{total}", err=True)

    def _draw(self, what: str, done: int, total: int) -> None:
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=what, file=sys.stderr)
        self._bar.update(done - self._bar.pos)
        if done == total:
            self._bar.render_finish()
            self._bar = None
