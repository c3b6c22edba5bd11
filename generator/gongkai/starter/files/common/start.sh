#!/bin/sh
# 检查、生成、打开本专栏；后面写命令的，运行那个命令：./start.sh check
cd "$(dirname "$0")" || exit 1
for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
	if command -v "$python" >/dev/null 2>&1 && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
		exec "$python" program/start.py "$@"
	fi
done
echo "没有找到 Python 3.11 以上的版本，请先安装，见 README.md。" >&2
exit 9
