"""What git says when it fails, as a sentence for a clerk, with its own words behind for whoever maintains git."""

from __future__ import annotations

_SENTENCES = (
    (("index.lock", "Another git process"),
     "别的程序正在用这里的 git，或者它上次没有正常结束：关掉再试；还不行的，请维护人员删去 .git 里的 index.lock"),
    (("Authentication failed", "could not read Username", "could not read Password", "Permission denied",
      "Access denied", "error: 403", "error: 401", "Host key verification failed"),
     "服务器不认这台电脑的账号，或者账号没有这个权限：请维护人员看看"),
    (("does not appear to be a git repository", "Repository not found", "error: 404", "' not found"),
     "放提交的地方不在原来的地址了：请维护人员看看"),
    (("Could not resolve host", "Failed to connect", "unable to access", "Connection timed out", "Connection refused",
      "Connection reset", "Network is unreachable", "Operation timed out", "Could not read from remote"),
     "连不上放提交的服务器：请看看网络"),
    (("No space left",), "磁盘满了：请先腾出地方"),
    (("dubious ownership",), "这个文件夹是别的用户建的，git 不肯用：请维护人员看看"),
    (("would be overwritten",), "这个文件夹里有还没提交的文件，和取来的同名：请先提交，再试"),
)  # fmt: skip
"""What its words hold -> what that means; the first that fits."""


def in_chinese(said: str) -> str:
    """A sentence for what git said on its error channel (``LC_ALL=C``)."""
    known = (words for signs, words in _SENTENCES if any(sign in said for sign in signs))
    words = next(known, "git 没有做成，请把括号里的话发给维护人员")
    return f"{words}（git：{' '.join(said.split())[-600:]}）"
