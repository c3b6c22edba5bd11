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


SINCE = {
    "CAT-06", "DEC-26", "DEC-27", "DEC-28", "DEC-29", "DEC-30", "DEC-31", "DEC-32", "DEC-33", "DEC-34", "DEC-35",
    "DOC-11", "PART-04", "PART-05", "PART-06", "PART-07", "PUB-06", "PUB-07", "PUB-08", "QA-01", "SITE-11", "SITE-12",
    "TAB-10", "TAB-11", "TOP-01", "TOP-02", "TYPO-03", "TYPO-04",
}  # fmt: skip
"""Rules that came after 0.1.0, which had 107; PRIV-03 was a second PRIV-01 there, and PUB-02 went."""
WITHOUT = "no rule: "
NEW_DUTIES = (
    ("The catalogue covers the 15 classes of art. 20 and the fields of art. 21", "711:20, 21, 22",
     WITHOUT + "items carry no class, their titles are each district's own, and the 15th class and art. 21 are open"),
    ("Each item has content, audience, method, channel", "54号", "CAT-02, CAT-06"),
    ("Departments' annual reports by 31 January", "711:49(1)",
     WITHOUT + "the column holds the government's report; departments publish theirs in columns of their own"),
    ("Yearly table of the web site by 31 January on its home page", "国办函〔2018〕12号 二",
     WITHOUT + "the home page is the government's web site's, of which this column is a part"),
    ("Guide, request and rules without places to fill in", "711:4, 12(1), 28", "SITE-03, SITE-11"),
    ("The request page tells times, costs and remedies", "711:30, 33, 42, 51", "SITE-12"),
    ("Normative documents that touch enterprises: 30 days, adoption", "722:62(2)", "PART-06, PART-07"),
    ("Fair competition review before the meeting", "713:29(1)(一); 783:14, 18", "DEC-27"),
    ("Draft, time and place before a hearing; rules of selection", "713:16(2)(3)",
     "DEC-28; of the rest " + WITHOUT + "a hearing's record has no day of announcement, place or rules"),
    ("The result in the gazette, where there is one", "713:32", "DEC-34"),
    ("The result interpreted when of public concern", "713:32", "DEC-35"),
    ("Experts when technical, risk assessment when risky", "713:19, 22", "DEC-29, DEC-30"),
    ("Draft and basis public before the meeting", "80号 一（二）", "DEC-08"),
    ("Stop or change of a decision", "713:37", "DEC-32"),
    ("Budget papers within 20 days of approval", "预算法14", "PUB-08"),
    ("Notices and policies every 6 months, the home page every 2 weeks", "检查指标", "SITE-07"),
    ("Which matters the public takes part in, and how", "54号",
     WITHOUT + "that no such list is in the column is no evidence that none is public"),
    ("Why a document is not public", "80号 一（一）",
     WITHOUT + "what is not public may not be here (PUB-04), its reason neither; of decisions DEC-15 asks it"),
    ("Withheld items are looked at again", "711:18", "DEC-33"),
    ("PubDate on content pages", "47号附件",
     "META-07, where the tag is; that it is missing " + WITHOUT + "the page does not tell whether its day is known"),
)  # fmt: skip
"""Duties that no rule looked at in 0.1.0: duty, ground, and the rules that do now or why none can."""


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
    rows, counts = [], Counter[tuple[str, bool]]()
    site = [(rule, "built site") for topic in SITE_TOPICS for rule in topic.rules if rule.id not in RULES]
    for rule, where in [(rule, "files") for topic in TOPICS for rule in topic.rules] + site:
        verdict = level(rule.duties)
        counts[verdict, rule.id in SINCE] += 1
        norms = [norm for duty in rule.duties for norm in LAW.norms.values() if norm.duty == duty]
        sources = _sources(norms, rule.basis)
        weights = str(rule.severity) if rule.severity is rule.demo else f"{rule.severity} / {rule.demo}"
        rows.append(f"| {rule.id} | {where} | {verdict} | {weights} | {', '.join(rule.duties)} | {sources} |")
    gone = [f"| {name} | retired | | | | {retired.reason} |" for name, retired in laws.RETIRED.items()]
    each = [(name, counts[name, False], counts[name, True]) for name in LEVELS]
    each.append(("all", *(sum(row[at] for row in each) for at in (1, 2))))
    sums = "".join(f"| {name} | {old} | {new} | {old + new} |\n" for name, old, new in each)
    head = "| Rule | Looks at | Verdict | Weight (demo) | Duties | Source |\n|---|---|---|---|---|---|\n"
    columns = "| Verdict | Of the 107 rules of 0.1.0 (one went) | Rules since | All |\n|---|---|---|---|\n"
    counted = f"## Sums\n\n{columns}{sums}\n"
    ways = "".join(f"| {duty} | {ground} | {rules} |\n" for duty, ground, rules in NEW_DUTIES)
    since = f"## Duties without a rule in 0.1.0\n\n| Duty | Ground | Rules |\n|---|---|---|\n{ways}\n"
    return f"{HEAD}{counted}{since}## Rules\n\n{head}" + "\n".join([*rows, *gone]) + "\n"


def _sources(norms: list[Norm], basis: str) -> str:
    nation = cite(norm for norm in norms if norm.instrument.issuer.national)
    local = [norm for norm in norms if not norm.instrument.issuer.national]
    read = cite(norm for norm in local if norm.state is State.READ)
    waiting = cite(norm for norm in local if norm.state is State.UNCONFIRMED)
    known = (nation, read, f"待本地确认：{waiting}" if waiting else "", basis)
    return "；".join(filter(None, known)) or "本区自己的文件"


if __name__ == "__main__":
    PATH.write_text(table(), "utf-8")
