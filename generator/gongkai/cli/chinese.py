"""What click says of itself, in Chinese."""

from __future__ import annotations

import gettext
import os
from pathlib import Path


def speak_chinese() -> None:
    """What click says is looked up in ``locale/zh_CN``, whatever the language of the machine."""
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    os.environ["LANGUAGE"] = "zh_CN"
