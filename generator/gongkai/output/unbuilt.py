"""What stopped the engine, in our words: it speaks English, and names no line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.findings.finding import Finding, Severity
from gongkai.load.yaml_positions import locate
from gongkai.settings import SETTINGS_FILE, SettingsError, served_folders
from gongkai.text.patterns import DOTALL, whole
from gongkai.text.place import line_and_column

_LINK = whole(r"Doc file '(?P<page>[^']*)' contains a link '(?P<link>[^']*)', but the target", DOTALL)
_OPTION = whole(r"Config value '(?P<name>[a-z_]*)': (?P<reason>.*)", DOTALL)
_NO_FOLDER = "isn't an existing directory"


def unbuilt(root: Path, said: Sequence[str]) -> SettingsError:
    """An error with a finding for each thing that the engine said, at the line that it means."""
    content = served_folders(root)[0]
    return SettingsError(*dict.fromkeys(found for words in said for found in _findings(root, content, words)))


def _findings(root: Path, content: str, words: str) -> Iterator[Finding]:
    if link := _LINK.match(words):
        name = f"{content}/{link['page']}"
        message = f"链接“{link['link']}”指向的文件不在 {content}/ 里"
        hint = "请核对文件名和大小写；文件改了名的写新的名称，没有这个文件的，把链接换成文字"
        yield _error("LINK-01", name, _place_of(root / name, link["link"]), message, hint)
    elif option := _OPTION.match(words):
        place = locate(_text(root / SETTINGS_FILE), (option["name"],))
        if option["name"] == "docs_dir" and _NO_FOLDER in words:
            hint = "请写放网页的目录，如 content；误删的请取回"
            yield _error("SHAPE-09", SETTINGS_FILE, place, f"docs_dir 的目录 {content} 没有找到", hint)
        else:
            reason = f"{option['name']} 用不了（{' '.join(option['reason'].split())}）"
            yield _error("SHAPE-09", SETTINGS_FILE, place, reason, "请改回 gongkai init 写的样子")
    else:
        hint = f"请看最近改过的 {SETTINGS_FILE} 和 {content}/ 里的网页，改回原样再试"
        yield _error("SHAPE-09", SETTINGS_FILE, (1, 1), f"网页的外框做不出来（{' '.join(words.split())}）", hint)


def _place_of(page: Path, link: str) -> tuple[int, int]:
    """Where a link stands in a page; its beginning where it is written otherwise."""
    text = _text(page)
    at = next((at for at in (text.find(f"({link}"), text.find(link)) if at >= 0), 0)
    return line_and_column(text, at)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig", "replace") if path.is_file() else ""


def _error(code: str, name: str, place: tuple[int, int], words: str, hint: str) -> Finding:
    return Finding(code, Severity.ERROR, name, *place, words, hint)
