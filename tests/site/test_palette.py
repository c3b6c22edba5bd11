"""Text keeps its contrast whatever main colour a district sets (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.site.palette import contrast, look_css, palettes

pytestmark = pytest.mark.quick

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@given(COLOURS)
def test_every_palette_is_readable_for_every_main_colour(accent: str) -> None:
    for name, colours in palettes(accent).items():
        least = 7 if name in ("strong", "night") else 4.5
        for text in ("ink", "soft", "unknown", "accent"):
            for ground in ("paper", "ground"):
                assert contrast(colours[text], colours[ground]) >= least, (name, text, ground)
        for text, ground in (
            ("on-fill", "fill"),
            ("on-demo", "demo"),
            ("on-foot", "foot"),
            ("ink", "mark"),
            ("ink", "hit"),
        ):
            assert contrast(colours[text], colours[ground]) >= 4.5, (name, text, ground)
        for line in ("edge", "focus", "accent"):
            assert contrast(colours[line], colours["paper"]) >= 3, (name, line)


def test_a_main_colour_that_is_dark_enough_is_used_as_it_is() -> None:
    assert palettes("#9c1f1f")["light"]["accent"] == "#9c1f1f"
    assert palettes("#9c1f1f")["dark"]["fill"] == "#9c1f1f"


def test_the_reader_s_own_choice_comes_after_what_the_system_asks_for() -> None:
    css = look_css("#9c1f1f")
    assert css.index("prefers-color-scheme") < css.index("[data-elder]{") < css.index("[data-look=contrast]")
