"""Whole sites of districts of five provinces: the law of the place from its first day, and nobody else's."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai import pipeline
from tests.conftest import ROOT
from tests.law.districts import words_in
from tests.theme import render_theme

TODAY = date(2026, 11, 26)
PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃",
    "青海", "宁夏", "新疆",
)  # fmt: skip
SHANDONG = ("莱芜", "济长", "济南", "长清", "鲁政")


@dataclass(frozen=True)
class District:
    """A made-up district of a province, and what begins to bind it on a day: by which rule that is seen, and told."""

    province: str
    division: str
    first: date
    rule: str
    cited: str
    told: str | None = None
    always: bool = False  # whether the rule had another ground before


COMPETITION = (date(2024, 8, 1), "DEC-27", "《公平竞争审查条例》", "《公平竞争审查条例》（国务院令第783号）")
OWN_CITY = "示例市人民政府《示例市决策公开办法》（示府〔2026〕1号）第七条"
DISTRICTS = (
    District(
        "福建", "359901", date(2026, 3, 1), "DEC-31", "《福建省重大行政决策程序若干规定》（省政府令第251号）第五条"
    ),
    District("广东", "449911", date(2026, 2, 1), "DEC-12", OWN_CITY, "已经逾期"),
    District("河南", "419901", *COMPETITION, always=True),
    District("四川", "519901", *COMPETITION, always=True),
    District("贵州", "529901", *COMPETITION, always=True),
)
CITY = """
kind: law
authorities: [{id: shili-city, name: 示例市人民政府, division: "449900"}]
instruments:
  - id: shili-city-1
    title: 示例市决策公开办法
    number: 示府〔2026〕1号
    force: 规范性文件
    issuer: shili-city
    in_force: 2026-02-01
    norms:
      - {id: shili-city-1-7, clause: 第七条, duty: adoption.publish, modality: 应当,
         text: 印发后15个工作日内公开采纳情况。, span: {number: 15, unit: 工作日}}
"""


def directory(name: str, day: date) -> str:
    """A directory all of whose events are on one day."""
    return f"""
kind: decision_directory
id: shili-{name}
organ: shili
year: {day.year}
title: 示例区人民政府{day.year}年度重大行政决策事项目录
party_consent: 经区委同意
document:
  title: 示例区人民政府办公室关于公布决策事项目录的通知
  issuer: shili-zhengfuban
  body: [经区委同意，现予公布。]
  date_signed: {day}
  date_published: {day}
  openness: 主动公开
  sources: [虚构的例子]
decisions:
  - number: 1
    number_text: 一
    title: 示例区停车管理办法
    organizers: 区民政局
    business_impact: true
    public_concern: true
    stages:
      meeting: {{status: published, date: {day}, held: {day}, type: 常务会议}}
      fair_competition: {{status: not_applicable, reason: 不涉及}}
      result: {{status: published, date: {day}, issued: {day}}}
      adoption: {{status: pending}}
"""


def column(root: Path, district: District) -> Path:
    """A column of nothing but two directories, one of the day before, one of the first day."""
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    words = root / "plans/vocabularies"
    words.mkdir(parents=True)
    (words / "organs.yml").write_text(
        "kind: organs\norgans:\n  - {id: shili, name: 示例市示例区人民政府, short_name: 示例区, region: 示例市, "
        f'division: "{district.division}"}}\n',
        "utf-8",
    )
    (words / "units-shili.yml").write_text(
        "kind: units\norgan: shili\nunits:\n  - {id: shili-zhengfuban, name: 区政府办公室, kind: office}\n"
        "  - {id: shili-minzheng, name: 区民政局, kind: department}\n",
        "utf-8",
    )
    if district.rule == "DEC-12":
        (words / "law-shili.yml").write_text(CITY, "utf-8")
    for name, day in (("before", district.first - timedelta(days=1)), ("after", district.first)):
        (root / f"plans/shili-{name}.yml").write_text(directory(name, day), "utf-8")
    return root


@pytest.mark.parametrize("district", DISTRICTS, ids=[district.division for district in DISTRICTS])
def test_a_site_tells_the_law_of_its_place_from_its_first_day(district: District, tmp_path: Path) -> None:
    """In findings, on every page and in every file: search, open data, feeds and the handbook, too."""
    root, site = column(tmp_path / "repository", district), tmp_path / "site"
    built = pipeline.build(root, site, tmp_path / "cache", TODAY, render_theme)
    assert built.ok, built.report()
    found = {Path(each.file).stem: each.citation or "" for each in built.checked.findings if each.code == district.rule}
    assert district.cited in found["shili-after"]
    assert ("shili-before" in found) is district.always
    assert district.cited not in found.get("shili-before", "")
    pages = {name: (site / f"decisions/shili-{name}/1/index.html").read_text("utf-8") for name in ("before", "after")}
    if district.told:
        assert district.told in pages["after"]
        assert district.told not in pages["before"]
    there = {name for name, _ in words_in(site, ("停车管理", district.cited))}
    assert there >= {"data/v1/decisions.json", "decisions/shili-after/1/index.html"}, "words_in finds what is there"
    for place in ("search/", "handbook/rules/", "calendar.ics"):
        assert any(name.startswith(place) for name in there), place
    assert any(name.endswith("feed.xml") for name in there)
    elsewhere = [name for name in PROVINCES if name != district.province]
    assert not list(words_in(site, (*elsewhere, *SHANDONG)))
    said = "".join(f"{each.message}{each.hint}{each.citation}" for each in built.checked.findings)
    assert not [name for name in (*elsewhere, *SHANDONG) if name in said]
