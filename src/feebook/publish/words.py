"""The names and closed lists of the packages in plain words; what indicators mean stands in the packages themselves."""

from __future__ import annotations

from typing import Final

MEASURES: Final = {
    "work_rvu": "Work RVU",
    "facility_pe_rvu": "Practice expense RVU, facility",
    "nonfacility_pe_rvu": "Practice expense RVU, non-facility",
    "malpractice_rvu": "Malpractice RVU",
    "facility_total_rvu": "Total RVU, facility",
    "nonfacility_total_rvu": "Total RVU, non-facility",
    "facility_payment": "Physician, facility",
    "nonfacility_payment": "Physician, non-facility",
    "limiting_charge": "Limiting charge",
    "asc_payment": "Surgery center",
    "asc_indicator": "ASC payment indicator",
    "asc_weight": "ASC weight",
    "opps_payment": "Hospital outpatient",
    "opps_status_indicator": "OPPS status indicator",
    "opps_weight": "OPPS weight",
    "opps_copayment": "OPPS copayment",
    "apc": "APC",
    "drg_weight": "DRG weight",
    "drg_payment": "DRG payment",
    "drug_payment": "Drug payment",
    "change_percent": "Change, percent",
}
"""Measure → the name a reader sees."""

SYSTEMS: Final = {
    "cpt-1": "CPT category I code",
    "cpt-2": "CPT category II code, for reporting only",
    "cpt-3": "CPT category III code, for emerging services",
    "hcpcs-2": "HCPCS Level II code",
}
SCHEDULES: Final = {
    "physician": "Physician fee schedule",
    "outpatient": "Outpatient (OPPS)",
    "asc": "Surgery center (ASC)",
    "anesthesia": "Anesthesia",
}
STANDINGS: Final = {
    "paid": "paid",
    "proposed": "proposed only",
    "final": "printed as final",
    "superseded": "never paid, or replaced",
}
GRADES: Final = {
    "A": "read in CMS data",
    "B": "two or more secondary sources",
    "C": "one secondary source",
    "D": "not sourced",
}
FORMS: Final = {
    "original": "the file as CMS issued it",
    "re-exported": "a re-export of CMS's file",
    "secondary": "a copy from a second source",
    "excerpt": "an excerpt only",
    "facsimile": "a facsimile, drawn for testing",
    "not held": "known, not held",
}
"""Form of a document → what that means."""
RULES: Final = {
    "rate": "rate = weight × factor",
    "minimum_copayment": "minimum copayment = 20 % of the rate",
}
"""Rule that a row is held to → its words."""
