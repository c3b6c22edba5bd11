"""Settings of one column: ``extra.column`` in ``mkdocs.yml``, typed. Read without mkdocs, so that checks stay light."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from gongkai.column import urls
from gongkai.findings.finding import Finding, Severity
from gongkai.findings.reporters import sentence
from gongkai.load.messages import shape_messages
from gongkai.load.yaml_positions import locate, node_at
from gongkai.rules.rule import Thresholds

SETTINGS_FILE = "mkdocs.yml"

_IN_LAW = "期限、格式和规定它的文件现在一起写在 plans/vocabularies/law-<区县>.yml（见编辑手册“依据”），请删去这个设置"
_MOVED = {
    f"rules.{name}": _IN_LAW
    for name in ("adoption_workdays", "directory_due", "directory_due_from", "normative_number")
}
"""Settings of earlier versions, and where what they said is written now."""

PLACEHOLDER = "[待填写]"
"""What a demo shows where a real district must fill in; the production profile refuses it."""


def _address(check: Callable[[str], str]) -> AfterValidator:
    """Text that is an address, or empty."""
    return AfterValidator(lambda text: check(text) if text.strip() else "")


def _beginning(text: str) -> str:
    """What paths are added to: a directory, or an address that ends with a query for them."""
    return urls.web_address(text) if "?" in text else urls.base_address(text)


BaseAddress = Annotated[str, _address(urls.base_address)]
LinkAddress = Annotated[str, _address(urls.link_address)]
Beginning = Annotated[str, _address(_beginning)]
ReviewStep = Annotated[str, Field(pattern=r"^\S{1,20}$")]
"""What a step of the review is called, such as 初审; one word, for it stands in a line of the record of a review."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Footer(_Settings):
    """The seven items of a government website's footer (政府网站发展指引, 国办发〔2017〕47号)."""

    organizer: str = Field(PLACEHOLDER, description="主办单位")
    contact: str = Field(PLACEHOLDER, description="联系方式：电话、地址、邮编")
    site_code: str = Field(PLACEHOLDER, description="网站标识码")
    icp: str = Field(PLACEHOLDER, description="ICP备案号")
    police: str = Field(PLACEHOLDER, description="公安机关备案号")
    mark: str = Field(PLACEHOLDER, description="党政机关网站标识链接")
    correction: str = Field(PLACEHOLDER, description="我为政府网站找错链接")


class Settings(_Settings):
    """Everything a district sets. ``profile`` decides whether placeholders are allowed."""

    site_url: BaseAddress = Field("", description="网站正式地址，到目录为止；演示时留空")
    profile: Literal["demo", "production"] = "demo"
    fictional: bool = Field(False, description="演示的内容全部虚构：每页写明，并请搜索引擎不收录")
    portal_name: str = Field(description="门户网站名称")
    portal_url: LinkAddress | None = Field(None, description="门户网站首页地址；没有就不填")
    column_name: str = Field("政府信息公开", description="栏目名称，统一为“政府信息公开”")
    column_description: str = Field(description="栏目说明")
    site_domain: str = Field(PLACEHOLDER, description="网站域名")
    accent: str = Field("#9c1f1f", pattern=r"^#[0-9a-f]{6}$", description="主色")
    request_url: LinkAddress | None = Field(None, description="依申请公开在线申请地址")
    hotline: str | None = Field(None, pattern=r"^[0-9][0-9-]{2,19}$", description="咨询投诉热线的号码，如 12345")
    edit_url: Beginning | None = Field(None, description="仓库编辑地址前缀，如 https://…/edit/main/")
    footer: Footer = Field(default_factory=Footer)
    allowed_hosts: tuple[str, ...] = Field((), description="政府网站以外允许链接的域名")
    search_service: bool = Field(False, description="查找由 OpenSearch 前面的查找服务答复，见 deploy/opensearch.md")
    stale_after: int = Field(30, ge=1, description="多少天没有更新，页面提醒读者可能不是最新的")
    review: tuple[ReviewStep, ...] = Field((), description="公开前审核的步骤，如 [初审, 复审, 终审]；编辑台照它办")
    show_reviewers: bool = Field(False, description="网页上写明谁审核的（编辑台里通过了各步的姓名和日期）")
    publish: str | None = Field(None, min_length=1, description="编辑台发布到哪个目录：gongkai publish 的 TARGET")
    send: tuple[str, ...] = Field((), description="编辑台发布以后再送到哪里：gongkai publish 的 --send")
    rules: Thresholds = Field(default_factory=Thresholds, description="法规没有规定的数字")

    @property
    def demo(self) -> bool:
        """True when the build is a demonstration and must say so on every page."""
        return self.profile == "demo" or self.fictional


