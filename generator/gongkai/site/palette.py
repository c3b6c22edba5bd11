"""The colours of the column, derived from its one main colour so that text keeps its contrast in every mode.

Four palettes: light, dark, strong (black on white) and night (white and yellow on black). Which one applies follows
the reader's system, or the reader's own choice, which ``overrides/assets/prefs.js`` remembers on the root element.
Without a script, the addresses ``#elder`` and ``#contrast`` choose: the root element and the body carry these names.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from datetime import date

from gongkai.text.dates import printed_day

Palette = Mapping[str, str]

_LIGHT = {
    "ink": "#1d1d1f", "soft": "#55565a", "line": "#d9d5cf", "edge": "#8a857e", "paper": "#ffffff", "ground": "#f7f5f1",
    "mark": "#fbf3e4", "note": "#b7791f", "unknown": "#6a5d2e", "hit": "#ffe9a8", "focus": "#1a5fb4",
    "demo": "#fff2b8", "on-demo": "#4a3500", "foot": "#38332f", "on-foot": "#f3efe9",
}  # fmt: skip
_DARK = {
    "ink": "#ece7e0", "soft": "#bdb6ac", "line": "#4b4741", "edge": "#8f887e", "paper": "#1c1a18", "ground": "#24211e",
    "mark": "#372c18", "note": "#d79b3c", "unknown": "#d9c98a", "hit": "#6b5310", "focus": "#8fc2ff",
    "demo": "#3d3210", "on-demo": "#ffe9a8", "foot": "#100f0e", "on-foot": "#d8d2ca",
}  # fmt: skip
_STRONG = {
    "ink": "#000000", "soft": "#1f1f1f", "line": "#000000", "edge": "#000000", "paper": "#ffffff", "ground": "#ffffff",
    "mark": "#fff6c9", "note": "#000000", "unknown": "#3b3300", "hit": "#ffe14d", "focus": "#0037b3",
    "demo": "#fff2b8", "on-demo": "#000000", "foot": "#000000", "on-foot": "#ffffff",
}  # fmt: skip
_NIGHT = {
    "ink": "#ffffff", "soft": "#ffffff", "line": "#ffffff", "edge": "#ffffff", "paper": "#000000", "ground": "#000000",
    "mark": "#3a3200", "note": "#ffe14d", "unknown": "#ffe14d", "hit": "#5c4d00", "focus": "#7fd4ff",
    "demo": "#3a3200", "on-demo": "#ffffff", "foot": "#000000", "on-foot": "#ffffff",
    "accent": "#ffe14d", "fill": "#ffe14d", "on-fill": "#000000",
}  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, on: str, least: float) -> str:
    """``colour``, made darker or lighter only as far as text in it needs to be read on ``on``; the hue stays."""
    step = -1 if luminance(on) > 0.18 else 1  # noqa: PLR2004 - the grey that black and white contrast with alike
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)))
    moved = colour
    for _ in range(200):
        if contrast(moved, on) >= least:
            break
        lightness = min(1.0, max(0.0, lightness + step / 200))
        moved = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, lightness, saturation))
    return moved


def palettes(accent: str) -> Mapping[str, Palette]:
    """The palettes by name. ``accent`` is for text and lines, ``fill`` for surfaces with ``on-fill`` as text."""

    def with_accent(base: Palette, least: float) -> Palette:
        fill = readable(accent, "#ffffff", least)
        return {**base, "accent": readable(accent, base["ground"], least), "fill": fill, "on-fill": "#ffffff"}

    return {
        "light": with_accent(_LIGHT, 4.5),
        "dark": with_accent(_DARK, 5.5),
        "strong": with_accent(_STRONG, 9),
        "night": _NIGHT,
    }


def as_of_css(as_of: date, stale_after: int) -> str:
    """The day that the site's data reflect, written behind 数据截至 in the foot of every page.

    In a style sheet, so that a new day changes this file alone. ``stale_after`` days later a script adds a warning.
    """
    return f'.as-of{{--stale-after:{stale_after}}}.as-of::after{{content:"{printed_day(as_of)}"}}\n'


def settings_css(accent: str, as_of: date, stale_after: int) -> bytes:
    """The style sheet ``assets/column-settings.css``: the colours of the column, and the day of its data."""
    return (look_css(accent) + as_of_css(as_of, stale_after)).encode()


def look_css(accent: str) -> str:
    """The style sheet that says which palette applies when."""
    by_name = palettes(accent)

    def rule(selector: str, name: str) -> str:
        scheme = "dark" if name in ("dark", "night") else "light"
        colours = "".join(f"--{key}:{value};" for key, value in by_name[name].items())
        return f"{selector}{{color-scheme:{scheme};{colours}}}\n"

    free = ":root:not([data-look]):not([data-elder]):not(:target)"
    return (
        rule(":root", "light")
        + f"@media (prefers-color-scheme:dark){{\n{rule(free, 'dark')}}}\n"
        + f"@media (prefers-contrast:more){{\n{rule(free, 'strong')}}}\n"
        + f"@media (prefers-contrast:more) and (prefers-color-scheme:dark){{\n{rule(free, 'night')}}}\n"
        + rule(":root:target,:root[data-elder]", "strong")
        + rule(":root[data-look=dark]", "dark")
        + rule(":root[data-look=contrast],:root body:target", "night")
        + f"@media print{{\n{rule(':root:root:root:root:root,:root:root:root:root:root body', 'light')}}}\n"
    )
