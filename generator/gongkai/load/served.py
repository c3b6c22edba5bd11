"""What lies in ``content/`` and ``overrides/`` and is served as it is: the same rules as for ``plans/``.

Nothing is followed out of the repository, only kinds of files are served that a site serves, and what an office uploads
is looked at as attachments are. Scripts, styles and fonts belong to the look of the column, in ``overrides/``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.cache.cache import Cache
from gongkai.column import urls
from gongkai.column.attachment import FORMATS, ILLUSTRATIONS, THEME_FILES, FileFormat
from gongkai.column.withdrawal import content_address
from gongkai.findings.finding import Finding, Severity
from gongkai.kinds.addresses import OF_FILES
from gongkai.load.attachments import examine, weight
from gongkai.load.yaml_positions import locate
from gongkai.text.address import is_malformed
from gongkai.text.patterns import anywhere
from gongkai.text.personal_data import private_data_in_markup
from gongkai.text.place import line_and_column

_SETTINGS = "mkdocs.yml"
_PAGE = ".md"
_TEMPLATE = ".html"
_REFERENCE = anywhere(r"""(?:\]\([ \t]*<?|\]:[ \t]*<?|=["']|<)((?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^\s<>"'()]*)""")
"""Where a link or a picture of a page leads, in Markdown or HTML, with the name of a host."""
_LICENCES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "OFL")


def read_served(root: Path, content: str, overrides: str, cache: Cache) -> list[Finding]:
    """What is wrong with the files that are served beside the pages of ``plans/``.

    Args:
        root: the repository.
        content: the directory of the pages of content/, as mkdocs.yml names it (``docs_dir``).
        overrides: that of templates and of the look (``theme.custom_dir``).
        cache: what was found in a file before, by its content.
    """
    places = {("docs_dir",): content, ("theme", "custom_dir"): overrides}
    findings = []
    for path, written in places.items():
        if (folder := _inside(root, written)) is None:
            findings.append(_elsewhere(root, path, written))
        else:
            findings += _Folder(root, cache, of_theme=path != ("docs_dir",)).findings(folder)
    return findings


def _inside(root: Path, written: str) -> Path | None:
    """A directory below the repository that is no link; None for any other."""
    base = root.resolve()
    folder = Path(os.path.normpath(base / written))
    return root / written if base in folder.parents and folder.resolve() == folder else None


def _elsewhere(root: Path, path: tuple[str, ...], written: str) -> Finding:
    settings = root / _SETTINGS
    line, column = locate(settings.read_text(encoding="utf-8"), path) if settings.is_file() else (1, 1)
    words = f"{'.'.join(path)} 的目录 {written} 不在仓库里，或者是链接"
    hint = "请写仓库里的一个目录，如 content、overrides，把文件本身放进去"
    return Finding("ATT-01", Severity.ERROR, _SETTINGS, line, column, words, hint)


class _Folder:
    """One of the two directories; ``of_theme`` is the one with the look of the column."""

    def __init__(self, root: Path, cache: Cache, *, of_theme: bool) -> None:
        self.root, self.cache, self.of_theme = root, cache, of_theme
        self.kinds: Mapping[str, FileFormat] = THEME_FILES if of_theme else {**FORMATS, **ILLUSTRATIONS}

    def findings(self, folder: Path) -> list[Finding]:
        """What is wrong with any file; what begins with a dot is never served."""
        return [found for path in sorted(served_files(folder)) for found in self._file(path, folder)]

    def _file(self, path: Path, folder: Path) -> Iterator[Finding]:
        source = path.relative_to(self.root).as_posix()
        if path.is_symlink() or not path.is_file():
            yield _wrong("ATT-01", source, "这是链接或者特殊文件，不能公开", "请把文件本身放进来，不能用链接代替")
        elif path.suffix == _PAGE and not self.of_theme:
            yield from _made(content_address(path.relative_to(folder).as_posix()), source)
            yield from _page(path, source)
        elif not (self.of_theme and (path.suffix == _TEMPLATE or path.name in _LICENCES)):
            _, faults = examine(self.root, source, path.name, self.cache, self.kinds)
            yield from (_wrong(code, source, words, hint) for code, words, hint in faults)


def served_files(folder: Path) -> Iterator[Path]:
    """Everything that could be served; linked directories themselves, and nothing in them."""
    for directory, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if Path(directory, name).is_symlink()]
        yield from (Path(directory, name) for name in (*files, *linked) if not name.startswith("."))


def _made(address: str, source: str) -> Iterator[Finding]:
    """Whether the program makes the page that a file of content/ would be."""
    if address in ("", *OF_FILES, *urls.MADE):
        words = f"网址 {address or '/'} 是程序生成的网页，这个文件不会公开"
        yield _wrong("FILE-03", source, words, "请换一个文件名；不公开的，请移出这个目录")


def _page(path: Path, source: str) -> Iterator[Finding]:
    """A page of content/: text in UTF-8 without personal data, whose links are addresses."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        yield _wrong("YAML-13", source, "文件不是 UTF-8 编码", "请用记事本打开，另存为 UTF-8 编码")
        return
    for found in _REFERENCE.finditer(text):
        if is_malformed(found[1]):
            words, hint = f"“{found[1]}”不是网址", "请写完整网址，以 https:// 或 http:// 开头"
            yield Finding("LINK-01", Severity.ERROR, source, *line_and_column(text, found.start(1)), words, hint)
    for datum in private_data_in_markup(text):
        hint = "请删去或以 * 代替后再提交；已经提交过的还要从历史记录中清除"
        words = f"这里有{datum.kind}（{datum.masked}），不能公开"
        yield Finding("PRIV-01", Severity.ERROR, source, *line_and_column(text, datum.start), words, hint)


def _wrong(code: str, source: str, words: str, hint: str) -> Finding:
    return Finding(code, weight(code), source, 1, 1, words, hint)
