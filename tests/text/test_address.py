"""What can be no address stops nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.address import is_malformed, split_address

pytestmark = pytest.mark.quick
PIECES = ["http:", "//", "[", "]", "::1", "甲", "a.gov.cn", ":", "80", "99999", "/", "?", "#", "@", "\u2100", " ", "x"]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=20))
def test_any_text_has_parts(text: str) -> None:
    parts = split_address(text)
    if is_malformed(text):
        assert parts == ("", "", text, "", "")
        assert parts.hostname is None
        assert parts.port is None
    else:
        assert parts == urlsplit(text)


@pytest.mark.parametrize("text", ["http://[x", "//x]", "http://x:port/", "http://x:99999/", "http://[x]y/"])
def test_what_is_malformed(text: str) -> None:
    assert is_malformed(text)
