"""``data/v1/withdrawn.json``: what was withdrawn from a site, so that who holds a copy of its data lets go of it, too.

It is a file of a release like ``status.json``, made where anything was withdrawn, and says nothing of what it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from gongkai.column import urls
from gongkai.column.withdrawal import CONTENT, Withdrawal

NAME = f"{urls.DATA_V1}withdrawn.json"


def withdrawn_file(withdrawals: Iterable[Withdrawal], as_of: date) -> dict[str, bytes]:
    """Every id that went, of records and of attachments, with the day, and that since which it is public again."""
    rows = {
        identifier: {
            "id": identifier,
            "date": found.day.isoformat(),
            "restored": found.restored.isoformat() if found.restored else None,
        }
        for found in withdrawals
        for identifier in (found.id, *found.records)
        if not found.id.startswith(CONTENT)
    }
    if not rows:
        return {}
    told = {"version": 1, "as_of": as_of.isoformat(), "items": [rows[name] for name in sorted(rows)]}
    return {NAME: (json.dumps(told, ensure_ascii=False) + "\n").encode()}
