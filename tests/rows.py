"""Tiny records and rows that several tests of the schedules share."""

from __future__ import annotations

from feebook.schedules.sheet import Record

PHYSICIAN = {
    "code": "37252",
    "modifier": "",
    "status": "A",
    "not_used_for_medicare": "",
    "work_rvu": "1.80",
    "nonfacility_pe_rvu": "25.70",
    "nonfacility_na": "",
    "facility_pe_rvu": "0.44",
    "facility_na": "",
    "malpractice_rvu": "0.35",
    "nonfacility_total_rvu": "27.85",
    "facility_total_rvu": "2.59",
    "pctc": "0",
    "global_days": "ZZZ",
    "preoperative": "0.00",
    "intraoperative": "0.00",
    "postoperative": "0.00",
    "multiple_procedure": "0",
    "bilateral": "0",
    "assistant_surgery": "0",
    "co_surgery": "1",
    "team_surgery": "0",
    "pricing_indicator": "",
    "endoscopic_base": "",
    "conversion_factor": "33.2875",
    "diagnostic_supervision": "09",
    "calculation_flag": "0",
    "imaging_family": "99",
    "opps_nonfacility_pe": "0.00",
    "opps_facility_pe": "0.00",
    "opps_malpractice": "0.00",
}
ADDENDUM_B = {
    "code": "36902",
    "status_indicator": "J1",
    "apc": "5192",
    "weight": "63.9406",
    "payment": "$5,701.520",
    "national_copayment": ".",
    "minimum_copayment": "$1,140.31",
    "adjusted_copayment": "",
    "coinsurance_percent": "",
    "note": "",
    "capped": "",
    "pass_through_ends": "",
}
ADDENDUM_AA = {
    "code": "36902",
    "multiple_procedure": "Y",
    "payment_indicator": "G2",
    "weight": "47.2040",
    "payment": "$2,526.07",
    "adjusted_copayment": "",
    "pass_through_ends": "",
}


def record(cells: dict[str, str], **changed: str) -> Record:
    """A record as a reader gives it, with some cells changed."""
    return Record(7, cells | changed)