class SettingsError(Exception):
    """``mkdocs.yml`` cannot be used; the message has a Chinese sentence with its place for each finding."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("\n".join(f"{found.file}:{found.line}:{found.column} {sentence(found)}" for found in findings))


def _wrong(message: str, hint: str, place: tuple[int, int] = (1, 1), code: str = "SHAPE-09") -> Finding:
    return Finding(code, Severity.ERROR, SETTINGS_FILE, *place, message, hint)


class _ConfigLoader(yaml.SafeLoader):
    """mkdocs.yml has tags of its own; only ``!ENV`` matters to us."""


def _env(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    names = loader.construct_sequence(node) if isinstance(node, yaml.SequenceNode) else [loader.construct_scalar(node)]  # type: ignore[arg-type]
    *variables, default = names if len(names) > 1 else [*names, None]
    return next((os.environ[name] for name in variables if name in os.environ), default)


def _ignored(_loader: yaml.SafeLoader, _suffix: str, _node: yaml.Node) -> None:
    return None


_ConfigLoader.add_constructor("!ENV", _env)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/", _ignored)


def read_config(root: Path) -> dict[str, Any]:
    """All of ``mkdocs.yml`` as plain values.

    Raises:
        SettingsError: when it is missing or is no YAML.
    """
    return _config(_text(root))


def _text(root: Path) -> str:
    try:
        return (root / SETTINGS_FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(_wrong(f"找不到 {SETTINGS_FILE}", "请在仓库根目录运行")) from None
    except (OSError, UnicodeDecodeError) as error:
        words = f"{SETTINGS_FILE} 无法读取（{error.__class__.__name__}）"
        raise SettingsError(_wrong(words, "请另存为 UTF-8 编码")) from None


@lru_cache(maxsize=4)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of mkdocs.yml, which many ask for; what they stand for depends on the environment as well."""
    node: yaml.Node | None = yaml.compose(text, Loader=_ConfigLoader)
    return node


def _config(text: str) -> dict[str, Any]:
    try:
        node = _composed(text)
        config = _ConfigLoader("").construct_document(node) if node else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # no YAML; 2021-02-30; brackets without end
        mark = getattr(error, "problem_mark", None)
        place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        words = f"{SETTINGS_FILE} 无法读取（{error.__class__.__name__}）"
        raise SettingsError(_wrong(words, "请检查缩进、冒号和引号", place)) from None
    if twice := _twice(node):
        words = f"{SETTINGS_FILE} 的 {twice.value} 写了两次，只有后一个算数"
        place = (twice.start_mark.line + 1, twice.start_mark.column + 1)
        raise SettingsError(_wrong(words, "请合并成一个，或者删去一个", place))
    return config if isinstance(config, dict) else {}


def _twice(root: yaml.Node | None) -> yaml.ScalarNode | None:
    """A key that stands twice in one mapping; None where there is none. A node may lie within itself (``&a [*a]``)."""
    left, met = deque([root] if root else []), set[int]()
    while left:
        node = left.popleft()
        if id(node) in met:
            continue
        met.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            left += node.value
        elif isinstance(node, yaml.MappingNode):
            keys = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            if twice := [key for at, key in enumerate(keys) if key.value in {each.value for each in keys[:at]}]:
                return twice[0]
            left += [value for _, value in node.value]
    return None


def served_folders(root: Path) -> tuple[str, str]:
    """The directories of the pages of content/ and of the look, as ``mkdocs.yml`` names them; without it, the usual.

    Raises:
        SettingsError: when mkdocs.yml is no YAML.
    """
    config = read_config(root) if (root / SETTINGS_FILE).exists() else {"docs_dir": "content"}
    theme = config.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return str(config.get("docs_dir") or "docs"), str(custom or "overrides")


def load_settings(root: Path) -> Settings:
    """Read the settings of the repository at ``root``.

    Raises:
        SettingsError: when mkdocs.yml is missing, is no YAML, or has wrong or missing values: a finding for each.
    """
    text = _text(root)
    config = _config(text)
    extra = config.get("extra")
    column = extra.get("column") if isinstance(extra, dict) else None
    if not isinstance(column, dict):
        raise SettingsError(_wrong(f"{SETTINGS_FILE} 缺少 extra.column", "请参照 README 填写门户名称等设置"))
    try:
        return Settings.model_validate({"site_url": config.get("site_url") or "", **column})
    except ValidationError as error:
        raise SettingsError(*_findings(text, column, error)) from None


def _findings(text: str, column: dict[str, Any], error: ValidationError) -> list[Finding]:
    """What is wrong, each at its line; a value that came from the environment is said to have come from there."""
    found = []
    reasons = {wrong["loc"]: wrong.get("ctx", {}).get("error") for wrong in error.errors()}
    for message in shape_messages(Settings, error.errors()):
        inside = message.path != ("site_url",) or "site_url" in column
        path = ("extra", "column", *message.path) if inside else message.path
        words, hint = message.text, _MOVED.get(".".join(map(str, message.path)), message.hint)
        if isinstance(reason := reasons.get(message.path), urls.AddressError):
            words = f"{'.'.join(map(str, message.path))}：{reason}"
            hint = "请写成 https://www.example.gov.cn/zfxxgk/ 的样子"
        if variable := _variable(text, path):
            words = f"环境变量 {variable} 有误，{words}"
        place = locate(text, path, key=message.at_key)
        found.append(_wrong(words, hint or "请参照 README 填写", place, message.code))
    return found


def _variable(text: str, path: tuple[str | int, ...]) -> str | None:
    """The variable of the environment that a value came from."""
    node = node_at(text, path)
    if node is None or node.tag != "!ENV":
        return None
    parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return next((part.value for part in parts if part.value in os.environ), None)
