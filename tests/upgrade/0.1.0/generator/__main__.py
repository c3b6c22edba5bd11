"""The old name of the command, for one version: ``python -m generator``."""

import sys

from gongkai.__main__ import main

print("python -m generator 是旧的写法，下一个版本不再支持：请改用 gongkai 或 python -m gongkai。", file=sys.stderr)  # noqa: T201
main()
