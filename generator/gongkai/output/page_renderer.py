"""A page -> its files: the page in the theme's frame, and everything beside it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gongkai.alternates.beside_pages import Alternate, Alternates
from gongkai.cache.cache import digest, program_digest
from gongkai.column.page import Page
from gongkai.output.cache import program_versions
from gongkai.output.layout import key_of
from gongkai.output.output_dir import Files
from gongkai.output.page_templates import PageTemplates
from gongkai.output.theme import ThemeOutput
from gongkai.settings import Settings


class PageRenderer(Struct, frozen=True, dict=True):
    """What turns pages into files: the theme's layouts, our templates, the settings."""

    theme: ThemeOutput
    bodies: PageTemplates
    settings: Settings

    @property
    def digest(self) -> str:
        """A digest of everything but the pages: this program, the theme, the templates, the settings."""
        layouts = sorted((key.depth, key.active, shell.pieces) for key, shell in self.theme.layouts.items())
        return digest(
            program_digest(), program_versions(), layouts, self.bodies.digest, self.settings.model_dump_json()
        )

    def html(self, page: Page, beside: Sequence[Alternate]) -> bytes:
        """A page itself, which names the files beside it."""
        return self.theme.layouts[key_of(page.kind, page.url)].fill(self.bodies.slots(page, beside))

    def files(self, page: Page, companions: Alternates) -> Files:
        """A page and everything beside it."""
        beside = companions.of(page)
        yield "index.html", self.html(page, beside)
        yield from ((file.name, file.content) for file in beside)
