"""``mkdocs serve``: whatever is saved while it runs, the preview shows what a build from nothing would, at once."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

from gongkai.cache.place import cache_of
from gongkai.kinds.plan import KIND as PLAN_FILES
from gongkai.output.listing import NAME as LIST
from tests.miniature.build import AS_OF, miniature_repository
from tests.output.test_incremental import contents, drop_dead_references
from tests.waiting import free_port, until

SITE_URL = "http://127.0.0.1:8000/"
EPOCH = str(int(datetime.combine(AS_OF, datetime.min.time(), UTC).timestamp()))
SEARCH = "search/"
"""What a preview leaves as it was when it began."""


class Preview:
    """A repository, and what mkdocs would serve of it; :meth:`save` is what mkdocs does when files have changed."""

    def __init__(self, root: Path, out: Path) -> None:
        self.root, self.out = root, out
        config = self._config()
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url=SITE_URL)
        self._server = LiveReloadServer(self._build, "127.0.0.1", 0, str(out))
        mkdocs_looks = self._server.observer
        self._server = config.plugins.on_serve(self._server, config=config, builder=self._build)
        mkdocs_looks.stop()

    def _config(self) -> MkDocsConfig:
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.out))
        config.site_url = SITE_URL
        return config

    def _build(self) -> None:
        build(self._config(), serve_url=SITE_URL)

    def save(self, name: str, change: Callable[[str], str]) -> None:
        """Change the text of a file, and have it shown."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert change(text) != text
        path.write_text(change(text), encoding="utf-8")
        self.show()

    def show(self) -> None:
        """What mkdocs does when it sees that files have changed."""
        self._server.builder()

    def close(self) -> None:
        """Nobody is listening any more."""
        self._server.server_close()

    def page(self, url: str) -> str:
        """A page as it is served."""
        return (self.out / url / "index.html").read_text(encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """All files that are served, and the list of them, but for the search."""
        found = {name: content for name, content in contents(self.out).items() if not name.startswith(SEARCH)}
        found[LIST] = b"".join(
            line for line in found[LIST].splitlines(keepends=True) if not line.startswith(SEARCH.encode())
        )
        return found


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    with closing(Preview(miniature_repository(tmp_path), tmp_path / "served")) as served:
        yield served
    logging.getLogger("mkdocs").setLevel(logging.NOTSET)


def as_from_nothing(preview: Preview, scratch: Path) -> bool:
    """Whether the preview shows what another one shows that begins now."""
    shutil.rmtree(cache_of(preview.root))
    with closing(Preview(preview.root, scratch / "other")) as other:
        same = preview.files() == other.files()
    shutil.rmtree(other.out)
    return same


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


EDITS = [
    # what is edited, how, and a page that must show it
    ("plans/shili-2021.yml", replaced("title: 养老信息", "title: 养老新信息"), "plans/shili-2021", "养老新信息"),
    ("plans/vocabularies/organs.yml", replaced("short_name: 示例区", "short_name: 新例区"), "organs", "新例区"),
    ("overrides/bodies/unit.html", lambda text: text + "<p>新模板</p>\n", "units/shili-minzhengju", "新模板"),
    ("overrides/main.html", replaced("</title>", "（新框架）</title>"), "units", "（新框架）"),
    ("overrides/main.html", replaced("</title>", "（新框架）</title>"), "guide", "（新框架）"),
    ("mkdocs.yml", replaced("（演示）", "（新门户）"), "plans/shili-2021", "（新门户）"),
    ("content/guide.md", lambda text: text + "\n新的一段。\n", "guide", "新的一段。"),
]


@pytest.mark.parametrize(("name", "change", "url", "words"), EDITS)
def test_whatever_is_edited_is_shown(
    preview: Preview, tmp_path: Path, name: str, change: Callable[[str], str], url: str, words: str
) -> None:
    preview.save("plans/shili-2022.yml", lambda text: text + "# 先改一处无关的\n")
    assert words not in preview.page(url)
    preview.save(name, change)
    assert words in preview.page(url)
    assert as_from_nothing(preview, tmp_path)


def test_files_that_go_or_get_another_name_take_their_pages_with_them(preview: Preview, tmp_path: Path) -> None:
    old = preview.root / "plans/shili-2022.yml"
    text = (
        old.read_text(encoding="utf-8")
        .replace("id: shili-2022", "id: shili-2023", 1)
        .replace("year: 2022", "year: 2023")
    )
    old.with_name("shili-2023.yml").write_text(text, encoding="utf-8")
    preview.show()
    assert preview.page("plans/shili-2023")
    old.unlink()
    drop_dead_references(preview.root)
    preview.show()
    assert not (preview.out / "plans/shili-2022/index.html").exists()
    assert as_from_nothing(preview, tmp_path)


def sometimes(*case: object) -> Any:
    """A case of a kind of which another one is tried each time."""
    return pytest.param(*case, marks=pytest.mark.soak)


BROKEN = [
    ("plans/shili-2021.yml", replaced("title: ", "titel: ")),
    sometimes("overrides/bodies/unit.html", lambda text: text + "{% if %}"),
    sometimes("overrides/bodies/home.html", lambda text: text + "{{ nobody.knows }}"),
    ("overrides/main.html", lambda text: text + "{% if %}"),
    sometimes("mkdocs.yml", replaced("accent: ", "akzent: ")),
]


@pytest.mark.parametrize(("name", "change"), BROKEN)
def test_after_a_mistake_everything_saved_meanwhile_is_shown(
    preview: Preview, tmp_path: Path, name: str, change: Callable[[str], str]
) -> None:
    path = preview.root / name
    text = path.read_text(encoding="utf-8")
    with pytest.raises((Exception, Abort)):
        preview.save(name, change)
    with pytest.raises((Exception, Abort)):
        preview.save("plans/shili-2022.yml", replaced("title: ", "title: 新的"))
    path.write_text(text, encoding="utf-8")
    preview.show()
    assert "新的" in preview.page("plans/shili-2022")
    assert as_from_nothing(preview, tmp_path)


def test_a_mistake_in_a_file_is_told_as_mkdocs_tells_it(preview: Preview) -> None:
    """With the sentence and the line, and without a traceback, which mkdocs prints of all but an end of the program."""
    with pytest.raises(SystemExit, match=r"plans/shili-2021\.yml:\d+:\d+ SHAPE"):
        preview.save("plans/shili-2021.yml", replaced("\ntitle: ", "\ntitel: "))


def test_the_cache_may_go_while_the_preview_runs(preview: Preview, tmp_path: Path) -> None:
    shutil.rmtree(cache_of(preview.root))
    preview.save("plans/shili-2022.yml", replaced("title: ", "title: 新的"))
    assert "新的" in preview.page("plans/shili-2022")
    assert as_from_nothing(preview, tmp_path)


def test_the_command_itself_shows_an_edit(tmp_path: Path) -> None:
    root = miniature_repository(tmp_path)
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    with (
        (tmp_path / "said").open("w") as said,
        subprocess.Popen(command, cwd=root, env=environment, stderr=said) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}/plans/shili-2022/"
            seen(server, address, "</html>")
            for name in ("plans/shili-2022.yml", "overrides/bodies/plan.html", "content/guide.md"):
                path, words = root / name, f"新的{name}"
                text = (path if path.is_file() else PLAN_FILES.templates / path.name).read_text(encoding="utf-8")
                new = text.replace("title: ", f"title: {words}", 1) if path.suffix == ".yml" else f"{text}\n{words}\n"
                path.write_text(new, encoding="utf-8")
                where = address.replace("plans/shili-2022", "guide") if path.suffix == ".md" else address
                seen(server, where, words)
        finally:
            server.terminate()


def seen(server: subprocess.Popen[bytes], address: str, words: str) -> None:
    """Wait until a page shows some words."""

    def shown() -> bool:
        assert server.poll() is None, "the preview ended"
        try:
            with urlopen(address) as answer:
                return words in answer.read().decode()
        except URLError:
            return False

    until(f"{words} on {address}", shown)
