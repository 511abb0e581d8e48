"""What changed between two days, on a stated basis, and why."""

from feebook.compare.change import Change
from feebook.compare.comparison import Comparison, compare
from feebook.compare.days import CompareError

__all__ = ["Change", "CompareError", "Comparison", "compare"]
