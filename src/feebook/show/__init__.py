"""What Medicare pays for one code, in every setting and year; at a place, where one is asked for."""

from __future__ import annotations

from feebook.show.place import NATIONAL_LOCALITY, Zip, local, of_zip
from feebook.show.shown import SCHEDULES, Shown, asked, show, told
from feebook.show.unknown import days

__all__ = ["NATIONAL_LOCALITY", "SCHEDULES", "Shown", "Zip", "asked", "days", "local", "of_zip", "show", "told"]
