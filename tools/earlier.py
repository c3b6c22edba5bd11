"""Write down what an earlier version shipped, so that `gongkai upgrade` knows its files from those of an office.

    python tools/earlier.py VERSION COMMIT... >> generator/gongkai/starter/earlier.txt

One line for the version, one for its rules, then a hash for each file of the commits that is no office's own.
"""

import hashlib
import re
import subprocess
import sys

OFFICE = re.compile(r"plans/[^/]*\.yml|plans/vocabularies/(organs|units|document-numbers|decision-stages-).*|mkdocs\.yml")


def git(*words: str) -> bytes:
    """What git says."""
    return subprocess.run(["git", *words], capture_output=True, check=True).stdout


def main() -> None:
    """Print the lines of a version."""
    version, *commits = sys.argv[1:]
    hashes, rules = set(), set()
    for commit in commits:
        for name in git("ls-tree", "-r", "--name-only", "-z", commit).decode().split("\0"):
            if not name or OFFICE.fullmatch(name):
                continue
            content = git("show", f"{commit}:{name}")
            hashes.add(hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()[:16])
            if name.startswith("generator/"):
                rules |= {found.decode() for found in re.findall(rb'"([A-Z]{2,8}-\d{2})"', content)}
    print(f"version {version}", f"rules {' '.join(sorted(rules))}", *sorted(hashes), sep="\n")


main()
