"""Made-up districts: the open data of the real ones under other names, with texts, towns and ids of their own.

Some 360 records each: two of three texts have a clause of others or of dictionary words by falling frequency, 75 tasks
are new, and each district has twelve towns that no other has; so names and words grow with the districts, as they do in
a country. Seeded: the same number gives the same district. All of it is made up; nothing of it is any district's.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.search.corpus import _dictionary
from gongkai.output.manifest import write_manifest

_CLAUSE = re.compile(r"[^，。；]+[，。；]")
_FIRST = (
    "东西南北上下大小新老石金银龙凤青白黄红云山河江湖海泉林松柏柳杨桃李梅兰安平永丰兴"
    "隆和顺福寿康宁长高明光华文武义仁礼信德善仙灵宝"
)
_SECOND = (
    "山河江湖泉林坪塘湾桥店铺庄村营堡寨岭峪沟源口门关城坝坡田园井溪港洲岛沙浦渡集市寺"
    "庙观堂台亭阁阳阴原川峡谷岗冈埠屯堰坨甸淀泊潭池"
)
_ENDS = ("镇", "街道", "乡")
_TOWNS, _NEW_TASKS, _CHANGED = 12, 75, 0.7
_SEED = 1000

Tables = Mapping[str, str]
"""The real open data as text, by table."""


def write_district(real: Tables, at: int, place: Path, *, release: int = 0) -> None:
    """Write the made-up district number ``at`` as a published site; another ``release`` has three more tasks."""
    rnd = random.Random(_SEED + at)
    names = (_name(rnd) + rnd.choice("阳州安"), _name(rnd) + rnd.choice("阴水宁"))
    clauses = _clauses(real["records"])
    (place / "data/v1").mkdir(parents=True, exist_ok=True)
    for table, text in real.items():
        rnd = random.Random(f"{_SEED + at} {table}")  # what one table has changes no other
        if table != "themes":
            value = json.loads(_moved(text, at, names))
            if table == "units":
                value["items"] += _towns(rnd, at, value["items"][0])
            if table == "records":
                _change(rnd, value["items"], clauses)
                value["items"] += [_task(rnd, at, number, clauses) for number in range(_NEW_TASKS + 3 * release)]
            text = json.dumps(value, ensure_ascii=False)  # noqa: PLW2901
        (place / f"data/v1/{table}.json").write_text(text, encoding="utf-8")
    write_manifest(place, {})


def _moved(text: str, at: int, names: tuple[str, str]) -> str:
    ids = text.replace("laiwu", f"d{at}-a").replace("changqing", f"d{at}-b")
    return ids.replace("莱芜", names[0]).replace("长清", names[1])


def _name(rnd: random.Random) -> str:
    return rnd.choice(_FIRST) + rnd.choice(_SECOND)


def _towns(rnd: random.Random, at: int, like: dict[str, Any]) -> list[dict[str, Any]]:
    towns = []
    for number in range(_TOWNS):
        name = _name(rnd) + (rnd.choice(_FIRST) if rnd.random() < 0.4 else "") + rnd.choice(_ENDS)
        identifier = f"d{at}-a-town{number}"
        own = {"id": identifier, "organ": f"d{at}-a", "name": name, "aliases": [f"{name}人民政府"]}
        towns.append({**like, **own, "url": f"units/{identifier}/"})
    return towns


def _change(rnd: random.Random, records: list[dict[str, Any]], clauses: list[str]) -> None:
    for record in records:
        if record["text"] and rnd.random() < _CHANGED:
            own = _CLAUSE.findall(record["text"]) or [record["text"]]
            own[rnd.randrange(len(own))] = _words(rnd, clauses, rnd.randint(1, 2))
            record["text"] = "".join(own)


def _task(rnd: random.Random, at: int, number: int, clauses: list[str]) -> dict[str, Any]:
    text = _words(rnd, clauses, rnd.randint(2, 5))
    plan = f"d{at}-a-2021"
    return {
        "id": f"{plan}/tasks/x{number}", "kind": "task", "title": re.split("[，。；]", text)[0][:36], "text": text,
        "year": 2021, "organ": f"d{at}-a", "doc_number": None, "units": [f"d{at}-a-town{number % _TOWNS}"],
        "themes": [], "audiences": [], "url": f"plans/{plan}/tasks/x{number}/",
    }  # fmt: skip


def _words(rnd: random.Random, clauses: list[str], count: int) -> str:
    """Some clauses: those of real texts, and runs of dictionary words."""
    filler, parts = _filler(), []
    for _ in range(count):
        at = rnd.randrange(len(filler) - 10)
        own = "".join(filler[at : at + rnd.randint(4, 10)]) + rnd.choice("，。")
        parts.append(rnd.choice(clauses) if rnd.random() < 0.6 else own)
    return "".join(parts)


@cache
def _clauses(records: str) -> list[str]:
    texts = (record["text"] for record in json.loads(records)["items"])
    return [clause for text in texts for clause in _CLAUSE.findall(text) if len(clause) > 5]


@cache
def _filler() -> list[str]:
    words = _dictionary()
    return random.Random(1).choices(words, [1 / (rank + 1) ** 0.7 for rank in range(len(words))], k=200_000)
