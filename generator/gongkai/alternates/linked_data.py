"""JSON-LD (schema.org) of documents, plans, organizations and the data set, beside the pages they describe.

Linked files, not scripts in the page: the column's Content-Security-Policy allows no inline script.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gongkai.alternates.feeds import urn
from gongkai.alternates.tables import TABLES
from gongkai.column import urls
from gongkai.column.document import Document
from gongkai.column.site_data import SiteData


def document_ld(column: SiteData, document: Document, title: str, url: str, site_url: str) -> bytes:
    """An official document, or what it carries, as schema:Legislation (which is a schema:CreativeWork)."""
    return _dump(
        {
            "@type": "Legislation",
            "@id": urn(url.rstrip("/")),
            "name": title,
            "url": urls.address(url, url, site_url),
            "inLanguage": "zh-CN",
            "legislationIdentifier": document.doc_number,
            "legislationDate": document.date_signed.isoformat() if document.date_signed else None,
            "datePublished": document.date_published.isoformat() if document.date_published else None,
            "legislationPassedBy": _organization(document.issuer_name),
            "legislationJurisdiction": column.organs[document.organ].as_on(document.date_signed).name,
            "about": [column.themes[theme].name for theme in document.themes],
            "isAccessibleForFree": True,
        }
    )


def unit_ld(column: SiteData, unit_id: str, site_url: str) -> bytes:
    """A responsible unit (责任单位) as schema:GovernmentOrganization."""
    unit = column.units[unit_id]
    return _dump(
        {
            "@type": "GovernmentOrganization",
            "@id": urn(urls.unit(unit_id).rstrip("/")),
            "name": unit.name,
            "legalName": unit.full_name,
            "alternateName": list(unit.aliases),
            "url": urls.address(urls.unit(unit_id), urls.unit(unit_id), site_url),
            "telephone": unit.contact.telephone if unit.contact else None,
            "address": unit.contact.address if unit.contact else None,
            "parentOrganization": _organization(column.organs[unit.organ].name),
            "foundingDate": unit.valid_from.isoformat() if unit.valid_from else None,
            "dissolutionDate": unit.valid_to.isoformat() if unit.valid_to else None,
        }
    )


def organ_ld(column: SiteData, organ_id: str, site_url: str) -> bytes:
    """A district government as schema:GovernmentOrganization."""
    organ = column.organs[organ_id]
    url = urls.organ(organ_id)
    return _dump(
        {
            "@type": "GovernmentOrganization",
            "@id": urn(url.rstrip("/")),
            "name": organ.name,
            "alternateName": [organ.short_name],
            "url": urls.address(url, url, site_url),
            "areaServed": f"{organ.region}{organ.short_name}",
        }
    )


def dataset_ld(column: SiteData, site_url: str) -> bytes:
    """The open data as schema:Dataset with every file."""
    return _dump(
        {
            "@type": "Dataset",
            "@id": urn("data"),
            "name": "政府信息公开专栏数据",
            "description": "年度政务公开工作要点、任务分解表、重点项目和重大行政决策事项目录",
            "url": urls.address(urls.DATA, urls.DATA, site_url),
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "creator": [_organization(organ.name) for organ in column.organs.values()],
            "temporalCoverage": f"{min(column.index.years)}/{max(column.index.years)}" if column.index.years else None,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": f"{label}（{extension.upper()}）",
                    "encodingFormat": mime,
                    "contentUrl": urls.address(urls.DATA, urls.data_file(name, extension), site_url),
                }
                for name, (label, _, _) in TABLES.items()
                for extension, mime in (("json", "application/json"), ("csv", "text/csv"))
            ],
        }
    )


def _organization(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}


def _dump(value: Mapping[str, Any]) -> bytes:
    known = {key: item for key, item in value.items() if item not in (None, [], "")}
    return (json.dumps({"@context": "https://schema.org", **known}, ensure_ascii=False, indent=1) + "\n").encode()
