"""Indicators of the CMS files in plain words. Our own words; the lists of CMS say more and are linked on the site."""

from __future__ import annotations

from typing import Final

STATUS: Final = {
    "A": "Active: paid under the physician fee schedule when covered",
    "B": "Bundled: payment is part of another service, never paid on its own",
    "C": "Contractor priced: the regional Medicare contractor sets the amount",
    "D": "Deleted code",
    "E": "Excluded from this schedule by regulation; Medicare may pay it elsewhere",
    "F": "Deleted or discontinued code",
    "G": "Not valid for Medicare; another code is used",
    "H": "Deleted modifier",
    "I": "Not valid for Medicare; another code is used",
    "J": "Anesthesia: paid by base and time units",
    "M": "Measurement code, for reporting only",
    "N": "Not covered by Medicare",
    "P": "Bundled or excluded, such as supplies that go with a service",
    "Q": "Therapy information code, for reporting only",
    "R": "Restricted coverage: paid when special rules are met",
    "T": "Injection: paid only when nothing else payable is billed that day by the same physician",
    "X": "Outside the physician schedule by law; paid under another one if covered",
}
"""Physician status indicator → what it means for payment."""

GLOBAL_DAYS: Final = {
    "000": "Same-day package: care on the day of the procedure is included",
    "010": "Minor surgery: the day and 10 days after are included",
    "090": "Major surgery: the day before, the day and 90 days after are included",
    "MMM": "Maternity: the usual package does not apply",
    "XXX": "No package: the idea of a global period does not apply",
    "YYY": "The contractor sets the package",
    "ZZZ": "Add-on: always goes with another service and its package",
}
PCTC: Final = {
    "0": "Physician service: no split into professional and technical part",
    "1": "Diagnostic test: may be split into professional (26) and technical (TC) part",
    "2": "Professional part only",
    "3": "Technical part only",
    "4": "Global test only: other codes name its parts",
    "5": "Incident-to service: done by staff under a physician",
    "6": "Laboratory test with a physician's interpretation",
    "7": "Therapy service",
    "8": "Physician interpretation of a laboratory test",
    "9": "Not applicable",
}
MULTIPLE: Final = {
    "0": "No reduction for several procedures",
    "1": "Older reduction for several procedures",
    "2": "Standard reduction: the second and later procedures pay 50 %",
    "3": "Endoscopy reduction within a family",
    "4": "Imaging reduction on the technical part",
    "5": "Therapy reduction on practice expense",
    "6": "Cardiovascular reduction on the technical part",
    "7": "Ophthalmology reduction on the technical part",
    "9": "Not applicable",
}
BILATERAL: Final = {
    "0": "No extra pay for both sides",
    "1": "150 % for both sides",
    "2": "Already priced for both sides",
    "3": "Each side paid in full",
    "9": "Not applicable",
}
ASSISTANT: Final = {
    "0": "Assistant at surgery paid only with documents",
    "1": "Assistant at surgery never paid",
    "2": "Assistant at surgery paid",
    "9": "Not applicable",
}
OPPS: Final = {
    "A": "Paid under another fee schedule",
    "B": "Not recognised on hospital outpatient claims",
    "C": "Inpatient only",
    "D": "Discontinued code",
    "E": "Not paid by Medicare",
    "E1": "Not paid by Medicare, by law or coverage",
    "E2": "Not paid: no pricing information",
    "F": "Paid at reasonable cost (acquisition, certain vaccines)",
    "G": "Pass-through drug or biological, paid separately",
    "H": "Pass-through device, paid at cost",
    "H1": "Non-opioid device for pain, paid separately",
    "J1": "Comprehensive: one payment for nearly everything on the claim",
    "J2": "Comprehensive for certain combinations, such as observation",
    "K": "Drug or biological without pass-through, paid separately",
    "K1": "Non-opioid drug for pain, paid separately",
    "L": "Vaccine paid at reasonable cost",
    "M": "Not billable to the contractor",
    "N": "Packaged: part of the payment for another service",
    "P": "Partial hospitalization or intensive outpatient day",
    "Q1": "Packaged with S, T or V services, else paid",
    "Q2": "Packaged with T services, else paid",
    "Q3": "Paid as part of a composite when its conditions are met",
    "Q4": "Packaged laboratory test, else paid under the laboratory schedule",
    "R": "Blood and blood products, paid separately",
    "S": "Paid separately, never reduced for several procedures",
    "T": "Paid separately, reduced for several procedures",
    "U": "Brachytherapy source, paid separately",
    "V": "Clinic or emergency visit, paid separately",
    "Y": "Durable equipment, billed elsewhere",
}
"""OPPS status indicator → what it means. The list changes by year; the indicator shown is that of its own year."""

ASC: Final = {
    "A2": "On the ASC list before 2008; paid by its OPPS weight",
    "B5": "Alternative code available; no payment",
    "C5": "Inpatient only",
    "D5": "Deleted or discontinued code; no payment",
    "E5": "Not valid in a surgery center",
    "F4": "Corneal tissue, paid at reasonable cost",
    "G2": "Surgical, added 2008 or later; paid by its OPPS weight",
    "H2": "Brachytherapy source, paid by OPPS rate",
    "J7": "Pass-through device, contractor priced",
    "J8": "Device-intensive, paid at an adjusted rate",
    "K2": "Drug or biological, paid by OPPS rate",
    "K5": "Drug or biological without a rate",
    "K7": "Unclassified drug, contractor priced",
    "L1": "Influenza or pneumonia vaccine; packaged",
    "L6": "New technology lens, special payment",
    "M5": "Quality measure code; no payment",
    "N1": "Packaged: no separate payment to the center",
    "P2": "Office-based, paid by its OPPS weight",
    "P3": "Office-based, paid by the physician practice expense",
    "R2": "Office-based, paid by its OPPS weight",
    "X5": "Unsafe in a surgery center",
    "Z2": "Imaging that goes with surgery, paid by OPPS weight",
    "Z3": "Imaging that goes with surgery, paid by the physician practice expense",
}
"""ASC payment indicator → what it means."""

VERDICTS: Final = {
    "agrees": "agrees with CMS",
    "agrees_partly": "agrees on part of the dates",
    "differs": "differs from CMS",
    "other_factor": "fits another factor",
    "no_source": "not compared: no CMS row held",
}
"""Verdict of a finding → its words."""

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
