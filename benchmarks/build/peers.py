"""The same records for the programs that this one is compared with, each in the form that suits it.

Hugo reads the same YAML files through a content adapter and fills this program's own page frame, so that its pages
weigh the same. MkDocs with Material and Zensical get Markdown, a page for each record, out of the navigation.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks.build.corpus import NAMES
from gongkai.load.tree import SHARED
from gongkai.load.yaml_values import load_values
from gongkai.output.layout import Layout

HERE = Path(__file__).parent
_SLOTS = {
    "title": "{{ .Title }}",
    "meta": '<meta name="description" content="{{ .Title }}">\n<meta name="ArticleTitle" content="{{ .Title }}">\n'
    '<meta name="ContentSource" content="区政府办公室">\n<meta name="Keywords" content="{{ .Title }}">',
    "crumbs": '<li><a href="../../../../index.html">政府信息公开</a></li><li><a href="../../../../plans/index.html">'
    '年度工作要点</a></li><li><a href="../../../../plans/{{ .Params.plan.id }}/index.html">{{ .Params.plan.title }}</a>'
    '</li><li aria-current="page">{{ .Title }}</li>',
    "follow": "",
    "body": '{{ block "main" . }}{{ end }}',
    "actions": '<p class="reuse">复用这些数据：<a href="index.json">JSON</a>；<a href="../../../../data/index.html">'
    '全部数据</a></p>\n<section class="cite" id="cite"><h2>引用本页</h2><p id="citation">区政府办公室：《'
    "{{ .Params.plan.title }}》，{{ .Title }}，{{ .Params.plan.document.date_signed }}。</p></section>",
}
_HUGO = """baseURL = "https://www.example.gov.cn/"
disableKinds = ["taxonomy", "term", "RSS", "home", "section", "404"]
timeout = "30m"
"""
_MKDOCS = """site_name: 政府信息公开
site_url: https://www.example.gov.cn/
docs_dir: docs
theme: {name: material, language: zh, font: false}
plugins: [%s]
markdown_extensions: [tables]
validation: {omitted_files: ignore}
nav: [{首页: index.md}]
"""


def hugo_site(repository: Path, shell: Layout, out: Path) -> None:
    """A Hugo site of the repository's plans in the given page frame."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(repository / "plans", out / "plans")
    for name in ("content/plans", "layouts/partials", "data"):
        (out / name).mkdir(parents=True)
    shutil.copy(HERE / "hugo/_content.gotmpl", out / "content/plans/_content.gotmpl")
    for name in ("elements", "units", "elsewhere"):
        shutil.copy(HERE / f"hugo/{name}.html", out / f"layouts/partials/{name}.html")
    for name in ("task", "section", "plan", "document"):
        (out / "layouts" / name).mkdir()
        shutil.copy(HERE / f"hugo/{name}.html", out / f"layouts/{name}/single.html")
    pieces = [_SLOTS[piece] if at % 2 else piece for at, piece in enumerate(shell.pieces)]
    (out / "layouts/baseof.html").write_text("".join(pieces), encoding="utf-8")
    (out / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    themes = load_values((SHARED / "themes.yml").read_text(encoding="utf-8"))["themes"]
    (out / "data/themes.json").write_text(json.dumps({theme["id"]: theme["name"] for theme in themes}))
    (out / "data/units.json").write_text(json.dumps({f"区{name}": f"u{at}" for at, name in enumerate(NAMES)}))


def markdown_site(repository: Path, out: Path) -> None:
    """MkDocs and Zensical: the same texts as Markdown, not in the navigation; two settings, with and without search."""
    shutil.rmtree(out, ignore_errors=True)
    (out / "docs").mkdir(parents=True)
    (out / "docs/index.md").write_text("# 政府信息公开\n", encoding="utf-8")
    (out / "mkdocs.yml").write_text(_MKDOCS % "", encoding="utf-8")
    (out / "search.yml").write_text(_MKDOCS % "search", encoding="utf-8")
    for path in sorted((repository / "plans").glob("d*/*.yml")):
        plan = load_values(path.read_text(encoding="utf-8"))
        for name, text in _markdown(plan):
            target = out / "docs/plans" / plan["id"] / f"{name}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")


def _markdown(plan: dict) -> list[tuple[str, str]]:
    rows = plan["task_table"]["rows"]
    table = "| 序号 | 工作任务 | 具体要求 | 责任单位 | 完成时限 |\n|---|---|---|---|---|\n"
    keys = ("topic", "text", "units", "deadline")
    lines = [f"| [{r['number']}](tasks/{r['number']}.md) | {' | '.join(r[key] for key in keys)} |" for r in rows]
    text = "\n\n".join(f"## {s['number']}、{s['title']}\n\n{s['text']}" for s in plan["sections"])
    pages = [("index", f"# {plan['title']}\n\n{text}\n\n{table}" + "\n".join(lines) + "\n")]
    pages.append(("document", f"# {plan['document']['title']}\n\n" + "\n\n".join(plan["document"]["body"]) + "\n"))
    for at, section in enumerate(plan["sections"], start=1):
        own = [line.replace("(tasks/", "(../tasks/") for line, row in zip(lines, rows, strict=True)
               if row["section"] == str(at)]  # fmt: skip
        body = f"# {section['title']}\n\n{section['text']}\n\n{table}" + "\n".join(own) + "\n"
        pages.append((f"sections/{at}", body))
        pages += [(f"sections/{at}-1", f"# {s['title']}\n\n{s['text']}\n") for s in section["sections"]]
    for row in rows:
        facts = (("谁负责", "units"), ("做什么", "text"), ("什么时候完成", "deadline"), ("工作任务", "area"))
        answer = "\n".join(f"| {label} | {row[key]} |" for label, key in facts)
        near = [number for number in (row["number"] - 1, row["number"] + 1) if 0 < number <= len(rows)]
        links = "、".join(f"[第{number}项]({number}.md)" for number in near)
        title = f"第{row['number']}项 {row['topic']}"
        above = f"[{plan['title']}](../index.md)，[对应正文](../sections/{row['section']}.md)"
        text = f"# {title}\n\n| | |\n|---|---|\n{answer}\n\n## 出处\n\n{above}\n\n{links}\n"
        pages.append((f"tasks/{row['number']}", text))
    return pages


def change_one(repository: Path, words: str) -> None:
    """Edit one task of one plan: add some words to its text."""
    _edit(repository, lambda row: row.update(text=row["text"] + words))


def report_one(repository: Path, words: str) -> None:
    """What an office does most: say how far one task is."""
    entry = {"date": "2026-11-01", "status": "推进中", "text": words}
    _edit(repository, lambda row: row.setdefault("progress", []).append(entry))


def _edit(repository: Path, change: Callable[[dict], None]) -> None:
    path = min((repository / "plans").glob("d*/*.yml"))
    value = load_values(path.read_text(encoding="utf-8"))
    change(value["task_table"]["rows"][0])
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100_000)
    path.write_text(text, encoding="utf-8")
