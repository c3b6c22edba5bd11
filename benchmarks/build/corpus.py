"""A repository of N synthetic records: plans of 5 headings and 40 tasks, made of sentences of the real plans.

usage: python -m benchmarks.build.corpus N DIR   (writes DIR/plans/, links the theme, content and settings beside it)
"""

import random
import re
import shutil
import sys
from pathlib import Path

import yaml

from gongkai.load.tree import SHARED

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261121
PER_PLAN = 47  # plan, document, 5 headings, 40 tasks
YEARS = range(2017, 2027)
HEADINGS = [
    "紧扣重点领域深化政务公开",
    "全面加强政策发布解读回应",
    "夯实公开工作基础",
    "强化基层政务公开",
    "强化工作监督保障",
]
NAMES = [
    "发展和改革局",
    "教育和体育局",
    "民政局",
    "司法局",
    "财政局",
    "交通运输局",
    "农业农村局",
    "文化和旅游局",
    "卫生健康局",
    "应急管理局",
]
DEADLINES = ["全年", "9月底前", "年底前完成，长期坚持", "第二季度", "本文件印发后30日内"]


def sentences() -> list[str]:
    found: dict[str, None] = {}
    for path in sorted((ROOT / "tests/sources").glob("*.txt")):
        for text in re.sub(r"\s+", "", path.read_text(encoding="utf-8")).split("。"):
            if 20 <= len(text) <= 110:
                found[f"{text}。"] = None
    return list(found)


def write(path: Path, value: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100_000)
    path.write_text(text, encoding="utf-8")


def make(size: int, out: Path) -> int:
    """Write the repository; returns the number of plans."""
    rnd = random.Random(SEED)
    pool = sentences()
    plans = max(1, round(size / PER_PLAN))
    organs = max(1, -(-plans // len(YEARS)))
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, out / name)
    shutil.copy(ROOT / "mkdocs.yml", out / "mkdocs.yml")
    vocabularies = out / "plans/vocabularies"
    vocabularies.mkdir(parents=True, exist_ok=True)
    ids = [f"d{number:04d}" for number in range(organs)]
    shown = [
        {"id": o, "name": f"第{n}区人民政府", "short_name": f"第{n}区", "region": "示例市"} for n, o in enumerate(ids)
    ]
    write(vocabularies / "organs.yml", {"kind": "organs", "organs": shown})
    for organ in ids:
        units = [{"id": f"{organ}-u{at}", "name": f"区{name}", "kind": "department"} for at, name in enumerate(NAMES)]
        units.append({"id": f"{organ}-office", "name": "区政府办公室", "kind": "office"})
        write(vocabularies / f"units-{organ}.yml", {"kind": "units", "organ": organ, "units": units})
    themes = [
        t["id"] for t in yaml.safe_load((SHARED / "themes.yml").read_text("utf-8"))["themes"] if t["scheme"] == "local"
    ]
    for number in range(plans):
        organ, year = ids[number // len(YEARS)], YEARS[number % len(YEARS)]
        write(out / f"plans/{organ}/{organ}-{year}.yml", plan(rnd, pool, themes, organ, year))
    return plans


def plan(rnd: random.Random, pool: list[str], themes: list[str], organ: str, year: int) -> dict:
    rows = [row(rnd, pool, themes, number) for number in range(1, 41)]
    inner = [
        {
            "number": "（一）",
            "title": heading[2:],
            "text": "".join(rnd.choices(pool, k=12)),
            "themes": rnd.sample(themes, 2),
        }
        for heading in HEADINGS
    ]
    sections = [
        {
            "number": "一二三四五"[at],
            "title": heading,
            "text": "".join(rnd.choices(pool, k=3)),
            "sections": [below] if at == 0 else [],
        }
        for at, (heading, below) in enumerate(zip(HEADINGS, inner, strict=True))
    ]
    document = {
        "issuer": f"{organ}-office",
        "title": f"关于印发{year}年政务公开工作要点的通知",
        "date_signed": f"{year}-06-17",
        "date_printed": f"{year}-06-17",
        "openness": "主动公开",
        "sources": ["合成数据"],
        "body": rnd.choices(pool, k=2),
    }
    columns = ["序号", "工作任务", "具体要求", "责任单位", "完成时限"]
    return {
        "kind": "plan",
        "id": f"{organ}-{year}",
        "organ": organ,
        "year": year,
        "title": f"{year}年政务公开工作要点",
        "document": document,
        "preamble": rnd.choices(pool, k=2),
        "sections": sections,
        "task_table": {"title": "任务分解表", "columns": columns, "rows": rows},
    }


def row(rnd: random.Random, pool: list[str], themes: list[str], number: int) -> dict:
    lead, *others = rnd.sample(NAMES, 3)
    return {
        "number": number,
        "area": HEADINGS[(number - 1) // 8],
        "topic": rnd.choice(pool)[:12],
        "text": "".join(rnd.choices(pool, k=rnd.randint(8, 14))),
        "units": f"区{lead}牵头，{'、'.join('区' + name for name in others)}配合",
        "deadline": rnd.choice(DEADLINES),
        "section": str((number - 1) // 8 + 1),
        "themes": rnd.sample(themes, 2),
    }


if __name__ == "__main__":
    count, directory = int(sys.argv[1]), Path(sys.argv[2])
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    print(f"{make(count, directory)} plans")
