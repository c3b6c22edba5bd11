"""A page -> its files: the page in the theme's frame, and everything beside it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.alternates.companions import Companions
from gongkai.cache.store import digest, program_digest
from gongkai.column.page import Page
from gongkai.output.bodies import Bodies
from gongkai.output.cache import program_versions
from gongkai.output.shell import key_of
from gongkai.output.theme import ThemeOutput
from gongkai.output.tree import Files
from gongkai.settings import Settings


@dataclass(frozen=True)
class Press:
    """What turns pages into files: the theme's shells, our templates, the settings."""

    theme: ThemeOutput
    bodies: Bodies
    settings: Settings

    @property
    def digest(self) -> str:
        """A digest of everything but the pages: this program, the theme, the templates, the settings."""
        shells = sorted((key.depth, key.active, shell.pieces) for key, shell in self.theme.shells.items())
        return digest(program_digest(), program_versions(), shells, self.bodies.digest, self.settings.model_dump_json())

    def files(self, page: Page, companions: Companions) -> Files:
        """A page and everything beside it."""
        beside = companions.of(page)
        yield "index.html", self.theme.shells[key_of(page.kind, page.url)].fill(self.bodies.slots(page, beside))
        yield from ((file.name, file.content) for file in beside)
