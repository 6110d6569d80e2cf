"""Facts: lists, one fact with its proof, taking back, recording right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind
from gangmu.kernel.ids import AccountId, FactId, OrgId, PersonId, new_id
from gangmu.kernel.scope import Scope
from gangmu.ledger import queries as ledger
from gangmu.ledger import receipts
from gangmu.ledger.facts import REVERSE, Fact
from gangmu.orgs import queries as orgs
from gangmu.orgs import rosters
from gangmu.orgs.member_moves import CONTACTED, sees_clues
from gangmu.orgs.permissions import Permission, may
from gangmu.pages import listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.choices import PickedPeriod, picked_period
from gangmu.pages.fragments import page
from gangmu.records import queries as records
from gangmu.records.rules import OWN_ACTIONS, against_reversal, family
from gangmu.web import duties_named, figure_rows, shown, things
from gangmu.web.correction_asked import request_of
from gangmu.web.minutes import parts_of
from gangmu.web.near import is_near
from gangmu.web.record_form import reverse_fields
from gangmu.web.words import lexicon, tag_choices

SIZE = 25
SORTED_BY = ("day", "received")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of facts is asked for by its address."""

    scope: Scope
    picked: PickedPeriod
    org: OrgId | None
    kind: str
    mine: bool
    sorting: listing.Sorting

    @property
    def order(self) -> str:
        """As the ledger calls it."""
        by = self.sorting
        return f"{'-' if by.down else ''}{by.column}" if by.column else ledger.NEWEST_FIRST

    def filter(self, actor: AccountId) -> ledger.FactFilter:
        """As the ledger is asked: never outside the scope."""
        return ledger.FactFilter(
            orgs=inside(self.scope, self.org),
            kinds=frozenset({self.kind}) if self.kind else None,
            period=self.picked.period,
            actor=actor if self.mine else None,
        )


def inside(scope: Scope, org: OrgId | None) -> frozenset[OrgId]:
    """The units at or under `org`, or of the whole scope, ended ones included."""
    tree = orgs.tree(scope.day)
    tops = [orgs.unit(scope, org)] if org else list(orgs.tops(scope))
    return frozenset(node.org for top in tops for node in tree.subtree(top.path))


def asked(request: SignedIn) -> Asked:
    """Read the address; a unit outside the scope is not found."""
    scope = request.actor.scope
    org = OrgId(request.GET["org"]) if request.GET.get("org") else None
    kind = request.GET.get("kind", "")
    tops = [org] if org else [node.org for node in orgs.tops(scope)[:1]]
    picked = figure_rows.picked(request.GET, scope, tops[0]) if tops else picked_period(request.GET, scope.day)
    kind, mine = kind if kind in catalog().facts else "", bool(request.GET.get("mine"))
    return Asked(scope, picked, org, kind, mine, listing.sorting(request.GET, SORTED_BY))


@policy(Permission.SEE_FACTS)
def facts(request: SignedIn) -> HttpResponse:
    """The facts of a period, by unit and kind, newest arrival first unless sorted by a column."""
    wants = asked(request)
    number = listing.page_number(request.GET)
    wanted = wants.filter(request.actor.account)
    rows = ledger.facts(wanted, limit=SIZE, offset=(number - 1) * SIZE, order=wants.order)
    total = ledger.count(wanted)
    context = {
        "section": "facts",
        "unit": orgs.unit(wants.scope, wants.org) if wants.org else None,
        "picked": wants.picked,
        "kept": kept(request.GET, "org", "from", "to", "mine", "sort"),
        "sorting": wants.sorting,
        "kinds": [(key, kind.title) for key, kind in catalog().facts.items()],
        "kind": wants.kind,
        "facts": listing.Slice(shown.fact_rows(rows, lexicon(wants.scope.day)), number, SIZE, total),
        "export": listing.export_addresses(reverse("facts-csv"), request.GET, total),
        "archive": _archive(wants),
    }
    return page(request, "web/facts.html", context, parts=("facts",))


