"""What stands in a page's place when it cannot be made: what is wrong, where, and what to write instead."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from markupsafe import Markup
from msgspec import Struct

from gongkai.findings.finding import Finding
from gongkai.findings.reporters import LABELS, excerpt, sentence
from gongkai.output.layout import ShellError
from gongkai.settings import served_folders
from gongkai.text.patterns import anywhere


class Entry(Struct, frozen=True):
    """One thing that is wrong: where, how bad, in which words, with the lines of the file."""

    place: str
    label: str
    words: str
    lines: str = ""
    citation: str | None = None


class Trouble(Struct, frozen=True):
    """What is wrong with a page, in the order of files and lines."""

    title: str
    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, findings: Iterable[Finding], root: Path) -> Trouble:
        """Findings as readers of a page see them."""
        found = sorted(findings, key=lambda finding: finding.sort_key)
        return cls("这一页的文件有错误", tuple(_entry(finding, root) for finding in found))

    def html(self) -> bytes:
        """A page by itself: the theme's own frame may be what is broken."""
        return _PAGE.format(title=self.title, items=Markup("\n").join(_item(entry) for entry in self.entries)).encode()


def _entry(finding: Finding, root: Path) -> Entry:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    lines = "\n".join(line.removeprefix("    ") for line in excerpt(finding, root))
    label = f"{LABELS[finding.severity]} {finding.code}"
    return Entry(place, label, sentence(finding), lines, finding.citation)


def theme_trouble(error: BaseException, root: Path) -> Trouble:
    """What a template, or the engine of content/, says of a mistake; never a traceback."""
    place, words = told(error, root)
    return Trouble("网页做不出来", (Entry(place, "错误", words),))


def told(error: BaseException, root: Path) -> tuple[str, str]:
    """Where the mistake is, and a sentence."""
    if isinstance(error, TemplateSyntaxError):
        file = _relative(error.filename or error.name or "模板", root)
        return f"{file}:{error.lineno}", f"模板写错了：{error.message}"
    place = next((f"{_relative(file, root)}:{line}" for file, line in reversed(_templates(error))), "mkdocs.yml")
    if isinstance(error, TemplateError):
        return place, f"模板写错了：{error.message or error.__class__.__name__}"
    if isinstance(error, ShellError):
        words = f"外框的模板少了或多了必须有的位置（{error}）。请对照程序自带的 main.html 改正，或删去自己的"
        return f"{served_folders(root)[1]}/main.html", words
    said = "；".join(str(each) for each in error.args if isinstance(each, str) and each.strip())
    return (
        place,
        f"没有做出来：{said or error.__class__.__name__}。请改正刚才修改的文件；运行 gongkai check 查看全部问题",
    )


def _templates(error: BaseException) -> list[tuple[str, str]]:
    """Files and lines of the templates on the way to an error; of another process only its words tell."""
    frames = traceback.extract_tb(error.__traceback__)
    found = [(frame.filename, str(frame.lineno)) for frame in frames if frame.filename.endswith(".html")]
    return found or _FRAME.findall(str(error.__cause__ or ""))


_FRAME = anywhere(r'File "([^"\n]{1,4096}\.html)", line (\d{1,9})')


def _relative(file: str, root: Path) -> str:
    try:
        return Path(file).resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return Path(file).name


def _item(entry: Entry) -> Markup:
    lines = Markup("<pre>{}</pre>").format(entry.lines) if entry.lines else ""
    cited = Markup("<p class='cited'>依据：{}</p>").format(entry.citation) if entry.citation else ""
    return Markup("<li><p><code>{}</code> <b>{}</b></p><p>{}</p>{}{}</li>").format(
        entry.place, entry.label, entry.words, lines, cited
    )


_PAGE = Markup(
    """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - 预览</title>
<style>
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.7 sans-serif }}
body {{ color: #1a1a1a; background: #fff }}
h1 {{ font-size: 1.4rem; border-bottom: 3px solid #9c1f1f }}
li {{ margin: 0 0 1.5rem }} p {{ margin: .2rem 0 }} b {{ color: #9c1f1f }}
pre {{ background: #f4f4f4; padding: .5rem; overflow: auto }} .cited {{ color: #555 }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>改好并保存以后，这里自动显示新的网页。</p>
<ol>
{items}
</ol>
</main>
</body>
</html>
"""
)


def all_findings(findings: Sequence[Finding], root: Path) -> Trouble:
    """A page of everything that was found, the worst first."""
    order = list(LABELS)
    found = sorted(findings, key=lambda finding: (order.index(finding.severity), finding.sort_key))
    return Trouble("检查发现的问题", tuple(_entry(finding, root) for finding in found))
