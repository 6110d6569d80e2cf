"""Recording: which kind, then one page for any kind, from its definition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import FactKind, Text
from gangmu.kernel.clock import local_day
from gangmu.kernel.ids import OrgId, new_id
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.kernel.scope import Scope
from gangmu.ledger.facts import Fact
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, allows, may
from gangmu.orgs.tree import Node
from gangmu.pages import entry
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.entry import Field
from gangmu.pages.fragments import page, refused
from gangmu.records import actions as records
from gangmu.web.views.facts import reverse_fields, seen
from gangmu.web.words import choices, tag_choices

TREE_KINDS = ("unit", "relation", "post", "holding", "membership", "person", "access", "account")  # kept elsewhere
HEADINGS = (
    (None, Text(zh="办了的事", en="What was done")),
    ("opens", Text(zh="新的事项", en="New matters")),
    ("moves", Text(zh="事项有进展", en="Progress of a matter")),
    ("closes", Text(zh="事项了结", en="A matter closed")),
)
LIST_OF_UNITS = 40


@dataclass(frozen=True, slots=True)
class Form:
    """The page of one kind as it stands: three groups of controls and what is remembered between tries."""

    kind: FactKind
    where: list[Field]
    fields: list[Field]
    reasons: list[Field]
    idem: str
    about: str

    @property
    def keys(self) -> frozenset[str]:
        return entry.keys([*self.where, *self.fields, *self.reasons])


def recordable(request: SignedIn) -> list[FactKind]:
    """The kinds that one of the reader's roles records. Kinds of the tree, of members and of accounts have pages of their own."""
    roles = [role for role in request.actor.scope.roles if allows(role, Permission.RECORD)]
    kinds = (kind for kind in catalog().facts.values() if kind.key.partition(".")[0] not in TREE_KINDS)
    return [kind for kind in kinds if roles and (not kind.recorders or set(roles) & set(kind.recorders))]


@policy(Permission.SEE_FIGURES)
def record(request: SignedIn) -> HttpResponse:
    """What may be recorded, in groups."""
    groups = []
    for does, title in HEADINGS:
        kinds = [kind for kind in recordable(request) if (kind.moves.does if kind.moves else None) == does]
        groups += [(title, kinds)] if kinds else []
    org = request.GET.get("org", "")
    return page(request, "web/record.html", {"section": "record", "groups": groups, "query": f"?org={org}" if org else ""})


@policy(Permission.RECORD)
def record_kind(request: SignedIn, kind: str) -> HttpResponse:
    """GET shows the empty page of a kind; POST records one fact, or says everything that is wrong with it."""
    definition = _kind(request, kind)
    if request.method != "POST":
        return _form_page(request, form(request, definition, request.GET))
    typed = request.POST
    org, problems = unit_meant(request.actor.scope, typed.get("org", ""), "org")
    try:
        receipt = records.record_fact(**_facts_words(request, definition, typed, org, problems), by=request.actor)
    except NotFound:
        raise
    except Refused as refusal:
        return _form_page(request, form(request, definition, typed), refusal.problems)
    return _done(receipt.id, repeated=receipt.repeated)
