"""What is made smaller is made whole again by anybody's zip and gzip, with libdeflate and without it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai import deflating

PARTS = st.lists(st.one_of(st.binary(max_size=300), st.binary(max_size=9).map(lambda some: some * 999)), max_size=4)


@pytest.fixture(params=["libdeflate", "zlib"])
def _library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "zlib":
        monkeypatch.setattr(deflating, "deflate", None)


@pytest.mark.usefixtures("_library")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=PARTS)
def test_it_is_made_whole_again(parts: list[bytes]) -> None:
    content = b"".join(parts)
    made = deflating.deflated(content)
    assert zlib.decompress(made, wbits=-zlib.MAX_WBITS) == content
    copy = b"".join(deflating.gzipped(parts))
    assert gzip.decompress(copy) == content
    assert copy[3:8] == bytes(5), "a name, or a time"
    assert copy == b"".join(deflating.gzipped(iter(parts)))


def test_a_large_file_is_taken_part_by_part() -> None:
    """Only as much of it is asked for as the next part of its copy needs."""
    taken = 0

    def parts() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield zlib.crc32(bytes([taken % 251])).to_bytes(4, "big") * 25_000

    next(some for some in deflating.gzipped(parts()) if some)
    assert taken < 100
