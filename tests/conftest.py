"""What several tests share: where the repository is, and the folder of real sources where there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of real CMS files; the test is skipped where it is missing."""
    if not (SHARED / "sources").is_dir():
        pytest.skip("needs the real CMS files in ../shared/sources")
    return SHARED / "sources"
