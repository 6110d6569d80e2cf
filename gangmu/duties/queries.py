"""What other floors ask about duties; each room answers its own part."""

from gangmu.duties.bearers import bearers_of, sees_persons
from gangmu.duties.compliance import Compliance, ComplianceRow, PersonsRate, by_duty, compliance
from gangmu.duties.due import Due, RecordedAs, due_for, recorded_as
from gangmu.duties.kept import FEWEST, Kept, kept
from gangmu.duties.known import Known
from gangmu.duties.own_list import OwnList, responsibilities
from gangmu.duties.standing import standing
from gangmu.duties.year import DutyPeriod, DutyYear, PersonsPeriod, unit_year

__all__ = [
    "FEWEST", "Compliance", "ComplianceRow", "Due", "DutyPeriod", "DutyYear", "Kept", "Known", "OwnList",
    "PersonsPeriod", "PersonsRate", "RecordedAs", "bearers_of", "by_duty", "compliance", "due_for", "kept",
    "recorded_as", "responsibilities", "sees_persons", "standing", "unit_year",
]  # fmt: skip