def _archive(wants: Asked) -> str:
    """Where the year's archive of the unit is, for whoever may see the names in it."""
    if wants.org is None or not may(wants.scope, Permission.SEE_PERSONS, wants.org):
        return ""
    return reverse("unit-archive", args=[wants.org, min(wants.picked.period.end, wants.scope.day).year])


def kept(query: QueryDict, *names: str) -> list[tuple[str, str]]:
    """The parts of the address that a form must carry on."""
    return [(name, query.get(name, "")) for name in names if query.get(name)]


@policy(Permission.SEE_FACTS)
def facts_csv(request: SignedIn) -> HttpResponseBase:
    """The same list as a file: same filter, same order, the same page if one was chosen."""
    wants = asked(request)
    wanted = wants.filter(request.actor.account)
    words = lexicon(wants.scope.day)
    if "page" in request.GET:
        offset = (listing.page_number(request.GET) - 1) * SIZE
        rows = ledger.facts(wanted, limit=SIZE, offset=offset, order=wants.order)
        return fact_file(request, _("记录"), shown.fact_rows(rows, words))
    return fact_file(request, _("记录"), (shown.fact_row(one, words) for one in ledger.every_fact(wanted, wants.order)))


def fact_file(request: SignedIn, name: str, rows: Iterable[shown.FactRow]) -> HttpResponseBase:
    """Facts as a file of the kind that is asked for: the columns of the table."""
    header = [_("哪天"), _("单位"), _("记了什么"), _("内容"), _("补录"), _("冲正"), _("入账"), _("台账序号")]
    yes = _("是")  # the language of the page is over when the last rows are written
    cells = (
        [row.day, row.unit, row.title, row.said, yes if row.late else "", yes if row.reversed else "",
         row.received, row.seq]
        for row in rows
    )  # fmt: skip
    return listing.exported(request.GET, name, header, cells)


def seen(request: SignedIn, fact_id: str) -> Fact:
    """The fact, if its unit lies in the reader's scope; else it does not exist."""
    return records.seen(request.actor, Permission.SEE_FACTS, FactId(fact_id))


@policy(Permission.SEE_FACTS, object="fact")
def fact(request: SignedIn, fact_id: str) -> HttpResponse:
    """One fact: what was recorded, what became of it, how it is proven."""
    found = seen(request, fact_id)
    return page(request, "web/fact.html", fact_context(request, found))


def fact_context(request: SignedIn, found: Fact, typed: QueryDict | None = None) -> dict[str, Any]:
    scope = request.actor.scope
    words = lexicon(scope.day)
    row = shown.fact_row(found, words)
    kind = words.kinds.get(found.kind)
    proof = ledger.proof(found.id)
    fields = reverse_fields(typed or QueryDict())
    return {
        "section": "facts",
        "fact": found,
        "row": row,
        "crumbs": [(reverse("facts"), _("记录")), (reverse("unit", args=[found.org]), row.unit)],
        "fields": shown.field_rows(found.body, kind, words, _named(scope, found, kind)) if kind else [],
        "late_reason": _late_reason(found, words),
        "sealed": _sealed(request, found, kind, words) if kind else [],
        "chain": _chain(found, words),
        "proof": {"steps": proof.path, "root": proof.head.root.hex(), "size": proof.head.size} if proof else None,
        "raw": ledger.entry(found.id).decode("utf-8"),
        "may_reverse": _may_reverse(request, found),
        "may_restate": family(found.kind) not in OWN_ACTIONS,
        "reverse_fields": fields,
        "reverse_keys": frozenset(field.key for field in fields),
        "idem": (typed or QueryDict()).get("idem") or new_id(),
        "just_recorded": request.GET.get("recorded", ""),
        "has_minutes": bool(parts_of(found)) and may(request.actor, Permission.SEE_PERSONS, found.org),
        "asked_for": request_of(request.actor, found, typed or QueryDict()),
    }


def _named(scope: Scope, found: Fact, kind: FactKind) -> shown.Named:
    """The things and persons that the fact names, in words: a person by name where the reader may see names."""
    told = dict(duties_named.named(scope, found))
    for one in kind.body_fields:
        value = str(found.body.get(one.key) or "")
        if value and one.type == "ref":
            thing = things.named(scope, one.key, value)
            told[one.key] = (thing[0], reverse("fact", args=[thing[1]])) if thing else (_("不在您的范围里"), "")
        elif value and one.type == "person":
            told[one.key] = (_by_name(scope, found, one.key), "")
    return told


