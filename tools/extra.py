"""Print what an extra of pyproject.toml asks for, one requirement a line: `python tools/extra.py import`."""

import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"

with PROJECT.open("rb") as file:
    print("\n".join(tomllib.load(file)["project"]["optional-dependencies"][sys.argv[1]]))
