"""Why a cell has no amount: one closed list, in the words shown to a reader.

A cell without an amount is never blank, zero or a dash. The list is section 6 of the domain rules; adding to it
is a change of the data model.
"""

from __future__ import annotations

from typing import Final

PACKAGED: Final = "packaged"
NOT_APPLICABLE: Final = "not_applicable"
CONTRACTOR_PRICED: Final = "contractor_priced"
NOT_COVERED: Final = "not_covered"
INPATIENT_ONLY: Final = "inpatient_only"
NOT_ON_ASC_LIST: Final = "not_on_asc_list"
OTHER_SCHEDULE: Final = "other_schedule"
NO_CODE: Final = "no_code"
NOT_PUBLISHED: Final = "not_published"
SEE_NOTE: Final = "see_note"
NO_SOURCE: Final = "no_source"

WORDS: Final[dict[str, tuple[str, str]]] = {
    PACKAGED: ("packaged", "Paid as part of another service on the same day; no separate payment."),
    NOT_APPLICABLE: ("not in this setting", "Rarely or never performed in this setting, so no amount is set for it."),
    CONTRACTOR_PRICED: (
        "contractor priced",
        "The regional Medicare contractor sets the price; there is no national amount.",
    ),
    NOT_COVERED: ("not covered", "Medicare does not pay this code."),
    INPATIENT_ONLY: ("inpatient only", "Paid only when the patient is admitted to the hospital."),
    NOT_ON_ASC_LIST: ("not on the ASC list", "Medicare does not pay a surgery center for it."),
    OTHER_SCHEDULE: ("other schedule", "Paid under another Medicare fee schedule."),
    NO_CODE: ("no such code then", "The code did not exist on that day."),
    NOT_PUBLISHED: ("not published", "The source prints no amount and does not say why."),
    SEE_NOTE: ("see note", "The source prints a note in place of an amount."),
    NO_SOURCE: ("no source held", "We hold no file for that time, so we do not say."),
}
"""Status → (short word for a table cell, one sentence that explains it)."""

STATUSES: Final = tuple(WORDS)
