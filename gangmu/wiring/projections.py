"""Every projection the system has, in the order in which facts are folded."""

from gangmu.ledger.projections import Projection
from gangmu.orgs.projections import PROJECTIONS as ORGS
from gangmu.people.projections import PROJECTIONS as PEOPLE

PROJECTIONS: tuple[Projection, ...] = (*PEOPLE, *ORGS)
