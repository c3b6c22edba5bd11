"""Runs of one character cost what they are long: a child with little processor time reads a million."""

from __future__ import annotations

import resource
import subprocess
import sys
from functools import partial

import pytest

pytestmark = [pytest.mark.quick, pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time")]

READ = {
    "a deadline": "from gongkai.text.deadline_grammar import _CHINESE_UNIT; _CHINESE_UNIT.sub('1', '一' * 300_000)",
    "a title": "from gongkai.rules.metadata import _NUMBER_IN_TITLE; _NUMBER_IN_TITLE.search('[' * 1_000_000)",
    "an address": "from gongkai.alternates.reading import _is_inside; _is_inside('a/' * 500_000 + ' ')",
    "a field's name": "from gongkai.alternates.reading import _DAY; _DAY.fullmatch('a_' * 500_000)",
}


@pytest.mark.parametrize("code", READ.values(), ids=READ)
def test_a_child_with_ten_seconds_of_processor_time_reads_them(code: str) -> None:
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (10, 10))
    done = subprocess.run([sys.executable, "-c", code], preexec_fn=limit, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-500:]
