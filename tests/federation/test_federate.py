"""A city column made of what twelve districts published: built apart, joined, found by one search, leading home."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from gongkai import pipeline
from gongkai.assets import files_below
from gongkai.cli import main
from gongkai.findings.finding import errors
from gongkai.kinds.walk import all_records
from gongkai.load.published import PublishedError, Source, read_district
from gongkai.output import plain
from gongkai.output.manifest import write_manifest
from gongkai.output.verification import verify
from gongkai.rules.site.registry import facts_of, judge_site
from tests.conftest import ROOT
from tests.federation.test_federation import district, rows
from tests.miniature.build import AS_OF, miniature_repository
from tests.waiting import passes_in_node

NAMES = "甲乙丙丁戊己庚辛壬癸子丑"
HOME = "https://www.d{}.example.gov.cn/zfxxgk/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve districts, each built and published apart, each with ids of its own."""
    scratch = tmp_path_factory.mktemp("districts")
    for at, name in enumerate(NAMES):
        root = district(scratch, f"d{at}", f"{name}州", ids=f"d{at}")
        done = pipeline.build(root, scratch / "sites" / f"d{at}", root / ".cache", AS_OF, plain.render_theme)
        assert done.ok, done.report()
        write_manifest(scratch / "sites" / f"d{at}", {})
        shutil.rmtree(root)
    listed = "".join(f"  - {{home: '{HOME.format(at)}', site: sites/d{at}}}\n" for at in range(len(NAMES)))
    (scratch / "districts.yml").write_text(f"districts:\n{listed}", encoding="utf-8")
    return scratch


def federated(scratch: Path, districts: Path, *more: str, without: str = "") -> Result:
    root = miniature_repository(scratch)
    if without:
        shutil.rmtree(root / without)
    for path in (root / "plans").glob("*.yml"):
        path.unlink()
    return CliRunner().invoke(main, ["federate", str(scratch / "city"), str(districts), "--root", str(root), *more])


