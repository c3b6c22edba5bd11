"""Write the scripts of the site in few bytes beside the program, or say which are not those of their sources (--check).

usage: python tools/scripts.py [--check]
"""

import json
import subprocess
import sys
from pathlib import Path

from gongkai.assets import theme_files
from gongkai.output.bundle import search_sources
from gongkai.output.scripts import MADE, digest

ROOT = Path(__file__).resolve().parent.parent


def sources() -> dict[str, str]:
    """What the sites load, by address."""
    own = sorted((ROOT / "overrides/assets").glob("*.js"))
    found = {f"assets/{path.name}": path.read_text(encoding="utf-8") for path in own}
    return found | dict(search_sources(theme_files(ROOT)))


def main() -> None:
    """Make all of them anew."""
    known = sources()
    command = ["node", str(ROOT / "tools/minify.mjs")]
    done = subprocess.run(command, input=json.dumps(known), capture_output=True, text=True, encoding="utf-8", check=True)
    made = {name: [digest(known[name]), script] for name, script in json.loads(done.stdout).items()}
    text = json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if "--check" not in sys.argv:
        MADE.write_text(text, encoding="utf-8")
    elif text != MADE.read_text(encoding="utf-8"):
        sys.exit("generator/gongkai/output/scripts.json is not made of overrides/assets: make scripts")


if __name__ == "__main__":
    main()
