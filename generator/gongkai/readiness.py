"""What is missing before a column can go live, in the order in which an office can do it, each with its place.

Settings first, then the pages that only the office can write, then what stands in ``plans/``; the word ``production``
last, for from then on every placeholder is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from pydantic import BaseModel

from gongkai.findings.finding import Finding, Severity
from gongkai.load.yaml_positions import locate, node_at
from gongkai.settings import PLACEHOLDER, SETTINGS_FILE, Settings, served_folders
from gongkai.text.patterns import MULTILINE, any_of, anywhere

_COLUMN = ("extra", "column")
_COMMENTED = anywhere(r"^ *# *([a-z_]+):", MULTILINE)
_PAGE_PLACEHOLDER = any_of([PLACEHOLDER])
_HOW: Mapping[str, str] = {
    "site_url": "请写网站的正式地址，到目录为止，如 https://www.example.gov.cn/zfxxgk/",
    "request_url": "请写在线申请的网址；只能用信函、当面申请的，在 content/request.md 写明，这里不用填",
    "portal_url": "请写门户网站首页的网址",
}
_WANTED = ("site_url", "portal_url")
"""Settings without a placeholder that a live column cannot do without."""


class Step(Struct, frozen=True):
    """One thing to do: its Chinese heading, and what is missing."""

    title: str
    findings: tuple[Finding, ...]


def steps(root: Path, settings: Settings, judged: Iterable[Finding]) -> list[Step]:
    """Everything that is missing; ``judged`` are the findings of a check with the weight that they have when live."""
    text = (root / SETTINGS_FILE).read_text("utf-8-sig")
    unset = list(_unset(settings, text))
    footer = [found for found in unset if "footer" in found.path]
    found = [
        Step("一、网站和栏目的设置（mkdocs.yml）", tuple(each for each in unset if each not in footer)),
        Step("二、页脚的七项（mkdocs.yml）", tuple(footer)),
        Step("三、只有本单位能写的页面（content/）", tuple(_pages(root))),
        Step("四、plans/ 里的错误", tuple(each for each in judged if each.severity is Severity.ERROR)),
        Step("五、最后一步", tuple(_profile(settings, text))),
    ]
    return [step for step in found if step.findings]


def _unset(settings: BaseModel, text: str, path: tuple[str, ...] = ()) -> Iterator[Finding]:
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            yield from _unset(value, text, (*path, name))
        elif value == PLACEHOLDER or (name in _WANTED and not value):
            place = (name,) if name == "site_url" else (*_COLUMN, *path, name)
            words = f"{'.'.join((*path, name))} 还没有填写"
            yield _missing(text, place, words, _HOW.get(name, f"请写{field.description}"))


def _missing(text: str, path: tuple[str, ...], words: str, hint: str) -> Finding:
    line, column = locate(text, path)
    commented = next((found for found in _COMMENTED.finditer(text) if found[1] == path[-1]), None)
    if commented and node_at(text, path) is None:
        line, column = text.count("\n", 0, commented.start(1)) + 1, 1
        above = f"和上面 {path[-2]}: 一行" if path[:-1] not in ((), _COLUMN) else ""
        hint += f"；写好后去掉这一行{above}行首的 #"
    return Finding("PROD-01", Severity.ERROR, SETTINGS_FILE, line, column, words, hint, path=path, fields=path[-1:])


def _pages(root: Path) -> Iterator[Finding]:
    content, _ = served_folders(root)
    for page in sorted((root / content).rglob("*.md")):
        name = page.relative_to(root).as_posix()
        for number, line in enumerate(page.read_text("utf-8-sig").split("\n"), start=1):
            for match in _PAGE_PLACEHOLDER.finditer(line):
                if line[match.end() : match.end() + 1] == "”":  # the page speaks of the placeholder itself
                    continue
                words = f"还没有填写：{line.replace('|', ' ').replace(PLACEHOLDER, '').strip() or '这一段'}"
                hint = f"请把“{PLACEHOLDER}”改成实际内容"
                yield Finding("PROD-02", Severity.ERROR, name, number, match.start() + 1, words, hint)


def _profile(settings: Settings, text: str) -> Iterator[Finding]:
    if settings.demo:
        words = "网站还是演示：每一页都写着“演示”，待填写的地方不算错误"
        yield _missing(text, (*_COLUMN, "profile"), words, "上面各项都做完后，请写 profile: production")
