"""The age band of a day: facts carry it and never a date of birth (docs/adr/0005)."""

from datetime import date

BANDS = (
    (30, "b18_30"), (35, "b31_35"), (40, "b36_40"), (45, "b41_45"), (50, "b46_50"), (55, "b51_55"), (60, "b56_60"),
)  # fmt: skip
OLDEST = "b61"
OF_AGE = 18


def age_on(birth_month: str, day: date) -> int:
    """Whole years on the day of somebody born in that month (as 1986-05), taken as born on its last day."""
    year, month = (int(part) for part in birth_month.split("-"))
    return day.year - year - (day.month <= month)


def age_band_on(birth_month: str, day: date) -> str:
    """The band of that age; empty where the month is not on record."""
    if not birth_month:
        return ""
    age = age_on(birth_month, day)
    return next((band for last, band in BANDS if age <= last), OLDEST)
