"""Measures of the desk: ``python -m benchmarks.desk merging [ROUNDS]``."""

from __future__ import annotations

import sys

from benchmarks.desk import merging


def main() -> None:
    """Print what was asked for."""
    match sys.argv[1:]:
        case ["merging", *rest]:
            found = merging.measure(int(rest[0]) if rest else 40)
            print("  ".join(f"{name} {count}" for name, count in sorted(found.items())))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
