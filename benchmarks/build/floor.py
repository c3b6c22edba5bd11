"""usage: python -m benchmarks.build.floor COUNT BYTES OUT   COUNT pages of BYTES bytes each, written as a site lies.

What the system costs when nothing is computed: a directory and a file for every page, by two processes.
"""

import os
import sys

count, size, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
content = ("政务公开".encode() * (size // 12 + 1))[:size]


def work(mine: int) -> None:
    for page in range(mine, count, 2):
        directory = f"{out}/plans/{page // 47}/tasks/{page % 47}"
        if page % 47 < 2:
            os.makedirs(directory)
        else:
            try:
                os.mkdir(directory)
            except FileNotFoundError:
                os.makedirs(directory)
        file = os.open(f"{directory}/index.html", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        os.write(file, content)
        os.close(file)


child = os.fork()
work(1 if child else 0)
if child:
    os.waitpid(child, 0)
