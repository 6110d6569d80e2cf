"""Why a letter of transfer, a receipt or a note cannot be recorded so; when being out of reach is a clue. Pure."""

from collections.abc import Sequence
from datetime import date

from gangmu.catalog.norms import RuleRow
from gangmu.catalog.ways import later
from gangmu.kernel.problems import Problem


def against_letter(*, to_itself: bool, pending: bool, anywhere: bool, at: date, until: date) -> list[Problem]:
    """Why no letter can be issued: it leads nowhere or home, another is on its way, it ends before it begins."""
    found = []
    if not anywhere:
        found.append(Problem("orgs.letter_nowhere", "请写转到哪里。", "Say where the member goes.", "to"))
    if to_itself:
        found.append(Problem("orgs.letter_home", "转到的就是本支部。", "That is the member's own branch.", "to"))
    if pending:
        found.append(Problem("orgs.letter_pending", "已经开了介绍信，还没有回执；要重开，先把那封撤回。",
                             "A letter is on its way already; take it back before another.", "member"))  # fmt: skip
    if until < at:
        found.append(Problem("orgs.letter_backwards", "有效期早于开信那天。", "It ends before it begins.", "until"))
    return found


def against_receipt(*, open_letter: bool, until: date, issued: date, at: date) -> list[Problem]:
    """Why a letter cannot be received on the day: it was used or taken back, or no longer or not yet holds."""
    if not open_letter:
        return [
            Problem("orgs.letter_used", "这封介绍信已经接收或撤回。", "This letter was used or taken back.", "letter")
        ]
    if at > until:
        return [Problem("orgs.letter_expired", f"介绍信只到 {until} 有效，请原支部重开。",
                        f"The letter held until {until}; ask the old branch for a new one.", "day")]  # fmt: skip
    if at < issued:
        return [Problem("orgs.letter_early", f"介绍信 {issued} 才开。", f"It was issued on {issued}.", "day")]
    return []


def out_of_reach_since(notes: Sequence[tuple[date, bool]], row: RuleRow | None, today: date) -> date | None:
    """The first day on which nobody was reached since the last contact, where that is as long ago as the rule says.

    `notes`: the branch's own records in the order of their days. None: no clue. One contact ends it.
    """
    since: date | None = None
    for day, reached in notes:
        since = None if reached else since or day
    if since is None or row is None or later(since, row.value, row.unit) > today:
        return None
    return since


def against_answer(reached: str) -> list[Problem]:
    """Whether somebody was reached is yes or no: what is sealed is checked before it is."""
    if reached in ("yes", "no"):
        return []
    return [Problem("orgs.contact_answer", "请选联系上了还是没联系上。", "Say reached or not reached.", "reached")]
