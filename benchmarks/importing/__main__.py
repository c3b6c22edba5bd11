"""usage: python -m benchmarks.importing [--show NAME]   Import the corpus and say how far the drafts are from right.

Prints the table, what is gained and lost since the last results, and writes RESULTS.md and results.json beside itself.
With ``--show`` only the corrections of open documents whose name begins so are printed, and nothing is written.
"""

from __future__ import annotations

import sys

from benchmarks.importing import report
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
    report.write(found)


if __name__ == "__main__":
    main()
