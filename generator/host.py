"""The only module that imports mkdocs: the plugin, and the function that asks the theme for shells and content pages.

Everything else would survive a change of engine. ``gongkai build`` uses :func:`render_theme`; ``mkdocs build`` and
``mkdocs serve`` use the plugin, which writes the same pages into the directory that mkdocs chose.
"""

from __future__ import annotations

import logging
import math
import os
import re
from pathlib import Path
from typing import Literal

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.pipeline import build, today
from generator.settings import load_settings
from generator.store import ROOM, Store
from generator.write.frame import COLUMN_NAV, PLAIN_CSS, UNUSED, explicit_index, shells
from generator.write.shell import Shell, ShellKey
from generator.write.theme import ThemeOutput

_THEME_CSS = re.compile(r"assets/stylesheets/main\.[0-9a-f]+\.min\.css")


class ColumnPlugin(BasePlugin):  # type: ignore[type-arg, no-untyped-call]
    """Adds the generated pages to a mkdocs build. With ``hold`` set, only captures the shells for the caller."""

    hold = False

    def __init__(self) -> None:
        self.shells: dict[ShellKey, Shell] = {}
        self._nav: Navigation | None = None
        self._env: jinja2.Environment | None = None
        self._files: Files | None = None
        self._out = Path()
        self._preview = False
        self._store: Store | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether somebody is only looking. That this exists keeps the plugin alive between rebuilds."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Hand the typed settings to the templates."""
        root = Path(config.config_file_path).parent
        config.extra["settings"] = load_settings(root)
        config.extra["column_nav"] = COLUMN_NAV
        if not self.hold:
            self._out = Path(config.site_dir)
            config.site_dir = str(root / ".cache" / "mkdocs")  # mkdocs empties its directory first: let ours be
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out the theme's files that the column never asks for."""
        for file in list(files):
            if UNUSED.match(file.src_uri) or file.src_uri == PLAIN_CSS:
                files.remove(file)
            elif _THEME_CSS.match(file.src_uri):
                config.extra["theme_css"] = file.url
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation for the shells."""
        self._nav = nav
        return nav

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Remember the theme's templates for the shells."""
        self._env, self._files = env, files
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Content pages get the same explicit links as generated pages, so that they open from ``file://``."""
        return explicit_index(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The page for wrong addresses, too."""
        return explicit_index(output_content) if template_name.endswith(".html") else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Render the shells, and, unless a caller holds the plugin, write every page of the column.

        Raises:
            PluginError: when ``plans/`` has errors; all of them are printed first.
        """
        assert self._env is not None
        around = {"nav": self._nav, "pages": (), "extra_css": (), "extra_javascript": (), "config": config}
        self.shells = shells(self._env, around)
        if self.hold:
            return
        root = Path(config.config_file_path).parent
        theme = ThemeOutput(Path(config.site_dir), self.shells)
        cache = root / ".cache"
        if self._store is None:
            self._store = Store(cache / "pieces", room=math.inf if self._preview else ROOM)
        built = build(root, self._out, cache, today(), lambda *_: theme, preview=self._preview, store=self._store)
        if not built.ok:
            raise PluginError("\n" + built.report())


def render_theme(root: Path, directory: Path) -> ThemeOutput:
    """Build the content pages and the theme's files into ``directory`` and capture the shells.

    Raises:
        mkdocs.exceptions.Abort: when mkdocs.yml or content/ cannot be built.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # an advertisement at every build is no finding of ours
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(directory), strict=True)
    plugin = config.plugins["gongkai"]
    assert isinstance(plugin, ColumnPlugin)
    plugin.hold = True
    mkdocs_build(config)
    return ThemeOutput(directory, plugin.shells)
