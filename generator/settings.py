"""Settings of one column: ``extra.column`` in ``mkdocs.yml``, typed. Read without mkdocs, so that checks stay light."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator.rules.rule import Thresholds

_FILE = "mkdocs.yml"

_MOVED = {
    "rules.adoption_workdays": "期限和规定它的文件现在一起写在 plans/vocabularies/decision-stages-<区县>.yml 的 "
    "adoption_within 里，请删去这个设置"
}
"""Settings of earlier versions, and where what they said is written now."""

PLACEHOLDER = "[待填写]"
"""What a demo shows where a real district must fill in; the production profile refuses it."""


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

    site_url: str = Field("", description="网站正式地址，以 / 结尾；演示时留空")
    profile: Literal["demo", "production"] = "demo"
    portal_name: str = Field(description="门户网站名称")
    portal_url: str | None = Field(None, description="门户网站首页地址；没有就不填")
    column_name: str = Field("政府信息公开", description="栏目名称，统一为“政府信息公开”")
    column_description: str = Field(description="栏目说明")
    site_domain: str = Field(PLACEHOLDER, description="网站域名")
    accent: str = Field("#9c1f1f", pattern=r"^#[0-9a-f]{6}$", description="主色")
    request_url: str | None = Field(None, description="依申请公开在线申请地址")
    edit_url: str | None = Field(None, description="仓库编辑地址前缀，如 https://…/edit/main/")
    footer: Footer = Field(default_factory=Footer)
    allowed_hosts: tuple[str, ...] = Field((), description="政府网站以外允许链接的域名")
    rules: Thresholds = Field(default_factory=Thresholds, description="法规没有规定的数字")

    @property
    def demo(self) -> bool:
        """True when the build is a demonstration and must say so on every page."""
        return self.profile == "demo"


class SettingsError(Exception):
    """``mkdocs.yml`` cannot be used; the message is a Chinese sentence for the operator."""


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
    try:
        config = yaml.load((root / _FILE).read_text(encoding="utf-8"), Loader=_ConfigLoader)  # noqa: S506 - a SafeLoader
    except FileNotFoundError:
        raise SettingsError(f"找不到 {_FILE}：请在仓库根目录运行") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{_FILE} 无法读取，请检查缩进、冒号和编码（UTF-8）：{error.__class__.__name__}") from None
    return config if isinstance(config, dict) else {}


def load_settings(root: Path) -> Settings:
    """Read the settings of the repository at ``root``.

    Raises:
        SettingsError: when mkdocs.yml is missing, is no YAML, or has a wrong or missing value.
    """
    config = read_config(root)
    column = (config.get("extra") or {}).get("column")
    if not isinstance(column, dict):
        raise SettingsError(f"{_FILE} 缺少 extra.column：请参照 README 填写门户名称等设置")
    try:
        return Settings.model_validate({"site_url": config.get("site_url") or "", **column})
    except ValidationError as error:
        places = [".".join(map(str, item["loc"])) for item in error.errors()]
        hints = "".join(f"；{_MOVED[place]}" for place in places if place in _MOVED)
        raise SettingsError(f"{_FILE} 的 extra.column 有误：{'、'.join(places)}{hints}") from None
