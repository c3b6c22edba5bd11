"""The only module that imports mkdocs: the plugin, and the function that asks the theme for layouts and content pages.

Everything else would survive a change of engine. ``gongkai build`` uses :func:`render_theme`; ``mkdocs build`` and
``mkdocs serve`` use the plugin, which writes the same pages into the directory that mkdocs chose.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from watchdog.observers.polling import PollingObserver

from gongkai.assets import theme_folders
from gongkai.cache.cache import VALUES, Cache
from gongkai.cache.place import cache_of
from gongkai.findings.finding import errors
from gongkai.findings.reporters import text_report
from gongkai.output.frame import PLAIN_CSS, UNUSED, explicit_index, frame_settings, layouts
from gongkai.output.layout import Layout, LayoutKey
from gongkai.output.output_dir import OutputError
from gongkai.output.state import Preview
from gongkai.output.theme import ThemeOutput, finished, kept, theme_key
from gongkai.output.unbuilt import unbuilt
from gongkai.pipeline import build, check_served, today
from gongkai.settings import SettingsError, load_settings, read_config
from gongkai.text.patterns import whole

_LOOK, _QUIET = 0.1, 0.05
"""Seconds between two looks at the files of a preview, and without another change before it is built."""
_THEME_CSS = whole(r"assets/stylesheets/main\.[0-9a-f]+\.min\.css")


class ColumnPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Adds the generated pages to a mkdocs build. With ``hold`` set, only captures the layouts for the caller."""

    hold = False

    def __init__(self) -> None:
        self.layouts: dict[LayoutKey, Layout] = {}
        self._nav: Navigation | None = None
        self._env: jinja2.Environment | None = None
        self._files: Files | None = None
        self._root = self._out = Path()
        self._key = ""
        self._theme: ThemeOutput | None = None
        self._serving = False
        self._preview: Preview | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether somebody is only looking. That this exists keeps the plugin alive between rebuilds."""
        self.hold, self._preview, self._serving = False, None, command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Hand the typed settings to the templates, and let mkdocs look for these where the theme lies.

        Raises:
            PluginError: when something lies in content/ or overrides/ that must not be served; mkdocs copies it unseen.
        """
        self._root = Path(config.config_file_path).parent
        if not self.hold and (wrong := errors(check_served(self._root, Cache(cache_of(self._root) / VALUES)))):
            raise PluginError("\n" + text_report(wrong, self._root))
        self._key, self._theme = theme_key(self._root), None
        try:
            config.extra["settings"] = load_settings(self._root)
        except SettingsError as error:
            raise PluginError(str(error)) from None
        folders = theme_folders(self._root)
        config.theme.dirs = list(dict.fromkeys((*map(str, folders), *config.theme.dirs)))
        config.watch += [str(path) for path in (self._root / "plans", *folders) if path.is_dir()]
        if not self.hold:
            self._out = Path(config.site_dir)
            config.site_dir = str(cache_of(self._root) / "mkdocs")  # mkdocs empties its directory first: let ours be
        return config

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Show edits sooner: look for them more often, and ask the theme again only when something of it changed."""
        server.builder = partial(self._again, builder)
        server.build_delay = _QUIET
        server.observer.start()  # content/ and mkdocs.yml are looked at as before
        server.observer = PollingObserver(timeout=_LOOK)  # and what is watched from now on: plans/ and the theme
        return server

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out the theme's files that the column never asks for; tell the templates what there is."""
        pages = (file.url for file in files.documentation_pages())
        config.extra.update(frame_settings(config.extra["settings"], pages))
        for file in list(files):
            if UNUSED.match(file.src_uri) or file.src_uri == PLAIN_CSS:
                files.remove(file)
            elif _THEME_CSS.match(file.src_uri):
                config.extra["theme_css"] = file.url
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation for the layouts."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Remember the theme's templates for the layouts."""
        self._env, self._files = env, files
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Content pages get the same explicit links as generated pages, so that they open from ``file://``."""
        return explicit_index(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The page for wrong addresses, too."""
        return explicit_index(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render the layouts, and, unless a caller holds the plugin, write every page of the column.

        Raises:
            PluginError: when ``plans/`` has errors; all of them are printed first.
        """
        assert self._env is not None
        around = {"nav": self._nav, "pages": (), "extra_css": (), "extra_javascript": (), "config": config}
        self.layouts = layouts(self._env, around)
        if self.hold:
            return
        self._theme = finished(self._root, Path(config.site_dir), self.layouts)
        if self._serving and self._preview is None:
            self._preview = Preview(Cache(cache_of(self._root) / VALUES, memory_limit=math.inf))
        self._write(self._theme)

    def _write(self, theme: ThemeOutput) -> None:
        try:
            built = build(self._root, self._out, cache_of(self._root), today(), lambda *_: theme, preview=self._preview)
        except OutputError as error:
            raise PluginError(str(error)) from None
        if not built.ok:
            raise PluginError("\n" + built.report())

    def _again(self, builder: Callable[[], None]) -> None:
        if self._theme is None or self._key != theme_key(self._root):
            builder()
            return
        try:
            self._write(self._theme)
        except PluginError as error:
            raise Abort(str(error)) from None  # as mkdocs itself says it: without a traceback


def render_theme(root: Path, directory: Path) -> ThemeOutput:
    """Build the content pages and the theme's files into ``directory`` and capture the layouts.

    Raises:
        SettingsError: when mkdocs.yml or content/ cannot be built.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # an advertisement at every build is no finding of ours
    log, said = logging.getLogger("mkdocs"), _Said()
    log.setLevel(logging.WARNING)
    log.addHandler(said)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(directory), strict=True, watch=[], **_theme(root))
        plugin = config.plugins["gongkai"]
        assert isinstance(plugin, ColumnPlugin)
        plugin.hold = True
        mkdocs_build(config)
    except MkDocsException as error:
        raise unbuilt(root, said.words or [str(error)]) from None
    finally:
        log.removeHandler(said)
    return kept(root, directory, plugin.layouts)


class _Said(logging.Handler):
    """What the engine says meanwhile, from warnings on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember the words."""
        self.words.append(record.getMessage())


def _theme(root: Path) -> dict[str, Any]:
    """The theme's settings without a directory that is not there: mkdocs would refuse it, and a column needs none."""
    theme = read_config(root).get("theme")
    if not isinstance(theme, dict) or (root / str(theme.get("custom_dir") or "")).is_dir():
        return {}
    return {"theme": {name: value for name, value in theme.items() if name != "custom_dir"}}
