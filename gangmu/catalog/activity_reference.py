"""Forms of activity as a document: who is expected, whose votes count, what is asked, with the worked examples."""

from gangmu.catalog.activities import ActivityForm
from gangmu.catalog.compiled import Catalog
from gangmu.catalog.markdown import page, table


def activities_page(catalog: Catalog) -> str:
    """Every form with its rules and their source."""
    words = (
        "A share is of everybody entitled on the day, never of those who came, and is rounded up to whole persons.\n"
        "比例按当天应到有表决权的人算，不按实到算；不足一人算一人。\n"
    )
    return page("Forms of activity 活动形式", [words, *(_form(one, catalog) for one in catalog.activities.values())])


def _form(one: ActivityForm, catalog: Catalog) -> str:
    facts = [
        f"## {one.key} {one.title.zh}\n\n{one.title.en}. {one.why.en}\n{one.why.zh}\n",
        f"Expected: {_expected(one)}. Asks: {', '.join(one.asks) or '–'}. "
        f"Source: {one.source} ({one.source_status}).\n",
        *([_shares(one, catalog)] if one.voting else []),
        *([_examples(one)] if one.examples else []),
    ]
    return "\n".join(facts)


def _expected(one: ActivityForm) -> str:
    if one.expected is None:
        return "the member it was held with" if one.with_whom else "counted, not named"
    excused = f", but whoever is exempt from {one.expected.excused_by}" if one.expected.excused_by else ""
    whom = one.expected.stages if one.expected.of == "members" else one.expected.posts or ("all posts",)
    return f"{one.expected.of} ({', '.join(whom)}){excused}"


def _shares(one: ActivityForm, catalog: Catalog) -> str:
    voting = one.voting
    if voting is None:
        return ""
    keys = [key for key in (voting.attendance, voting.in_favour, voting.election) if key and key in catalog.rules]
    rules = [catalog.rules[key] for key in keys]
    rows = [(rule.key, rule.title.zh, f"{row.since}: {row.compare} {row.value} {row.unit}", rule.source)
            for rule in rules for row in rule.rows]  # fmt: skip
    return table(("rule", "中文", "from: share", "source"), rows)


def _examples(one: ActivityForm) -> str:
    said = {True: "够 yes", False: "不够 no", None: "–"}
    rows = [(each.name, str(each.entitled), str(each.present), str(each.in_favour or "–"),
             "选举 yes" if each.election else "", said[each.quorum], said[each.carried])
            for each in one.examples]  # fmt: skip
    return table(("例 example", "entitled", "present", "in favour", "election", "quorum", "carried"), rows)
