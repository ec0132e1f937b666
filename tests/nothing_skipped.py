"""A plugin for bin/check: what would be skipped, or is expected to fail, counts as failed."""

from collections.abc import Generator
from typing import Any

import pytest

Report = Any  # a report of a collection or of a test: both have an outcome and a text


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Report, Report]:
    return _failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Report, Report]:
    return _failed_if_skipped((yield))


def _failed_if_skipped(report: Report) -> Report:
    if report.outcome == "skipped" or hasattr(report, "wasxfail"):
        why = getattr(report, "wasxfail", None) or report.longrepr
        report.outcome, report.longrepr = "failed", f"Nothing is skipped here: {why}"
        report.__dict__.pop("wasxfail", None)
    return report
