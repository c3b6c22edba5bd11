"""Small districts made at random: whatever an office may begin with, in any mixture."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import yaml

THEMES = [
    # id, scheme, parent: three levels, of which any may be all that is used
    ("n02", "national", None), ("n02-open", "national", "n02"), ("n02-open-town", "national", "n02-open"),
    ("rural", "local", None), ("rural-road", "local", "rural"), ("elderly", "local", None), ("schools", "local", None),
]  # fmt: skip
WORDS = ["农民", "老年人", "学校", "道路", "预算", "企业"]
GENRES = ["规范性文件", "政策文件", "通知", "规划", "解读", "其他"]
ORGANS = ["jiaxian", "yiqu", "bingqi"]
YEARS = range(2021, 2027)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.rnd = random.Random(seed)
        self.files: dict[str, dict[str, Any]] = {}
        self.organs = ORGANS[: self.rnd.choice([1, 1, 2, 3])]
        self.themes = [theme for theme in THEMES if theme[0] != "schools" or self.rnd.random() < 0.5]
        self.themed = self.rnd.random() < 0.7
        self.units: dict[str, list[str]] = {}

    def some(self, given: list[Any], most: int = 2) -> list[Any]:
        return self.rnd.sample(given, self.rnd.randint(0, min(most, len(given))))

    def may(self, chance: float = 0.4) -> bool:
        return self.rnd.random() < chance

    def tagged(self, value: dict[str, Any], key: str = "themes") -> dict[str, Any]:
        if self.themed and (found := self.some([theme[0] for theme in self.themes])):
            value[key] = found
        return value

    def text(self) -> str:
        return f"向{self.rnd.choice(WORDS)}公开有关情况{self.rnd.randrange(10**6)}。"

    def day(self, year: int) -> str:
        return f"{year}-{self.rnd.randint(1, 9):02}-{self.rnd.randint(1, 28):02}"

    def records(self, *kinds: str, organ: str | None = None) -> list[str]:
        """Ids of files of some kinds that are there already."""
        files = self.files.items()
        return [name for name, file in files if file.get("kind") in kinds and organ in (None, file.get("organ"))]

    def vocabularies(self) -> None:
        organs = [
            {"id": organ, "name": f"甲市{organ}人民政府", "short_name": organ, "region": "甲市"}
            for organ in self.organs
        ]
        self.files["vocabularies/organs"] = {"kind": "organs", "organs": organs}
        prefixes = [
            {"code": f"{name}政办发", "organ": organ, "issuer": f"{organ}-office"}
            for name, organ in zip("甲乙丙", self.organs, strict=False)
        ]
        self.files["vocabularies/document-numbers"] = {"kind": "document_numbers", "prefixes": prefixes}
        themes = [
            {"id": name, "name": f"主题{name}", "scheme": scheme, **({"parent": above} if above else {})}
            for name, scheme, above in self.themes
        ]
        self.files["vocabularies/themes"] = {"kind": "themes", "themes": themes}
        if self.may(0.8):
            audiences = [
                self.tagged(
                    {"id": f"people{at}", "name": f"人群{word}", "words": [word]}
                    if self.may(0.8)
                    else {"id": f"people{at}", "name": f"人群{word}"}
                )
                for at, word in enumerate(self.some(WORDS, 6))
            ]
            self.files["vocabularies/audiences"] = {"kind": "audiences", "audiences": audiences}
        for organ in self.organs:
            self.register(organ)

    def register(self, organ: str) -> None:
        units: list[dict[str, Any]] = [{"id": f"{organ}-office", "name": "县政府办公室", "kind": "office"}]
        units += [
            {"id": f"{organ}-unit{at}", "name": f"县第{at}局", "kind": "department"}
            for at in range(self.rnd.randint(0, 4))
        ]
        if self.may():
            units.append({"id": f"{organ}-branch", "name": "市税务局分局", "kind": "branch", "level": "市"})
        members = [unit["id"] for unit in units[1:]]
        if self.may():
            units.append(
                {
                    "id": f"{organ}-all",
                    "name": "各镇（街道）",
                    "kind": "group",
                    **({"members": members} if members else {}),
                }
            )
        if self.may():
            units.append({"id": f"{organ}-few", "name": "县政府有关部门", "kind": "subset"})
        if len(units) > 2 and self.may():
            units[1] |= {"valid_to": "2020-12-31", "successor": units[2]["id"]}
        self.units[organ] = [unit["name"] for unit in units]
        self.files[f"vocabularies/units-{organ}"] = {"kind": "units", "organ": organ, "units": units}

    def cell(self, organ: str) -> str:
        return "、".join(self.some(self.units[organ]) or self.units[organ][:1])

    def file(self, kind: str, organ: str, year: int, tail: str) -> dict[str, Any]:
        name = f"{organ}-{year}{tail}"
        self.files[name] = file = {
            "kind": kind,
            "id": name,
            "organ": organ,
            "year": year,
            "title": f"{year}年{organ}{kind}{len(self.files)}",
        }
        return self.tagged(file) if self.may(0.3) else file

    def document(self, file: dict[str, Any], genre: str | None = None) -> None:
        document: dict[str, Any] = {
            "issuer": f"{file['organ']}-office",
            "body": [self.text()],
            "openness": "主动公开",
            "sources": ["虚构"],
        }
        number = f"{'甲乙丙'[ORGANS.index(file['organ'])]}政办发〔{file['year']}〕{len(self.files)}号"
        document |= {"doc_number": number} if self.may(0.7) else {}
        document |= {"title": f"关于印发{file['title']}的通知"} if self.may(0.7) else {}
        document |= {"date_signed": self.day(file["year"])} if self.may(0.7) else {}
        document |= {"genre": genre} if genre else {}
        file["document"] = self.tagged(document)

    def annexed(self, file: dict[str, Any]) -> None:
        """A document of its own, or that of another file of the same year."""
        others = [
            name
            for name in self.records("plan", "catalogue", organ=file["organ"])
            if isinstance(self.files[name].get("document"), dict)
        ]
        if others and self.may():
            file["document"] = self.rnd.choice(others)
        else:
            self.document(file, self.rnd.choice([None, None, *GENRES[1:]]) if self.may(0.3) else None)

    def plan(self, organ: str, year: int) -> None:
        file = self.file("plan", organ, year, "")
        self.document(file)
        clause = {"number": "（一）", "title": "小节", "text": self.text()}
        file["sections"] = [self.tagged({"number": "一", "title": "公开", "text": self.text()})]
        if self.may():
            file["sections"][0] |= {"sections": [self.tagged(clause)]}
        rows = [
            self.tagged(
                {
                    "number": at,
                    "text": self.text(),
                    "units": self.cell(organ),
                    "deadline": self.rnd.choice([f"{year}年9月底前", "全年"]),
                }
            )
            for at in range(1, self.rnd.randint(1, 4))
        ]
        if rows:
            file["task_table"] = {
                "title": "任务分解表",
                "columns": ["序号", "具体要求", "责任单位", "完成时限"],
                "rows": rows,
            }
        elif self.may():
            file["sections"][0]["units"] = self.cell(organ)

    def directory(self, organ: str, year: int) -> None:
        file = self.file("decision_directory", organ, year, "-decisions")
        self.annexed(file)
        file["decisions"] = [
            self.tagged(
                {
                    "number": at,
                    "number_text": str(at),
                    "title": f"{self.text()[:-1]}",
                    "organizers": self.units[organ][0],
                }
            )
            for at in range(1, self.rnd.randint(2, 4))
        ]
        if self.may():
            stage = {
                "status": "published",
                "url": "https://www.example.gov.cn/1",
                "date": f"{year}-05-06",
                "start": f"{year}-05-06",
                "end": f"{year}-06-30",
            }
            early = {
                name: {"status": "published", "url": f"https://www.example.gov.cn/{name}"}
                for name in ("draft", "explanation")
            }
            file["decisions"][0]["stages"] = {**early, "consultation": {**stage, "channels": ["网站"]}}
        if self.may():
            file["decisions"][0]["planning"] = {"period": "2021-2025"}

    def projects(self, organ: str, year: int) -> None:
        file = self.file("project_list", organ, year, "-projects")
        self.annexed(file)
        listed = [self.tagged({"number": at, "title": self.text()[:-1]}) for at in range(1, self.rnd.randint(2, 4))]
        file["categories"] = [{"number": "一", "title": "一类", "projects": listed}]

    def paper(self, organ: str, year: int) -> None:
        file = self.file("document", organ, year, f"-wenjian{len(self.files)}")
        genre = self.rnd.choice(GENRES)
        self.document(file, genre)
        if genre == "规范性文件":
            number = f"{'甲乙丙'[ORGANS.index(organ)]}政办发〔{year}〕{len(self.files)}号"
            file["document"] |= {"date_published": f"{year}-10-01", "validity": "有效", "doc_number": number}
            file["document"].setdefault("date_signed", f"{year}-09-30")
        if genre == "解读":
            file |= (
                {"explains": [self.rnd.choice(others)]}
                if (others := self.records("plan", "document", "project_list"))
                else {}
            )
        if genre == "规划":
            others = [
                name
                for name in self.records("document")
                if self.files[name]["document"].get("genre") == "规划" and name != file["id"]
            ]
            file["planning"] = {
                "category": "专项规划",
                "period": "2021-2025",
                **({"parent": others[0]} if others and self.may() else {}),
            }
        if genre == "通知" and (
            others := [
                name
                for name in self.records("document", organ=organ)
                if name != file["id"] and self.files[name]["year"] < year
            ]
        ):
            file["document"]["revises"] = self.rnd.choice(others)

    def gazette(self, organ: str, year: int) -> None:
        file = self.file("gazette", organ, year, "-gongbao")
        others = self.records("plan", "document", "project_list", "decision_directory", "catalogue")
        items = [
            {"title": f"篇目{at}", **({"document": self.rnd.choice(others)} if others and self.may(0.8) else {})}
            for at in range(3)
        ]
        file |= {"issue": 1, "items": items, "sources": ["虚构"]}

    def participation(self, organ: str, year: int) -> None:
        file = self.file("participation", organ, year, "-canyu")
        items = [
            self.tagged(
                {
                    "number": at,
                    "type": self.rnd.choice(["意见征集", "政府开放活动", "听证"]),
                    "title": self.text()[:-1],
                    "organizer": "县政府办公室",
                }
            )
            for at in range(1, self.rnd.randint(2, 4))
        ]
        file |= {"items": items, "sources": ["虚构"]}

    def catalogue(self, organ: str, year: int) -> None:
        file = self.file("catalogue", organ, year, "-mulu")
        self.annexed(file)
        file["items"] = [
            {
                "number": at,
                "title": f"事项{at}",
                "units": self.cell(organ),
                "published": self.tagged({"kinds": [self.rnd.choice(["plan", "document", "gazette"])]}),
            }
            for at in range(1, self.rnd.randint(2, 5))
        ]


def random_district(seed: int, root: Path) -> None:
    """Write a district's ``plans/`` below a repository that has none; the same seed gives the same district."""
    maker = _Maker(seed)
    maker.vocabularies()
    kinds = [
        maker.plan,
        maker.directory,
        maker.projects,
        maker.paper,
        maker.gazette,
        maker.participation,
        maker.catalogue,
    ]
    chosen = maker.some(kinds, len(kinds))
    for _ in range(maker.rnd.randint(0, 8) if chosen else 0):
        maker.rnd.choice(chosen)(maker.rnd.choice(maker.organs), maker.rnd.choice(YEARS))
    write(root, maker.files)


def write(root: Path, files: dict[str, dict[str, Any]]) -> None:
    for name, value in files.items():
        path = root / "plans" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(_apart(value), allow_unicode=True, sort_keys=False), "utf-8")


def _apart(value: Any) -> Any:
    """Every mapping of its own: YAML would write one that stands twice as an anchor."""
    match value:
        case dict():
            return {key: _apart(item) for key, item in value.items()}
        case list():
            return [_apart(item) for item in value]
        case _:
            return value
