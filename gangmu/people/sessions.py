"""How long a sign-in lasts: twelve hours at most, thirty minutes without a request (TRUST (i))."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta

from gangmu.kernel import clock

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=30)
NOTE_EVERY = timedelta(minutes=1)  # the last request is noted once a minute, so a page view costs no write
BEGAN, SEEN = "began_at", "seen_at"

Session = MutableMapping[str, object]


def begin(session: Session, at: datetime) -> None:
    """Start counting, at the moment of signing in."""
    session[BEGAN] = session[SEEN] = clock.stamp(at)


def is_over(session: Session, at: datetime) -> bool:
    """Whether the session has lasted too long or slept too long; a session that never began is over."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if not isinstance(began, str) or not isinstance(seen, str):
        return True
    return at - clock.from_stamp(began) >= LONGEST or at - clock.from_stamp(seen) >= IDLE


def note(session: Session, at: datetime) -> None:
    """Remember that a request came, at most once a minute."""
    if at - clock.from_stamp(str(session[SEEN])) >= NOTE_EVERY:
        session[SEEN] = clock.stamp(at)
