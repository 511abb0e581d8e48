"""What changed between two days, on a stated basis, and why.

`feebook.compare` is this package and the verb at once: `feebook.compare(2023, 2024)` asks `compare` of it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from feebook.compare.chained import Course, Point, chain
from feebook.compare.change import Change
from feebook.compare.comparison import Comparison, compare
from feebook.compare.days import CompareError
from feebook.compare.printers import to_frame, to_rows
from feebook.compare.resource import changes
from feebook.compare.versions import Restated, restatements

__all__ = [
    "Change",
    "CompareError",
    "Comparison",
    "Course",
    "Point",
    "Restated",
    "chain",
    "changes",
    "compare",
    "restatements",
    "to_frame",
    "to_rows",
]


class _Verb(ModuleType):
    def __call__(self, *days: Any, **asked: Any) -> Comparison:
        return compare(*days, **asked)


# Importing a package binds its name in the one above, where the verb of that name is due: so it can be called.
sys.modules[__name__].__class__ = _Verb
