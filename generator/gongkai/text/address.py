"""Addresses as people write them, which need not be any."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_address(text: str) -> SplitResult:
    """The parts of an address (RFC 3986); of what can be none, everything is its path."""
    return _parts(text) or SplitResult("", "", text, "", "")


def is_malformed(text: str) -> bool:
    """Whether a text can be no address, such as ``http://[x`` or ``http://x:port/``: libraries fail on it."""
    return _parts(text) is None


def _parts(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts
