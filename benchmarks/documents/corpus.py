"""A district with N documents: rules in chains of revisions, notices, interpretations, gazettes, consultations.

Of N documents, 6 % revise an earlier one, 10 % explain one; for every 25 there is a consultation, for every 20 an issue
of the gazette. Texts are sentences of the real plans, drawn with a fixed seed.
"""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from benchmarks.build.corpus import NAMES, ROOT, SEED, sentences, write
from gongkai.load.tree import SHARED

YEARS = range(2001, 2026)
ORGAN = "shili"
_KINDS = ("意见征集", "听证", "列席会议", "政府开放活动", "议题征集")


def make(size: int, out: Path) -> dict[str, int]:
    """Write the repository; returns how many there are of each kind."""
    rnd, pool = random.Random(SEED), [text.replace(",", "，") for text in sentences()]
    _frame(out)
    themes = _themes()
    documents = [_document(rnd, pool, themes, number) for number in range(size)]
    revised = _revise(rnd, documents, size * 6 // 100)
    explained = _explain(rnd, documents, size // 10)
    for document in documents:
        write(out / f"plans/{document['year']}/{document['id']}.yml", document)
    gazettes, occasions = _gazettes(out, documents, size // 20), _occasions(rnd, out, documents, size // 25)
    return {
        "documents": size, "revisions": revised, "interpretations": explained,
        "gazettes": gazettes, "occasions": occasions,
    }  # fmt: skip


def _frame(out: Path) -> None:
    """The repository around the documents: theme, settings, vocabularies, one district with its units."""
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, out / name)
    shutil.copy(ROOT / "mkdocs.yml", out / "mkdocs.yml")
    vocabularies = out / "plans/vocabularies"
    vocabularies.mkdir(parents=True)
    organ = {"id": ORGAN, "name": "示例市示例区人民政府", "short_name": "示例区", "region": "示例市"}
    write(vocabularies / "organs.yml", {"kind": "organs", "organs": [organ]})
    units = [{"id": f"{ORGAN}-u{at}", "name": f"区{name}", "kind": "department"} for at, name in enumerate(NAMES)]
    units.append({"id": f"{ORGAN}-office", "name": "区政府办公室", "kind": "office"})
    prefix = {"code": "示政办发", "organ": ORGAN, "issuer": f"{ORGAN}-office"}
    write(vocabularies / "document-numbers.yml", {"kind": "document_numbers", "prefixes": [prefix]})
    write(vocabularies / "units.yml", {"kind": "units", "organ": ORGAN, "units": units})


def _themes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for theme in yaml.safe_load((SHARED / "themes.yml").read_text("utf-8"))["themes"]:
        found[theme["scheme"]].append(theme["id"])
    return found


def _document(rnd: random.Random, pool: list[str], themes: dict[str, list[str]], number: int) -> dict[str, Any]:
    year = YEARS[number % len(YEARS)]
    month, day = 1 + number % 12, 1 + number % 28
    genre = rnd.choice(("规范性文件", "政策文件", "通知", "通知"))
    signed = f"{year}-{month:02}-{day:02}"
    document: dict[str, object] = {
        "genre": genre,
        "doc_number": f"示政办发〔{year}〕{number // len(YEARS) + 1}号",
        "issuer": f"{ORGAN}-office",
        "body": ["".join(rnd.choices(pool, k=rnd.randint(1, 3))) for _ in range(rnd.randint(8, 24))],
        "date_signed": signed,
        "date_published": signed,
        "openness": "主动公开",
        "validity": "有效",
        "themes": [rnd.choice(themes["national"])],
        "sources": ["合成数据"],
    }
    if genre == "规范性文件":
        document |= {
            "date_effective": signed, "summary": rnd.choice(pool), "valid_until": f"{2027 + number % 4}-12-31",
            "normative_number": f"SLCR-{year}-{number:07}",
            "interpretations": [{"title": "图解", "form": "图解", "url": f"https://www.shili.gov.cn/{number}"}],
        }  # fmt: skip
    return {
        "kind": "document",
        "id": f"w{number:06}",
        "organ": ORGAN,
        "year": year,
        "title": f"关于{rnd.choice(pool)[:18]}的{genre}",
        "themes": rnd.sample(themes["local"], 2),
        "document": document,
    }


def _revise(rnd: random.Random, documents: list[dict[str, Any]], count: int) -> int:
    """Make documents of one year revise one of years before: some chains grow to three texts and more."""
    texts = sorted((d for d in documents if d["document"]["genre"] == "规范性文件"), key=lambda d: (d["year"], d["id"]))
    current = texts[: len(texts) // 3]
    for later in texts[-count:] if count else ():
        before = current.pop(rnd.randrange(len(current)))
        if before["year"] >= later["year"]:
            continue
        later["document"]["revises"] = before["id"]
        later["document"]["body"] = [
            rnd.choice(later["document"]["body"]) if rnd.random() < 0.2 else text for text in before["document"]["body"]
        ]
        before["document"]["validity"] = "已修改"
        current.append(later)
    return sum("revises" in document["document"] for document in documents)


def _explain(rnd: random.Random, documents: list[dict[str, Any]], count: int) -> int:
    policies = [d for d in documents if d["document"]["genre"] == "政策文件"]
    for explanation in rnd.sample([d for d in documents if d["document"]["genre"] == "通知"], count):
        explanation["document"]["genre"] = "解读"
        del explanation["document"]["doc_number"]
        explanation["explains"] = [rnd.choice(policies)["id"]]
        explanation["questions"] = [{"question": "怎样办理？", "answer": explanation["document"]["body"][0]}]
    return count


def _gazettes(out: Path, documents: list[dict[str, Any]], count: int) -> int:
    printed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for document in documents:
        if "doc_number" in document["document"]:
            printed[document["year"]].append(document)
    made = 0
    issues = max(1, count // len(YEARS))
    for year, found in printed.items():
        for issue in range(1, issues + 1):
            items = [
                {"title": d["title"], "doc_number": d["document"]["doc_number"], "document": d["id"]}
                for d in found[issue - 1 :: issues]
            ]
            if items:
                made += 1
                identifier = f"gazette-{year}-{issue}"
                gazette = {
                    "kind": "gazette", "id": identifier, "organ": ORGAN, "year": year, "issue": issue,
                    "title": f"示例区人民政府公报{year}年第{issue}期", "items": items, "sources": ["合成数据"],
                }  # fmt: skip
                write(out / f"plans/gazettes/{identifier}.yml", gazette)
    return made


def _occasions(rnd: random.Random, out: Path, documents: list[dict[str, Any]], count: int) -> int:
    by_year: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number in range(count):
        document = documents[rnd.randrange(len(documents))]
        year = document["year"]
        occasion = {
            "number": len(by_year[year]) + 1,
            "type": _KINDS[number % len(_KINDS)],
            "title": f"关于{document['title'][:20]}的{_KINDS[number % len(_KINDS)]}",
            "about": document["id"],
            "organizer": f"区{rnd.choice(NAMES)}",
            "channels": ["网站"],
            "links": [{"title": "公告", "url": f"https://www.shili.gov.cn/canyu/{number}"}],
            "start": f"{year}-03-01",
            "end": f"{year}-04-10",
        }
        if rnd.random() < 0.8:
            occasion["outcome"] = {"date": f"{year}-05-01", "text": document["document"]["body"][0], "received": 12}
        by_year[year].append(occasion)
    for year, items in by_year.items():
        value = {
            "kind": "participation", "id": f"canyu-{year}", "organ": ORGAN, "year": year,
            "title": f"{year}年示例区公众参与", "items": items, "sources": ["合成数据"],
        }  # fmt: skip
        write(out / f"plans/participation/canyu-{year}.yml", value)
    return count
