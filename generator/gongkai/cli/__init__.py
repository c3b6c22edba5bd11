"""The commands. Parsing and printing only; what they do is in the pipeline and in ``authoring``."""

from __future__ import annotations

import click

from gongkai import __version__
from gongkai.cli.accepting import accept
from gongkai.cli.authoring import diff, fix, import_, report, schema_, terms
from gongkai.cli.bundling import bundle
from gongkai.cli.law import law
from gongkai.cli.merging import merge_file
from gongkai.cli.new import new
from gongkai.cli.publishing import build, check, clean, federate, publish, send, verify
from gongkai.cli.serving import serve
from gongkai.cli.starting import init
from gongkai.cli.upgrading import upgrade
from gongkai.cli.withdrawing import withdraw


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="gongkai %(version)s")
def main() -> None:
    """政府信息公开专栏：检查 plans/ 里的文件，生成可以直接发布的网站。"""


for command in (
    init,
    upgrade,
    bundle,
    check,
    build,
    serve,
    publish,
    send,
    clean,
    withdraw,
    verify,
    federate,
    new,
    import_,
    accept,
    fix,
    merge_file,
    schema_,
    terms,
    diff,
    report,
    law,
):
    main.add_command(command)
