"""What the build of a wheel, or of an installation from a clone, does beside copying: templates become Python code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TemplatesHook(BuildHookInterface):
    """Writes ``build/templates``; where they lie, and what reads them, says ``gongkai.output.environment``."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Translate the templates, and put what comes of them into the wheel."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "generator"))
        from gongkai.output.environment import precompile  # noqa: PLC0415 - it needs nothing but Jinja

        made = root / "build/templates"
        precompile([root / "overrides/bodies", *sorted(root.glob("generator/gongkai/kinds/*/templates"))], made)
        if version != "editable":
            build_data["force_include"][str(made)] = "gongkai/precompiled"
