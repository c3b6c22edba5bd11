"""usage: python -m benchmarks.importing [--costs | --show NAME]   Import the corpus; say how far drafts are from right.

Prints the table, what is gained and lost since the last results, and writes RESULTS.md and results.json beside itself.
With ``--costs`` time and memory are measured anew, which takes a minute.
With ``--show`` only the corrections of open documents whose name begins so are printed, and nothing is written.
"""

from __future__ import annotations

import sys

from benchmarks.importing import costs, report
from benchmarks.importing.run import results


def main() -> None:
    if "--show" in sys.argv:
        wanted = sys.argv[sys.argv.index("--show") + 1]
        print(report.shown(results(wanted), wanted))
        return
    found = results()
    before = report.last()
    print(report.table(found))
    print(report.changes(before, found))
    report.write(found, costs.table() if "--costs" in sys.argv else None)


if __name__ == "__main__":
    main()
