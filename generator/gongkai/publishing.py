"""What is served: a site that is built apart, looked at, and put in the place of the old one in one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.authoring.lasting import compare_with
from gongkai.authoring.lasting.published import NothingPublishedError, of_site
from gongkai.column.withdrawal import Withdrawal, named
from gongkai.findings.finding import Finding, errors
from gongkai.linking.withdrawals import LIST, read_withdrawals
from gongkai.output.kept_reports import kept_reports
from gongkai.output.manifest import commit_of
from gongkai.output.output import writable_place
from gongkai.output.publish import Published, withdrawn_from
from gongkai.output.publish import publish as publish_release
from gongkai.output.purge import files_of, take_down
from gongkai.output.releases import PublishError, build_of, current, releases_of
from gongkai.output.signing import SigningError, signature_of
from gongkai.output.status import NAME as STATUS
from gongkai.output.status import now, status_of
from gongkai.output.theme import RenderTheme
from gongkai.output.withdrawal_list import withdrawn_file
from gongkai.pipeline import Checked, build
from gongkai.rules.site.registry import facts_of, judge_site
from gongkai.settings import load_settings


class Assurance(Struct, frozen=True):
    """By what readers know a release: the private key that signs it, and the days for which it holds."""

    key: Path | None = None
    days: int | None = None

    @property
    def about(self) -> dict[str, str]:
        """What the manifest says of it."""
        return {"expires": (now() + timedelta(days=self.days)).isoformat(timespec="seconds")} if self.days else {}

    def sign(self, manifest: bytes) -> bytes | None:
        """The signature of a manifest; None without a key.

        Raises:
            PublishError: when nothing can be signed.
        """
        try:
            return signature_of(manifest, self.key) if self.key else None
        except SigningError as error:
            raise PublishError(f"没有发布，原来的网站不变：{error}") from None


def publish(
    root: Path,
    target: Path,
    cache_dir: Path,
    as_of: date,
    render: RenderTheme,
    on_checked: Callable[[Checked], None],
    assurance: Assurance | None = None,
) -> Published:
    """Build apart, look at what was built, and serve it at ``target`` in one step; ``on_checked`` gets the findings.

    Raises:
        OutputError: when ``target`` lies where no site may be written.
        PublishError: when anything is wrong, or what was withdrawn would be public again; the old site still serves.
    """
    writable_place(releases_of(target), root, cache_dir)
    assurance = assurance or Assurance()
    about: dict[str, Any] = {"as_of": as_of.isoformat(), **commit_of(root), **assurance.about}
    compared: list[str] = []
    withdrawn: list[Withdrawal] = []

    def make(directory: Path) -> list[str]:
        built = build(root, directory, cache_dir, as_of, render, offline=True, state_dir=build_of(target))
        checked, said = _compared(built.checked, target) if built.ok else (built.checked, "")
        compared.append(said)
        on_checked(checked)
        if not checked.ok:
            return ["请先改正上面的错误"]
        withdrawn.extend(built.checked.column.withdrawals)
        about["withdrawn"] = sorted(found.id for found in withdrawn)
        return _forgotten(target, about["withdrawn"], directory)

    def look(directory: Path, files: Mapping[str, str]) -> list[str]:
        wrong = errors(check_site(root, directory, as_of, files, build_of(target) / "reports"))
        return [f"{finding.file}：{finding.message}" for finding in wrong]

    def status() -> dict[str, bytes]:
        return {STATUS: status_of(as_of, about["commit"]), **withdrawn_file(withdrawn, as_of)}

    done = publish_release(target, make, about, look, status, assurance.sign)
    return replace(done, compared=compared[0])


def _compared(checked: Checked, target: Path) -> tuple[Checked, str]:
    """What was checked, with what readers of the served site would miss; and a sentence on the comparison."""
    served = current(target)
    if served is None:
        return checked, "第一次发布到这里，没有可以比较的"
    try:
        found = compare_with(checked.root, checked.column, checked.unread, of_site(str(served)))
    except NothingPublishedError as error:
        return checked, f"没有与现在的网站比较：{error}"
    return checked.with_more(found.findings), found.sentence


def _forgotten(target: Path, listed: Sequence[str], made: Path) -> list[str]:
    """What was withdrawn from the served site and is in the new one, because the repository does not know of it."""
    served = current(target)
    known = set(withdrawn_from(served)) - set(listed) if served else set()
    what = f"网站已经撤回了它，仓库的撤回名单 {LIST} 里却没有"
    hint = "请先运行 gongkai withdraw，或取回新的版本；确要重新公开的，在名单里那一条写上 restored: 日期"
    return [f"{identifier}：{what}；{hint}" for identifier in sorted(known) if any(files_of(made, [identifier]))]


def purge(
    root: Path,
    target: Path,
    cache_dir: Path,
    as_of: date,
    render: RenderTheme,
    on_checked: Callable[[Checked], None],
    identifiers: Sequence[str],
    on_taken_down: Callable[[int], None],
    assurance: Assurance | None = None,
) -> Published:
    """Take what is withdrawn off the site at once, then serve a release made without it; no other release is kept.

    ``on_taken_down`` gets the number of files that went at once. Who dies, or fails, in between leaves a whole site
    without the pages and files themselves.

    Raises:
        PublishError: when an id is unknown, or the new release cannot be published.
    """
    listed = _withdrawn(root)
    count = take_off(root, target, identifiers)
    on_taken_down(count)
    if unknown := [given for given in identifiers if named(given) not in listed]:
        names = "、".join(unknown)
        done = "网页已经取下，列表、查找和数据里还有它" if count else "网站里没有它的网页"
        raise PublishError(f"撤回名单里没有 {names}（{done}）：请先运行 gongkai withdraw {unknown[0]}，再运行这条命令")
    return publish(root, target, cache_dir, as_of, render, on_checked, assurance)


def take_off(root: Path, target: Path, identifiers: Sequence[str]) -> int:
    """Serve the release of now without the pages and files of what is withdrawn; returns how many files went.

    Where any goes, no other release is kept. Lists and the search of this one have it until :func:`publish`.

    Raises:
        PublishError: when nothing is served.
    """
    listed, wanted = _withdrawn(root), [named(identifier) for identifier in identifiers]
    addresses = [address for known in wanted if known in listed for address in listed[known].addresses]
    return take_down(target, wanted, addresses)


def _withdrawn(root: Path) -> dict[str, Withdrawal]:
    return {found.id: found for found in read_withdrawals(root) if not found.restored}


def check_site(
    root: Path, site: Path, as_of: date, files: Mapping[str, str] | None = None, reports: Path | None = None
) -> list[Finding]:
    """What is wrong with the files that will be served, whatever made them.

    Where ``files`` gives digests of their bytes, those that did not change are not looked at again: what was found in
    them is kept at ``reports``.
    """
    settings = load_settings(root)
    facts = facts_of(
        site,
        as_of,
        demo=settings.demo,
        site_url=settings.site_url,
        accent=settings.accent,
        allowed_hosts=frozenset(settings.allowed_hosts),
        thresholds=settings.rules,
        files=files,
    )
    return judge_site(facts, kept_reports(facts, reports) if reports else None)
