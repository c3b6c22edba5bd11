"""Who reviewed what a page shows, where the column wants readers to know it (``show_reviewers`` in mkdocs.yml)."""

from __future__ import annotations

from pathlib import Path

from gongkai.load.reviews import passed
from gongkai.output.trace import Trace

REVIEWED = "reviewed"
"""The question that a page asks which says it."""


class Reviewers:
    """Asks the records of reviews; ``shown`` says whether readers see them at all."""

    def __init__(self, root: Path, trace: Trace, *, shown: bool) -> None:
        self._root, self._trace, self._shown = root, trace, shown

    def of(self, source: str | None) -> str:
        """The steps that the file of a page has passed as it is now, in words; empty where nobody is to know."""
        if not self._shown or not source:
            return ""
        self._trace.asked.add((REVIEWED, source))
        return self.words(source)

    def words(self, source: str) -> str:
        """初审 张三（2026-03-01），终审 李四（2026-03-02）."""
        return "，".join(f"{act.did} {act.by}（{act.day}）" for act in passed(self._root, source))
