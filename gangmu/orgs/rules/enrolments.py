"""Why somebody cannot be entered on a roster so."""

from datetime import date

from gangmu.kernel.problems import Problem

ROSTER_RULES = "《关于向重点乡村持续选派驻村第一书记和工作队的意见》（2021）"


def against_enrolment(
    roster: str, known: bool, named: bool, basis: str, at: date, until: date | None, already: bool
) -> list[Problem]:
    """A roster that there is, a person, the document by which they are on it, days in order, nobody on it twice."""
    found = []
    if not known:
        message = f"没有 {roster} 这本名册，请从列出的里面选。" if roster else "还没选哪本名册。"
        found.append(Problem("orgs.no_such_roster", message,
                             "Choose one of the rosters listed.", "roster"))  # fmt: skip
    if not named:
        found.append(Problem("orgs.nobody_enrolled", "还没写是谁：从名单里选，或写姓名。",
                             "Say who: choose from the list, or write the name.", "name"))  # fmt: skip
    if not basis.strip():
        found.append(Problem("orgs.roster_basis", "写明凭哪份文件进的名册：文号或文件名。",
                             "Name the document by which they are on it: its number or title.", "basis",
                             ROSTER_RULES))  # fmt: skip
    if until is not None and until <= at:
        found.append(Problem("orgs.roster_until", "到期日要在进名册那天之后。",
                             "The last day must come after the first.", "until"))  # fmt: skip
    if already:
        found.append(Problem("orgs.on_roster", "这个人已经在这本名册上，不用再记一遍。",
                             "That person is on this roster already.", "person"))  # fmt: skip
    return found