def _by_name(scope: Scope, found: Fact, key: str) -> str:
    """The person, or the persons, that a field names; whoever may not see names reads how many they are."""
    value = found.body[key]
    people = [PersonId(str(one)) for one in (value if isinstance(value, list | tuple) else [value])]
    names = rosters.persons(scope, people, found.org)
    known = [texts["name"] for person in people if (texts := names.get(person, {})).get("name")]
    if len(known) < len(people):
        sealed = _("姓名封存")
        known.append(sealed if len(people) == 1 else f"{sealed} × {len(people) - len(known)}")
    return "、".join(known)


def _late_reason(found: Fact, words: shown.Lexicon) -> str:
    given = found.body.get("late_reason")
    titles = dict(tag_choices("late_reason"))
    return words.title(titles[str(given)]) if given in titles else str(given or "")


def _may_reverse(request: SignedIn, found: Fact) -> bool:
    if found.kind == REVERSE or found.reversed_by or against_reversal(found.kind):
        return False
    return may(request.actor, Permission.REVERSE, found.org)


def _sealed(request: SignedIn, found: Fact, kind: FactKind, words: shown.Lexicon) -> list[dict[str, str]]:
    may_open = may(request.actor, Permission.SEE_PERSONS, found.org)
    near = frozenset() if is_near(request.actor.scope, found.org) else {slot.key for slot in kind.slots if slot.near}
    if found.kind == CONTACTED:  # what may be a clue is for two pairs of eyes alone
        near = set() if sees_clues(request.actor.scope, found.org) else {"reached"}
    slots = [slot for slot in found.slots if slot not in near]
    opened = ledger.open_slots([found.id], slots) if may_open and slots else ()
    values = {one.slot: one.text for one in opened}
    titles = {slot.key: words.title(slot.title) for slot in kind.slots}
    shown_slots = [slot for slot in found.slots if slot != "proposal"]  # kept as a record would be, for no one to read
    return [{"title": titles.get(slot, slot), "value": values.get(slot, "")} for slot in shown_slots]


def _chain(found: Fact, words: shown.Lexicon) -> list[dict[str, Any]]:
    """The fact, what took it back and what stands in its place; empty for a fact that nothing happened to."""
    first = found
    earlier = found.ref("reverses") or found.ref("restates")
    if earlier:
        first = ledger.fact(earlier)
    later = [fact for fact in _about(first) if fact.id != first.id]
    if not later:
        return []
    return [_link(first, words), *(_link(one, words) for one in sorted(later, key=lambda one: one.received))]


def _about(first: Fact) -> list[Fact]:
    """What took the fact back, and what was recorded in its place in the same request."""
    if not first.reversed_by:
        return []
    reversal = ledger.fact(first.reversed_by)
    instead = ledger.recorded_under(reversal.actor, reversal.idem.removesuffix(":reverse"))
    return [reversal, *([ledger.fact(instead)] if instead and instead != reversal.id else [])]


def _link(one: Fact, words: shown.Lexicon) -> dict[str, Any]:
    row = shown.fact_row(one, words)
    took_back, restated = one.ref("reverses"), one.ref("restates")
    title = _("冲正：整条不算了") if took_back else row.title
    return {
        "id": row.id, "title": title, "said": row.said, "seq": row.seq, "gone": row.reversed,
        "tag": _("更正") if restated else "", "received": row.received,
    }  # fmt: skip


@policy(Permission.SEE_FACTS, object="fact")
def fact_proof(request: SignedIn, fact_id: str) -> HttpResponse:
    """The proof of a fact as a file that the offline verifier reads; a receipt while it waits for its number."""
    found = seen(request, fact_id)
    proof = ledger.proof(found.id)
    text = proof.text if proof else receipts.text(ledger.receipt(found.id))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.id}.{"tlog-proof" if proof else "receipt"}"'
    return response
