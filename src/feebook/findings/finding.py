"""What is found about a printed number: one verdict from a closed list, what CMS has, and a note in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feebook.findings.cell import PROPOSED, Cell

AGREES: Final = "agrees"
OTHER_FACTOR: Final = "agrees_with_another_factor"
OTHER_DATES: Final = "agrees_on_other_dates"
UNLABELLED: Final = "facility_total_without_a_label"
DIFFERS: Final = "differs"
STATUS_AGREES: Final = "status_agrees"
STATUS_DIFFERS: Final = "status_differs"
NOT_IN_FILES: Final = "not_in_cms_files"
CANNOT_TELL: Final = "cannot_tell"

VERDICTS: Final = {
    DIFFERS: "differs",
    STATUS_DIFFERS: "status differs",
    OTHER_FACTOR: "agrees with another factor",
    NOT_IN_FILES: "not in CMS's files",
    OTHER_DATES: "agrees on other dates",
    UNLABELLED: "facility total without a label",
    CANNOT_TELL: "cannot tell",
    AGREES: "agrees",
    STATUS_AGREES: "status agrees",
}
"""Verdict → its words, what deserves a look first before what is plain."""

COUNTED: Final = {
    DIFFERS: ("differs", "differ"),
    STATUS_DIFFERS: ("status differs", "statuses differ"),
    OTHER_FACTOR: ("agrees with another factor", "agree with another factor"),
    NOT_IN_FILES: ("not in CMS's files", "not in CMS's files"),
    OTHER_DATES: ("agrees on other dates", "agree on other dates"),
    UNLABELLED: ("facility total without a label", "facility totals without a label"),
    CANNOT_TELL: ("cannot be told", "cannot be told"),
    AGREES: ("agrees", "agree"),
    STATUS_AGREES: ("status agrees", "statuses agree"),
}
"""Verdict → its words after a number: of one, and of several."""

PLAIN: Final = (AGREES, STATUS_AGREES)
"""Plain agreement, of which nothing is to be said."""

WRONG: Final = (DIFFERS, STATUS_DIFFERS, OTHER_FACTOR)
"""What CMS does not pay on all of the printed days; not wrong where the guide itself calls it proposed."""


def is_wrong(verdict: str, variant: str) -> bool:
    """True for what a guide prints as paid and CMS does not pay."""
    return verdict in WRONG and variant != PROPOSED


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on a printed number.

    `expected` is what CMS has on the printed days (` · ` between several), `difference` printed less expected in
    dollars where it differs, `factor` the conversion factor that a printed amount was made with, and its `standing`.
    """

    cell: Cell
    verdict: str
    expected: str = ""
    difference: str = ""
    factor: str = ""
    standing: str = ""
    note: str = ""

    def told(self) -> dict[str, str]:
        """What is found, by the columns in which it is written down; the cell has columns of its own."""
        return {
            "verdict": self.verdict,
            "expected": self.expected,
            "difference": self.difference,
            "conversion_factor": self.factor,
            "standing": self.standing,
            "note": self.note,
        }

    @property
    def wrong(self) -> bool:
        """True for what is printed as paid and CMS does not pay."""
        return is_wrong(self.verdict, self.cell.variant)

    @property
    def plain(self) -> bool:
        """True for agreement of which little is to be said."""
        return self.verdict in PLAIN
