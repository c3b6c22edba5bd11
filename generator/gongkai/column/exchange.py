"""The format of exchange (数据联通): what who writes such a file and who reads one have to agree on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = "gongkai-exchange"
VERSION = 1
REGISTERS = ("organs", "units", "themes")
CARRIED = ("documents", "interpretations", "interpretation-questions", "records")
"""Tables of papers; of the records those of the papers themselves and of their questions."""
LINKS = "links"
TABLES = (*REGISTERS, *CARRIED, LINKS)


def digest_of(row: Mapping[str, Any]) -> str:
    """What a row says, as a digest: of its JSON with sorted keys and no blanks, in UTF-8."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
