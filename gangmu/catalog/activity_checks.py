"""Forms of activity held against what they name: the tag, the fields of the fact, rules of shares, duties, examples."""

from gangmu.catalog.activities import ActivityForm, VoteExample
from gangmu.catalog.checks import Found, Shelf, unknown
from gangmu.catalog.dated import row_on
from gangmu.catalog.layers import Loaded
from gangmu.catalog.quorum import Ballot, shares_of
from gangmu.catalog.yaml_source import Step

FACT, FAMILY = "activity.held", "activity_form"  # the kind that is recorded, and the tags that tell its forms apart


def check_activity(one: Loaded, form: ActivityForm, shelf: Shelf) -> Found:
    """Every problem of a form: names that are not there, shares that are none, examples that come out otherwise."""
    family = shelf.families.get(FAMILY)
    tags = [tag.key for tag in family.tags] if family else []
    if form.key not in tags:
        yield unknown(one, form.key, "key", ("key",), tags)
    yield from _fields(one, form, shelf)
    if form.expected and form.expected.excused_by and form.expected.excused_by not in shelf.duties:
        yield unknown(one, form.expected.excused_by, "excused_by", ("expected", "excused_by"), shelf.duties)
    rules = list(_rules(one, form, shelf))
    yield from rules or _examples(one, form, shelf)


def _fields(one: Loaded, form: ActivityForm, shelf: Shelf) -> Found:
    kind = shelf.facts.get(FACT)
    known = {field.key: field for field in kind.fields} if kind else {}
    for part, keys in (("asks", form.asks), ("absent", form.absent)):
        for index, key in enumerate(keys):
            if key not in known:
                yield unknown(one, key, part, (part, index), known)
            elif part == "absent" and not (known[key].type == "person" and known[key].many):
                message = f"{key} 不是一列人，不能用来记谁没到。"
                yield one.problem("catalog.activity", message, f"{key} is no list of persons.", (part, index))


def _rules(one: Loaded, form: ActivityForm, shelf: Shelf) -> Found:
    if form.voting is None:
        return
    for part in ("attendance", "in_favour", "election"):
        key, path = getattr(form.voting, part), ("voting", part)
        if key is None:
            continue
        if key not in shelf.rules:
            yield unknown(one, key, part, path, shelf.rules)
        elif any(row.unit != "%" or row.compare not in ("more_than", "at_least") for row in shelf.rules[key].rows):
            message = f"{key} 定的不是至少几成，不能当到会或表决的比例。"
            yield one.problem("catalog.activity", message, f"{key} sets no least share in per cent.", path)


def _examples(one: Loaded, form: ActivityForm, shelf: Shelf) -> Found:
    for index, example in enumerate(form.examples):
        path: tuple[Step, ...] = ("examples", index)
        if form.voting is None:
            message = "没有 voting，就没有到会和表决的例子。"
            yield one.problem("catalog.activity", message, "Without `voting` there is nothing to vote on.", path)
        elif (quorum := _comes_out(form, example, shelf)) != (example.quorum, example.carried):
            said = f"到会{'够' if quorum[0] else '不够'}、表决{quorum[1]}"
            message = f"例子“{example.name}”算出来是：{said}，和写的不一样。"
            yield one.problem("catalog.example", message, f'"{example.name}" comes out as {quorum}.', path)


def _comes_out(form: ActivityForm, example: VoteExample, shelf: Shelf) -> tuple[bool, bool | None]:
    ballot = Ballot(example.entitled, example.present, example.in_favour, election=example.election)
    shares = shares_of(form, ballot, lambda key: row_on(shelf.rules[key].rows, example.on))
    voted = [share.met for share in shares[1:]]
    return bool(shares) and shares[0].met, voted[0] if voted else None
