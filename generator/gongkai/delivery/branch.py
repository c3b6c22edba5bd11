"""Into a branch of a git repository, for forges that serve pages from one. Nothing is forced or rewritten."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite
from gongkai.output.manifest import NAME as MANIFEST

_IDENTITY = ("-c", "user.name=gongkai", "-c", "user.email=gongkai@localhost")
_AS_THEY_ARE = ("-c", "core.autocrlf=false", "-c", "core.attributesFile=", "-c", "core.fileMode=false")


def to_branch(site: FinishedSite, repository: str, branch: str) -> Delivered:
    """Commit a site as all that is in a branch, and push it.

    Raises:
        DeliveryError: when the repository cannot be reached, the branch holds something else, or somebody pushed too.
    """
    with tempfile.TemporaryDirectory() as scratch:
        work = _Work(Path(scratch) / "git", site.root)
        work.git("init", "-q", "--bare", str(work.store))
        ref = f"refs/heads/{branch}"
        there = work.git("ls-remote", repository, ref, what=f"连不上 {repository}，没有送出")
        parent = there.split()[0] if there.strip() else ""
        if parent:
            work.git("fetch", "-q", "--depth=1", repository, f"{ref}:refs/heads/old", what="取不到原来的分支，没有送出")
            if MANIFEST not in work.git("ls-tree", "--name-only", parent).splitlines():
                raise DeliveryError(f"分支 {branch} 里不是本程序发布的网站，没有送出：请换一个分支")
        work.git("add", "-A", "-f", ".")
        empty = work.git("hash-object", "-w", "--stdin").strip()
        work.git("update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll")
        tree = work.git("write-tree").strip()
        if parent and work.git("rev-parse", f"{parent}^{{tree}}").strip() == tree:
            return Delivered(0, len(site.names), 0, "分支里已经是这个网站")
        changes = work.git("diff-tree", "-r", "--name-status", parent, tree).splitlines() if parent else []
        parents = ["-p", parent] if parent else []
        commit = work.git("commit-tree", tree, *parents, "-m", f"发布：{site.about}").strip()
        work.git("push", "-q", repository, f"{commit}:{ref}", what="没有推送成功，那里仍是原来的网站")
        removed = sum(line.startswith("D") for line in changes)
        written = len(changes) - removed if parent else len(site.names)
        return Delivered(written, len(site.names) - written, removed, f"提交 {commit[:12]}")


class _Work:
    """A repository of its own beside the site, so that neither the site nor the column's repository is touched."""

    def __init__(self, store: Path, site: Path) -> None:
        self.store, self.site = store, site

    def git(self, *words: str, what: str = "git 没有完成") -> str:
        around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        around |= {"GIT_TERMINAL_PROMPT": "0"}
        if words[0] != "init":
            around |= {"GIT_DIR": str(self.store), "GIT_WORK_TREE": str(self.site)}
        around |= {name: os.environ[name] for name in ("GIT_SSH_COMMAND", "GIT_ASKPASS") if name in os.environ}
        command = ["git", *_IDENTITY, *_AS_THEY_ARE, *words]
        try:
            done = subprocess.run(  # noqa: S603
                command, cwd=self.site, env=around, capture_output=True, stdin=subprocess.DEVNULL, check=False
            )
        except FileNotFoundError:
            raise DeliveryError("这台电脑上没有 git：请先安装，或者送到目录、zip") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise DeliveryError(f"{what}：{said[-1] if said else '没有说明原因'}")
        return done.stdout.decode("utf-8", "replace")
