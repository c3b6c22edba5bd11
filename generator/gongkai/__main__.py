"""The command ``gongkai``, which is ``python -m gongkai``, too."""

import sys
from io import TextIOWrapper

from gongkai.workers import without_collector


def main() -> None:
    """Run the command. Looking for cycles while modules load would take a fifth of that time, and find none.

    What it says is UTF-8, also where a console or a redirected file would be GBK and end at the first other character.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    with without_collector():
        from gongkai.cli import main as commands  # noqa: PLC0415
    commands(prog_name="gongkai")


if __name__ == "__main__":
    main()
