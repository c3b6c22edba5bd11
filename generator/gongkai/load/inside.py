"""What a file that will be published holds besides what its readers see: all its words, hidden traces, active content.

Words are only looked through for personal data, so their order and layout do not matter.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple

MAX_UNPACKED_BYTES = 50_000_000
"""Of an archive and of all archives inside it together: more than anyone would publish."""
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What reading an archive that is damaged, encrypted or too large raises."""


class Inside(NamedTuple):
    """What was found: words; traces (whose name, what kind) that readers can bring to light; content that runs.

    ``authors`` are names of people who wrote or changed it, ``hidden`` and ``active`` Chinese descriptions.
    """

    words: str = ""
    authors: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    active: tuple[str, ...] = ()


def together(found: Iterable[Inside]) -> Inside:
    """Everything that several parts of a file hold, each name and description once."""
    parts = list(found)
    return Inside(
        "\n".join(part.words for part in parts),
        tuple(dict.fromkeys(name for part in parts for name in part.authors)),
        tuple(dict.fromkeys(trace for part in parts for trace in part.hidden)),
        tuple(dict.fromkeys(content for part in parts for content in part.active)),
    )
