"""Duties, responsibility lists and holidays as documents, each with its source; every year with its days off."""

from collections.abc import Iterator

from gangmu.catalog.compiled import Catalog
from gangmu.catalog.definitions import Definition
from gangmu.catalog.duties.definitions import DutyRow, Exemption, OwedBy, Told
from gangmu.catalog.duties.responsibilities import Responsibilities
from gangmu.catalog.duties.terms import CompiledDuty, Demand, Terms
from gangmu.catalog.markdown import page, table

UNVERIFIED = "口径待核: not verified, may be switched off"


def duties_page(catalog: Catalog) -> str:
    """The list of all duties, then each with what its rows say."""
    duties = catalog.duties.values()
    overview = table(
        ("duty", "中文", "English", "source"),
        [(one.duty.key, one.duty.title.zh, one.duty.title.en, _source(one.duty)) for one in duties],
    )
    return page("Duties 职责", [overview, *(_duty(one, catalog) for one in duties)])


def holidays_page(catalog: Catalog) -> str:
    """The days off and the weekends worked of every published year."""
    calendar = catalog.calendar
    rows = [
        (
            str(year),
            "、".join(f"{day:%m-%d} {rest.zh}" for day, rest in sorted(calendar.off.items()) if day.year == year),
            "、".join(f"{day:%m-%d}" for day in sorted(calendar.worked) if day.year == year),
        )
        for year in sorted(calendar.years)
    ]
    words = (
        "A year that is not here is not published: Monday to Friday count as worked, and every deadline counted there "
        "says so.\n没有列出的年份尚未公布：先按周一至周五推算，推算出的期限都会注明。\n"
    )
    return page("Holidays 节假日和调休", [words, table(("year", "off 放假", "worked 上班"), rows)])


def responsibilities_page(catalog: Catalog) -> str:
    """Every list: whose it is and the duties on it."""
    return page("Responsibility lists 责任清单", [_list(one, catalog) for one in catalog.responsibilities.values()])


def _list(one: Responsibilities, catalog: Catalog) -> str:
    named = [catalog.duties[key].duty for key in one.duties if key in catalog.duties]
    rows = [(duty.key, duty.title.zh, duty.title.en) for duty in named]
    return (
        f"## {one.key} {one.title.zh}\n\n{one.title.en}. {one.why.en}\n{one.why.zh}\n\n"
        f"For {_who(one.whose)}.\n\n{table(('duty', '中文', 'English'), rows)}\nSource: {_source(one)}.\n"
    )


def _source(duty: Definition) -> str:
    return f"{duty.source} ({UNVERIFIED if duty.source_status == 'unverified' else duty.source_status})"


def _duty(one: CompiledDuty, catalog: Catalog) -> str:
    duty = one.duty
    rows = "\n".join(_row(terms, catalog) for terms in one.terms)
    return (
        f"## {duty.key} {duty.title.zh}\n\n{duty.title.en}. {duty.why.en}\n{duty.why.zh}\n\n"
        f"{rows}\nSource: {_source(duty)}.\n"
    )


def _row(terms: Terms, catalog: Catalog) -> str:
    row = terms.row
    lines = [
        ("Owed by", _who(row.owed_by)),
        *([("Upon", f"`{row.upon}`")] if row.upon else []),
        *(("Owed", _demand(demand, row, catalog)) for demand in terms.demands),
        ("Due", _due(row)),
        ("Discharged by", f"`{row.discharge.text}`{_credit(row)}"),
        ("Grace", f"{row.grace.days} {row.grace.measure}s"),
        ("Told", "; ".join(map(_told, row.told)) or "nobody"),
        ("Exempt", "; ".join(map(_exempt, row.exempt)) or "nobody"),
        ("Part of a period", "that share of whole months, rounded down" if row.pro_rata else "the whole"),
        ("Waived by", row.waived_by),
    ]
    return f"From {row.since}:\n\n{table(('', ''), lines)}"


def _who(by: OwedBy) -> str:
    named = (by.posts, by.forms, by.kinds, by.domains, by.categories, by.stages)
    parts = [f"{word}: {', '.join(values)}" for word, values in zip(
        ("posts", "forms", "kinds", "domains", "categories", "stages"), named, strict=True) if values]  # fmt: skip
    needs = [f"with {body}" for body in by.needs]
    return "; ".join([f"each {by.bearer}", *parts, *needs])


def _demand(demand: Demand, row: DutyRow, catalog: Catalog) -> str:
    each = " for each group" if row.for_each else ""
    every = f" every {demand.every}" if demand.every else ""
    rule = f", by the rule {demand.rule} ({catalog.rules[demand.rule].source})" if demand.rule in catalog.rules else ""
    return f"from {demand.since}: {demand.least}{each}{every}{rule}"


def _due(row: DutyRow) -> str:
    due = row.due
    start = due.counted_from.replace("_", " ")
    when = f"{due.add} {due.measure}s from the {start}" if due.add else f"the {start}"
    rest = f"; on a day of rest the {due.at_rest} working day" if due.at_rest != "keep" else ""
    opens = f"; shown {due.opens} days before" if due.opens is not None else ""
    paused = f"; not counted in months {', '.join(map(str, due.paused_in))}" if due.paused_in else ""
    return f"{when}{rest}{opens}{paused}"


def _credit(row: DutyRow) -> str:
    given = row.discharge
    return "; ".join(_discharge_words(given.credit, given.once_per, given.days, given.same_about))


def _discharge_words(credit: tuple[str, ...], once_per: tuple[str, ...], days: str, same: bool) -> Iterator[str]:
    yield f" of {' or '.join(credit)}"
    if once_per:
        yield f"once per {' and '.join(once_per)}"
    if days == "after":
        yield "in the period after"
    if same:
        yield "about the same"


def _told(one: Told) -> str:
    side = "after" if one.working_days >= 0 else "before"
    return f"{one.to} {abs(one.working_days)} working days {side} {one.counted_from}"


def _exempt(one: Exemption) -> str:
    return f"{one.why.en} ({one.why.zh})" + (", on request" if one.on_request else "")
