"""What a destination is, told by its form."""

from __future__ import annotations

from pathlib import Path

from gongkai.delivery.branch import to_branch
from gongkai.delivery.folder import to_folder
from gongkai.delivery.remote import to_remote
from gongkai.delivery.site import Delivered, DeliveryError, FinishedSite
from gongkai.delivery.zipped import to_zip
from gongkai.text.patterns import whole

FORMS = "目录、文件.zip、用户@主机:/目录（rsync）、rsync://主机/模块/目录、git:仓库地址#分支"
"""How destinations are written, for help and messages."""

_SSH = whole(r"[\w.-]+@[\w.-]+:.+")
_GIT = whole(r"git:(?P<repository>.+)#(?P<branch>[\w./-]+)")


def deliver(site: FinishedSite, destination: str) -> Delivered:
    """Send a site to a destination.

    Raises:
        DeliveryError: when that has no known form, or the site could not be sent.
    """
    if destination.startswith("-"):
        raise DeliveryError(f"看不懂要送到哪里：{destination}；可以写：{FORMS}")
    if destination.startswith("git:"):
        if not (found := _GIT.fullmatch(destination)) or found["branch"].startswith("-"):
            raise DeliveryError("送到 git 要写仓库和分支，如 git:https://git.example.gov.cn/zfxxgk.git#pages")
        return to_branch(site, found["repository"], found["branch"])
    if destination.startswith("rsync://") or _SSH.fullmatch(destination):
        return to_remote(site, destination)
    if "://" in destination:
        raise DeliveryError(f"不认识 {destination}；可以写：{FORMS}")
    if destination.lower().endswith(".zip"):
        return to_zip(site, Path(destination))
    return to_folder(site, Path(destination))
