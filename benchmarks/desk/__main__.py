"""Measures of the desk: ``python -m benchmarks.desk merging [ROUNDS]``, ``mistakes``, ``clicks``."""

from __future__ import annotations

import sys

from benchmarks.desk import clicks, merging, mistakes


def main() -> None:
    """Print what was asked for."""
    match sys.argv[1:]:
        case ["merging", *rest]:
            found = merging.measure(int(rest[0]) if rest else 40)
            print("  ".join(f"{name} {count}" for name, count in sorted(found.items())))
        case ["mistakes"]:
            for outcome, names in sorted(mistakes.measure().items()):
                print(f"{outcome} {len(names)}：{'、'.join(names)}")
        case ["clicks"]:
            clicked = clicks.measure()
            for step in clicked.pop("steps"):
                print(f"{step['seconds']:6.1f} s  {step['what']}")
            print(clicked)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