@pytest.fixture(scope="module")
def city(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scratch = tmp_path_factory.mktemp("city")
    done = federated(scratch, published / "districts.yml")
    assert done.exit_code == 0, done.output
    return scratch / "city"


def test_every_row_of_every_district_is_there_and_leads_home(published: Path, city: Path) -> None:
    for table in ("records", "plans", "tasks", "decisions", "projects", "documents", "units", "organs"):
        joined = rows(city, table)
        for at in range(len(NAMES)):
            for identifier, row in rows(published / f"sites/d{at}", table).items():
                assert joined.pop(identifier) | {"url": ""} == absolute(row, HOME.format(at)) | {"url": ""}
                assert (published / f"sites/d{at}" / row["url"] / "index.html").is_file()
        assert joined == {}, table
    assert {row["url"].split("zfxxgk/")[0] for row in rows(city, "tasks").values()} == {
        HOME.format(at).split("zfxxgk/")[0] for at in range(len(NAMES))
    }
    shared = rows(published / "sites/d0", "themes")
    assert set(rows(city, "themes")) == set(shared)


def test_a_city_needs_no_theme_of_its_own_nor_more_than_one_process(
    published: Path, city: Path, tmp_path: Path
) -> None:
    done = federated(tmp_path, published / "districts.yml", "--jobs", "1", without="overrides")
    assert done.exit_code == 0, done.output
    made, same = (files_below(site.resolve()) for site in (tmp_path / "city", city))
    assert list(made) == list(same)
    assert not [name for name in made if made[name].read_bytes() != same[name].read_bytes()]


def absolute(row: dict[str, object], home: str) -> dict[str, object]:
    """The row with the addresses inside it made whole, through its text: another way than the program's."""
    text = json.dumps(row, ensure_ascii=False)
    for url in {found for found in text.split('"url": "')[1:] if not found.startswith("http")}:
        text = text.replace(f'"url": "{url}', f'"url": "{home}{url}')
    value: dict[str, object] = json.loads(text)
    return value


def test_the_page_names_every_district_and_nothing_is_broken(city: Path) -> None:
    home = (city / "index.html").read_text(encoding="utf-8")
    for at, name in enumerate(NAMES):
        assert f'<a href="{HOME.format(at)}index.html">{name}州区</a>' in home
    wrong = errors(judge_site(facts_of(city.resolve(), AS_OF)))
    assert [finding for finding in wrong if finding.code.startswith(("LINK", "SEC", "PRIV"))] == []
    count, wrong_files = verify(str(city))
    assert wrong_files == []
    assert count > 30


def test_one_search_finds_every_district_and_leads_home(city: Path, published: Path) -> None:
    script = f"""
        import {{ diskStore, loadScripts }} from "{ROOT}/benchmarks/search/engine.mjs";
        const search = loadScripts();
        const engine = await search.openEngine(diskStore("{city}"));
        const answer = await engine.search("养老机构名单", {{ limit: 500 }});
        console.log(JSON.stringify(answer.hits.map((hit) => hit.entry)));
    """
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {entry["url"].split("zfxxgk/")[0] for entry in found} == {
        HOME.format(at).split("zfxxgk/")[0] for at in range(len(NAMES))
    }


def test_a_query_that_names_a_page_is_led_to_it_on_the_districts_own_site(city: Path, published: Path) -> None:
    unit = rows(published / "sites/d3", "units")["d3-minzhengju"]
    script = f"""
        import {{ diskStore, loadScripts }} from "{ROOT}/benchmarks/search/engine.mjs";
        const search = loadScripts();
        const engine = await search.openEngine(diskStore("{city}"));
        const found = [];
        for (const query of ["丁州区{unit["name"]}", "{unit["name"]}", "丁州区"]) {{
            found.push((await engine.search(query)).destinations);
        }}
        console.log(JSON.stringify([...found, engine.reader.head.districts]));
    """
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    one, several, district, organs = json.loads(done.stdout)
    assert [(page["url"], organs[page["organ"]]) for page in one] == [
        (f"{HOME.format(3)}units/d3-minzhengju/", ["丁州区"])
    ]
    assert len({page["organ"] for page in several}) == len(several) > 1
    assert district[0]["url"].startswith(HOME.format(3))
    homes = {page["url"].partition("units/")[0] for page in several}
    assert homes <= {HOME.format(at) for at in range(len(NAMES))}


@pytest.mark.browser
def test_in_a_browser_it_finds_every_district_and_leads_home(city: Path) -> None:
    passes_in_node(ROOT / "tests/browser/federation/federation.test.mjs", SITE=str(city.resolve()))


def test_a_bad_district_stops_nobody_and_is_named_on_the_page_and_in_the_report(
    published: Path, tmp_path: Path, city: Path
) -> None:
    shutil.copytree(published, tmp_path / "copy")
    table = tmp_path / "copy/sites/d3/data/v1/records.json"
    table.write_text(table.read_text("utf-8").replace("养老", "敬老", 1), "utf-8")
    done = federated(tmp_path, tmp_path / "copy/districts.yml")
    assert done.exit_code == 3
    assert "与它的 manifest.json 不符" in done.output
    assert f"没有这个区县的内容：{HOME.format(3)}" in done.output
    home = (tmp_path / "city/index.html").read_text("utf-8")
    assert f'<a href="{HOME.format(3)}index.html">{HOME.format(3)}</a>' in home
    assert home.count("没有收到可以使用的数据") == 1
    assert set(rows(tmp_path / "city", "organs")) == set(rows(city, "organs")) - {"d3"}


HOSTILE = {
    "an address of a script": ("url", "javascript:alert(1)/", "读不懂"),
    "an address outside": ("url", "../../elsewhere/", "读不懂"),
    "an address of another host": ("url", "//evil.example/", "读不懂"),
    "a number for a text": ("title", 1, "读不懂"),
    "a kind that nobody knows": ("kind", "x", "读不懂"),
    "a unit that nobody knows": ("units", ["nobody"], "读不懂"),
    "a theme that nobody knows": ("themes", ["nothing"], "读不懂"),
    "personal data": ("text", "电话13812345678", "手机号码"),
}


@pytest.mark.parametrize(("field", "value", "said"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_data_is_refused(published: Path, tmp_path: Path, field: str, value: object, said: str) -> None:
    shutil.copytree(published / "sites/d0/data", tmp_path / "data")
    path = tmp_path / "data/v1/records.json"
    table = json.loads(path.read_bytes())
    table["items"][3][field] = value
    path.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(PublishedError, match=said):
        read_district(Source(home="https://www.example.gov.cn/", site=tmp_path))


def test_depth_is_refused(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published / "sites/d0/data", tmp_path / "data")
    (tmp_path / "data/v1/tasks.json").write_text('{"items": ' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(PublishedError, match="读不懂"):
        read_district(Source(home="https://www.example.gov.cn/", site=tmp_path))


@pytest.mark.parametrize("home", ["javascript:x/", "//evil/", "/x/", "https://a b/", "https:/x/", "https://x/?y", "x/"])
def test_a_home_is_an_address_of_the_web_or_beside(home: str, tmp_path: Path) -> None:
    (tmp_path / "districts.yml").write_text(f"districts: [{{home: '{home}', site: x}}]", encoding="utf-8")
    done = CliRunner().invoke(main, ["federate", str(tmp_path / "city"), str(tmp_path / "districts.yml")])
    assert done.exit_code == 1
    assert "请按 deploy/federation.md 列出" in done.output


def test_the_same_district_twice_is_said_so(published: Path, tmp_path: Path) -> None:
    listed = "".join(f"  - {{home: ../{home}/, site: {published}/sites/d0}}\n" for home in "xy")
    (tmp_path / "districts.yml").write_text(f"districts:\n{listed}", encoding="utf-8")
    done = federated(tmp_path, tmp_path / "districts.yml")
    assert done.exit_code == 3
    assert "在两个区县里用了两次" in done.output


def test_where_no_district_can_be_used_nothing_is_published(tmp_path: Path) -> None:
    (tmp_path / "districts.yml").write_text("districts: [{home: ../x/, site: x}, {home: ../y/, site: y}]", "utf-8")
    done = federated(tmp_path, tmp_path / "districts.yml")
    assert done.exit_code == 1
    assert done.output.count("没有这个区县的内容") == 2
    assert not (tmp_path / "city").exists()


def test_a_federation_knows_of_every_record_what_its_district_knows(tmp_path: Path) -> None:
    """From the open data alone: what is searched, and what results are sorted by."""
    home = "https://www.example.gov.cn/"
    own = pipeline.check(miniature_repository(tmp_path), AS_OF).column
    district = read_district(Source(home=home, site=ROOT / "tests/miniature/expected"))
    joined = {record.id: replace(record, units_text="") for record in district.records}  # made of the units' names
    assert len(joined) > 40
    assert joined == {record.id: replace(record, url=home + record.url, units_text="") for record in all_records(own)}


def test_a_template_that_is_none_is_told_with_its_line(published: Path, tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    (root / "overrides/main.html").write_text("x\n{% if %}\n", encoding="utf-8")
    given = [str(tmp_path / "city"), str(published / "districts.yml"), "--root", str(root)]
    done = CliRunner().invoke(main, ["federate", *given])
    assert done.exit_code == 1
    assert "overrides/main.html:2 模板写错了" in done.output
    assert not (tmp_path / "city").exists()
