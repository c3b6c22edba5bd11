"""Scripts without comments and layout, where the library for it is installed: not every system has a wheel of it."""

from __future__ import annotations

try:
    from rjsmin import jsmin
except ModuleNotFoundError:

    def jsmin(script: str) -> str:
        """The script as it is: larger, and the same to a browser."""
        return script


def minified(script: str) -> str:
    """The same script in fewer bytes."""
    text: str = jsmin(script)
    return text
