"""The column as the files on disk say it now: looked at before each answer, read again only where something changed."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path
from secrets import token_hex

from msgspec import Struct

from gongkai.assets import theme_folders
from gongkai.cache.cache import VALUES, Cache
from gongkai.column.shapes import VOCABULARY_FILES
from gongkai.findings.finding import Finding, errors
from gongkai.kinds.registry import KINDS
from gongkai.load.seen import Files, Seen, files_in
from gongkai.output.theme import RenderTheme, ThemeOutput, theme_output
from gongkai.pipeline import Checked, check, today
from gongkai.serving.search import BackgroundSearch
from gongkai.serving.site_files import SiteFiles
from gongkai.serving.trouble import Trouble, theme_trouble
from gongkai.settings import SettingsError, load_settings, served_folders


class View(Struct, frozen=True):
    """The column between two changes on disk.

    ``site`` is None where no page can be made at all, and ``trouble`` says why; with a site, it is what is wrong with
    the pages of content/ only.
    """

    version: str
    checked: Checked
    site: SiteFiles | None
    trouble: Trouble | None

    @property
    def errors(self) -> Sequence[Finding]:
        """What would stop a build."""
        return errors(list(self.checked.findings))

    def in_place_of(self, address: str) -> Trouble | None:
        """What stands in the place of a page whose own file has errors; None for any other."""
        wrong: dict[str, list[Finding]] = {}
        for finding in self.errors:
            wrong.setdefault(finding.file, []).append(finding)
        if not wrong:
            return None
        identifier = address.partition("/")[2].partition("/")[0]
        files = [unread.path for unread in self.checked.unread if identifier in unread.ids]
        if head := self.checked.column.index.heads.get(identifier):
            files.append(head.file)
        elif not files and self.site and (page := self.site.page(address)) and page.source:
            files.append(page.source)
        found = [finding for file in dict.fromkeys(files) for finding in wrong.get(file, ())]
        return Trouble.of(found, self.checked.root) if found else None


class Live:
    """Gives a :class:`View` of the files on disk, the same one as long as nothing changes. Any thread may ask."""

    def __init__(self, root: Path, cache_dir: Path, render: RenderTheme, as_of: date | None = None) -> None:
        """``as_of`` is the day to show; without one it is today, whenever that is."""
        self.root = root
        self.lock = threading.RLock()
        self.search = BackgroundSearch(root, cache_dir)
        self._cache_dir, self._render, self._as_of = cache_dir, render, as_of
        self._cache = Cache(cache_dir / VALUES, memory_limit=math.inf)
        self._seen = Seen()
        self._files, self._frame = Files(), Files()
        self._theme: ThemeOutput | None = None
        self._view: View | None = None
        self._shown: tuple[date, str | None] | None = None
        self._start, self._count = token_hex(4), count(1)

    def view(self) -> View:
        """The column as it is now."""
        with self.lock:
            content, others = self._watched()
            changed = self._files.look([*content, *others])
            shown = self._as_of or today(), self.search.version
            if self._view is None or changed or shown != self._shown:
                self._shown = shown
                self._view = self._made(shown[0], content, others)
            return self._view

    def findings(self) -> Sequence[Finding]:
        """Everything that is wrong now, with its lines: a view looks up those of errors only."""
        with self.lock:
            day = self.view().checked.column.as_of
            return check(self.root, day, self._cache, seen=self._seen).findings

    def _watched(self) -> tuple[list[str], list[str]]:
        """Everything that pages are made from: files of content/, and all others."""
        try:
            content, look = files_in(self.root / served_folders(self.root)[0]), theme_folders(self.root)
        except SettingsError:
            content, look = [], ()
        templates = (kind.templates for kind in KINDS)
        return content, files_in(self.root / "plans", self.root / "mkdocs.yml", *look, *templates)

    def _made(self, day: date, content: Sequence[str], others: Sequence[str]) -> View:
        version = f"{self._start}-{next(self._count)}"
        checked = check(self.root, day, self._cache, warnings=0, seen=self._seen)
        wrong = errors(list(checked.findings))
        try:
            settings = load_settings(self.root)
        except SettingsError as error:
            return View(version, checked, None, Trouble.of(error.findings, self.root))
        trouble = self._bring_theme_up_to_date(wrong, content, others)
        unread = {found.path for found in checked.unread if found.kinds <= set(VOCABULARY_FILES)}
        if unread:  # what every page is said in
            trouble = Trouble.of([found for found in wrong if found.file in unread], self.root)
        if self._theme is None or unread:
            return View(version, checked, None, trouble)
        self.search.look(checked.digests, day, len(checked.column.index.entries))
        return View(version, checked, SiteFiles(self.root, checked.column, self._theme, settings, self.search), trouble)

    def _bring_theme_up_to_date(
        self, wrong: Sequence[Finding], content: Sequence[str], others: Sequence[str]
    ) -> Trouble | None:
        """Ask the theme again when something of it changed; a mistake in content/ leaves the frame as it was."""
        plans = str(self.root / "plans" / "_")[:-1]
        frame = [path for path in others if not path.startswith(plans)]
        if self._frame.look(frame):
            self._theme = None
        if of_theme := [found for found in wrong if not found.file.startswith("plans/")]:
            return Trouble.of(of_theme, self.root)
        try:
            self._theme = self._seen.of("theme", [*content, *frame], self._rendered)
        except SettingsError as error:
            return Trouble.of(error.findings, self.root)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a template or an engine makes of a mistake
            return theme_trouble(error, self.root)
        return None

    def _rendered(self) -> ThemeOutput:
        return theme_output(self.root, self._cache_dir, self._render)
