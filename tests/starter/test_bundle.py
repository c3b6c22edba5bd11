"""The program for computers without a network: one zip, from which a column begins with networking off."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.markers import default_environment

from gongkai import packaged
from gongkai.extras import PURPOSES
from gongkai.starter.bundle import make_bundle
from gongkai.starter.program import Wheel
from gongkai.starter.wheels import PLATFORMS, PYTHONS, Platform, WheelsError, find_wheels, requirements
from tests.conftest import ROOT
from tests.starter.test_init import ANSWERS
from tests.waiting import finished

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
OFFLINE = ["unshare", "-rn"]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.name)
def test_every_locked_library_is_wanted_once_where_its_marker_holds(platform: Platform, python: str) -> None:
    wanted = requirements(platform, python)
    names = [each.name for each in wanted]
    assert len(names) == len(set(names))
    locks = "".join(packaged.lock(name).read_text("utf-8") for name in ("", *PURPOSES))
    for each in wanted:
        assert f"{each.name}=={each.version}" in locks
        assert each.text.count("--hash=sha256:") >= 1
        assert ";" not in each.text
    assert ("rjsmin" in names) == (platform.sys_platform == "linux")
    assert {"click", "pydantic-core", "pdfplumber", "brotli", "pymdown-extensions"} <= set(names)


def test_the_environment_of_a_platform_has_what_markers_ask_for() -> None:
    asked = {name for name in default_environment() if name not in ("platform_release", "platform_version")}
    for platform in PLATFORMS.values():
        assert platform.environment("3.12").keys() >= asked - {"implementation_version"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Wheel:
    out = tmp_path_factory.mktemp("dist")
    done = finished([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("*.whl")
    return Wheel(path.name, path.read_bytes())


@pytest.mark.soak
def test_a_column_begins_from_it_without_a_network(wheel: Wheel, tmp_path: Path) -> None:
    if subprocess.run([*OFFLINE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody take the network away (unshare -rn)")
    here = PLATFORMS["linux-x86_64"]
    try:
        find_wheels([each for each in requirements(here, PYTHON) if each.name == "click"], here, PYTHON)
    except WheelsError as error:
        pytest.skip(f"no registry to fetch the wheels from: {error}")
    made = make_bundle(here, [PYTHON], wheel, lambda _: None)
    root = tmp_path / "不联网 的电脑"
    (tmp_path / "x.zip").write_bytes(made.content)
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        archive.extractall(root)
    start = [*OFFLINE, "sh", root / "start.sh"]

    def offline(*words: str) -> str:
        done = finished([*start, *words], cwd=root)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "的专栏已写好" in offline("init", ".", *ANSWERS)
    assert "没有发现问题" in offline("check")
    assert "网站已生成" in offline()
    offline("publish", "public")
    assert "全部相符" in offline("verify", "public", "--max-age", "2d")
    lines = f"{wheel.sha256}  {wheel.name}\n"
    assert (root / "program/SHA256SUMS").read_text("ascii") == lines, "init knows the wheel that it was installed from"
    stated = next((root / "program/wheels").glob("click-*.whl"))
    stated.write_bytes(stated.read_bytes() + b"x")
    (root / ".venv/gongkai.sha256").unlink()
    done = finished([*start, "check"], cwd=root)
    assert done.returncode == 2, "a library that is not the very one is not installed"
