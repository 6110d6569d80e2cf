"""The chapters, in the order in which they are read."""

from tests.spec.duties import CHAPTER as DUTIES
from tests.spec.figures import CHAPTER as FIGURES
from tests.spec.late import CHAPTER as LATE
from tests.spec.permissions import CHAPTER as PERMISSIONS
from tests.spec.reach import CHAPTER as REACH
from tests.spec.wording import CHAPTER as WORDING

CHAPTERS = (LATE, PERMISSIONS, REACH, DUTIES, FIGURES, WORDING)
