"""The forms by which posts are taken up and left: controls, what was typed, and the posts as rows of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.kernel.ids import PersonId, PostId
from gangmu.kernel.problems import Problem
from gangmu.kernel.scope import Scope
from gangmu.orgs import rosters
from gangmu.orgs.entries import Seating
from gangmu.orgs.tree import Node
from gangmu.pages.entry import Choices, Field
from gangmu.web.record_form import day_meant
from gangmu.web.registry_forms import Verb
from gangmu.web.shown import Lexicon
from gangmu.web.words import choices, lexicon

OFFERED = 400
NOT_LISTED = Text(zh="名单里没有，写姓名", en="Not listed: the name")
VERBS: Mapping[str, Verb] = {
    "take-up": Verb(
        Text(zh="任职、交接", en="Take up a post"),
        Text(
            zh="岗位有人的，写上前任为什么离任，一天交接；主持工作、选派的第一书记和工作队也在这里。",
            en="Where it is held, say why the one before leaves: both on one day. Acting and sent down, too.",
        ),
    ),
    "leave": Verb(
        Text(zh="离任", en="Leave a post"),
        Text(zh="从那天起岗位空缺，看得见。", en="From that day on the post is vacant, and shown so."),
    ),
}


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a page shows it. `chosen`: how the holder came to it; `since` and `until` the days of the term."""

    id: PostId
    title: str
    holder: str
    vacant: bool
    chosen: str
    acting: bool
    since: date | None
    until: date | None


def post_lines(scope: Scope, node: Node, rows: Sequence[rosters.PostRow], words: Lexicon) -> list[PostLine]:
    """The posts in the order of the definition, with the names of those who hold them where they may be seen."""
    called = words.choices["post.created"]["post"]
    order = {key: place for place, key in enumerate(called)}
    people = rosters.persons(scope, [row.person for row in rows if row.person], node.org)
    origins = words.choices["holding.started"]["origin"]
    return [
        PostLine(
            row.id, row.title or words.title(called.get(row.post, row.post)),
            people.get(row.person, {}).get("name", "") if row.person else "", row.person is None,
            words.title(origins.get(row.origin or "", "")), row.origin == "acting", row.since, row.term_ends_on,
        )
        for row in sorted(rows, key=lambda row: order.get(row.post, len(order)))
    ]  # fmt: skip


def fields(scope: Scope, node: Node, verb: str, typed: QueryDict) -> list[Field]:
    """The controls of one action, with what was typed in them."""
    lines = post_lines(scope, node, rosters.posts(scope, node.org), lexicon(scope.day))
    day = Field("day", Text(zh="从哪天起", en="From which day"), "date", typed.get("day") or scope.day.isoformat(),
                required=True)  # fmt: skip
    if verb == "leave":
        held = tuple((str(one.id), f"{one.title} {one.holder}".strip()) for one in lines if not one.vacant)
        post = Field(
            "post", Text(zh="哪个岗位", en="Which post"), "select", typed.get("post", ""), (), held, required=True
        )
        return [post, _reason(typed, required=True), day]
    return [*_who(scope, node, lines, typed), day, _until(typed), _reason(typed, required=False)]


def _who(scope: Scope, node: Node, lines: Sequence[PostLine], typed: QueryDict) -> list[Field]:
    vacant, held = Text(zh="空缺", en="vacant"), Text(zh="在任", en="held")
    known = tuple((str(one.id), _with(one.title, one.holder or (vacant if one.vacant else held))) for one in lines)
    kinds = tuple((f"new:{key}", _with(title, Text(zh="新设", en="new post"))) for key, title in _post_kinds())
    members = [row.person for row in rosters.members(scope, node.org)][:OFFERED]
    names = rosters.persons(scope, members, node.org)
    people = tuple((str(person), told["name"]) for person, told in names.items() if told.get("name"))
    origin = typed.get("origin", "")
    return [
        Field("post", Text(zh="哪个岗位", en="Which post"), "select", typed.get("post", ""), (), (*known, *kinds),
              required=True),
        Field("person", Text(zh="谁", en="Who"), "select", typed.get("person", ""), (), people),
        Field("name", NOT_LISTED, "text", typed.get("name", ""), sealed=True),
        Field("origin", Text(zh="怎么产生的", en="How chosen"), "chips", origin, (origin,),
              choices(catalog().facts["holding.started"])["origin"], required=True),
    ]  # fmt: skip


def _post_kinds() -> Choices:
    return choices(catalog().facts["post.created"])["post"]


def _with(title: Text | str, more: Text | str) -> Text:
    first = title if isinstance(title, Text) else Text(zh=title, en=title)
    second = more if isinstance(more, Text) else Text(zh=more, en=more)
    return Text(zh=f"{first.zh}（{second.zh}）", en=f"{first.en} ({second.en})")


def _until(typed: QueryDict) -> Field:
    hint = Text(zh="届满日；选派的写到期日。", en="The last day of the term, or of the time sent down.")
    return Field("until", Text(zh="到哪天", en="Until"), "date", typed.get("until", ""), help=hint)


def _reason(typed: QueryDict, *, required: bool) -> Field:
    reasons = choices(catalog().facts["holding.ended"])["reason"]
    title = (
        Text(zh="离任原因", en="Why they leave")
        if required
        else Text(zh="前任为什么离任", en="Why the one before leaves")
    )
    return Field("reason", title, "select", typed.get("reason", ""), (), reasons, required=required)


def told(scope: Scope, node: Node, typed: QueryDict, verb: str) -> tuple[Seating, list[Problem]]:
    """What was typed, and what of it could not be read."""
    day, problems = day_meant(typed.get("day", ""), scope.day)
    until, wrong = day_meant(typed.get("until", ""), scope.day) if typed.get("until") else (None, [])
    problems += [Problem(one.code, one.message, one.message_en, "until") for one in wrong]
    post = typed.get("post", "")
    needed = {"post": ("岗位", "post"), "origin": ("产生方式", "way of choosing"), "reason": ("离任原因", "reason")}
    wanted = ("post", "reason") if verb == "leave" else ("post", "origin")
    problems += [
        Problem("web.not_chosen", f"还没选{needed[key][0]}。", f"Choose the {needed[key][1]}.", where=key)
        for key in wanted if not typed.get(key)
    ]  # fmt: skip
    new = post.startswith("new:")
    asked = Seating(
        node.org, typed.get("origin", ""), day, typed.get("idem", ""), None if new else PostId(post),
        post.removeprefix("new:") if new else "", PersonId(typed.get("person", "")) if typed.get("person") else None,
        typed.get("name", "").strip(), until, typed.get("reason", ""),
    )  # fmt: skip
    return asked, problems
