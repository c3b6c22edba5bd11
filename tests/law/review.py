"""The table of docs/law-review.md: every rule with its verdict and source, made from the rules and the law."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gongkai.law.model import Force, Norm, State, cite
from gongkai.linking.law import shipped_law
from gongkai.rules import laws
from gongkai.rules.registry import RULES, TOPICS
from gongkai.rules.site.registry import TOPICS as SITE_TOPICS

PATH = Path(__file__).resolve().parents[2] / "docs/law-review.md"
LAW = shipped_law()
LEVELS = ("national law", "national, wording not compared", "standard", "provincial or local", "practice")

HEAD = """# What each rule rests on

Made by `python -m tests.law.review` from `rules/` and `law/texts`; `tests/law/test_review.py` keeps it true. Verdicts:

- **national law**: a law, regulation or notice of the nation whose clause was read asks for it.
- **national, wording not compared**: the text is cited, its clause could not be read (条款待核); no day comes of it.
- **standard**: only a technical standard.
- **provincial or local**: no text of the nation; a text of the province, city or district, if any binds there.
- **practice**: no text asks for it; the handbook says 参考做法 or what else it rests on.

"""


def level(duties: tuple[str, ...]) -> str:
    """The best ground that any of the duties has."""
    norms = [norm for norm in LAW.norms.values() if norm.duty in duties]
    nation = [norm for norm in norms if norm.instrument.issuer.national]
    read = [norm for norm in nation if norm.state is State.READ]
    if any(norm.instrument.force is not Force.STANDARD for norm in read):
        return LEVELS[0]
    if any(norm.instrument.force is not Force.STANDARD for norm in nation):
        return LEVELS[1]
    if nation:
        return LEVELS[2]
    return LEVELS[3] if duties else LEVELS[4]


def table() -> str:
    """The whole document."""
    rows, counts = [], Counter[str]()
    site = [(rule, "built site") for topic in SITE_TOPICS for rule in topic.rules if rule.id not in RULES]
    for rule, where in [(rule, "files") for topic in TOPICS for rule in topic.rules] + site:
        verdict = level(rule.duties)
        counts[verdict] += 1
        norms = [norm for duty in rule.duties for norm in LAW.norms.values() if norm.duty == duty]
        sources = _sources(norms, rule.basis)
        weights = str(rule.severity) if rule.severity is rule.demo else f"{rule.severity} / {rule.demo}"
        rows.append(f"| {rule.id} | {where} | {verdict} | {weights} | {', '.join(rule.duties)} | {sources} |")
    gone = [f"| {name} | retired | | | | {retired.reason} |" for name, retired in laws.RETIRED.items()]
    sums = "".join(f"| {name} | {counts[name]} |\n" for name in LEVELS)
    head = "| Rule | Looks at | Verdict | Weight (demo) | Duties | Source |\n|---|---|---|---|---|---|\n"
    counted = f"## Sums\n\n| Verdict | Rules |\n|---|---|\n{sums}| all | {len(rows)} |\n\n"
    return f"{HEAD}{counted}## Rules\n\n{head}" + "\n".join([*rows, *gone]) + "\n"


def _sources(norms: list[Norm], basis: str) -> str:
    nation = cite(norm for norm in norms if norm.instrument.issuer.national)
    local = [norm for norm in norms if not norm.instrument.issuer.national]
    read = cite(norm for norm in local if norm.state is State.READ)
    waiting = cite(norm for norm in local if norm.state is State.UNCONFIRMED)
    known = (nation, read, f"待本地确认：{waiting}" if waiting else "", basis)
    return "；".join(filter(None, known)) or "本区自己的文件"


if __name__ == "__main__":
    PATH.write_text(table(), "utf-8")
