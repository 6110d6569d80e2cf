"""Members of a unit: who is on the way into the Party, and each person's file step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.current import catalog
from gangmu.catalog.definitions import Text
from gangmu.catalog.ways import WayStep
from gangmu.kernel.ids import OrgId, PersonId, new_id
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.orgs import member_files, member_moves
from gangmu.orgs import queries as orgs
from gangmu.orgs.actions.member_files import take_step
from gangmu.orgs.member_files import FileRow
from gangmu.orgs.permissions import Permission, may
from gangmu.orgs.tree import Node
from gangmu.pages import entry, listing
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.fragments import page
from gangmu.web import member_forms
from gangmu.web import member_moves as moving
from gangmu.web import member_sheets as sheets
from gangmu.web.record_form import said_once
from gangmu.web.registry_forms import Verb
from gangmu.web.views.units import crumbs
from gangmu.web.words import unit_names

SIZE = 50
VERBS = {**moving.VERBS, **sheets.VERBS}


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in the list: whose, at which branch, in which stage since when, what comes next and by when."""

    row: FileRow
    name: str
    unit: str
    stage: Text | str
    late: bool


@policy(Permission.SEE_PERSONS, object="unit")
def unit_members(request: SignedIn, org: str) -> HttpResponse:
    """Those on the way into the Party at the unit and beneath it, who waits longest first."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    rows = member_files.files(scope, node.org)
    late = {row.id for row in member_files.what_is_late(rows, scope.day)}
    shown = listing.cut(sorted(rows, key=lambda row: (row.id not in late, row.since)),
                        listing.page_number(request.GET), SIZE)  # fmt: skip
    names = member_forms.names(scope, node.org, [row.person for row in shown.rows])
    context = {
        "section": "units",
        "unit": node,
        "crumbs": crumbs(scope, node, _("党员")),
        "files": listing.Slice([_line(request, row, names, row.id in late) for row in shown.rows], shown.number, SIZE,
                               len(rows)),
        "late": len(late),
        "keeps": _keeps(request, node),
        "today": scope.day,
        **_moves(request, node),
    }  # fmt: skip
    return page(request, "web/members.html", context)


def _moves(request: SignedIn, node: Node) -> dict[str, object]:
    """The letters that wait, and the branch's own roll with what it may say of each member."""
    scope = request.actor.scope
    found = member_moves.letters(scope, node.org)
    kind = catalog().organisation_kinds.get(node.kind)
    rows = member_moves.roll(scope, node.org) if kind is not None and kind.has_members else ()
    keeps = node.alive and may(request.actor, Permission.KEEP_MEMBERS, node.org)
    clues = member_moves.sees_clues(scope, node.org)
    offered = [(key, verb) for key, verb in VERBS.items() if keeps and rows and (key != "contact" or clues)]
    return {
        "letters": [(one, one in found.coming) for one in (*found.coming, *found.out)],
        "letter_names": member_moves.names_in_letters(scope, found),
        "units": unit_names(scope.day),
        "roll": rows,
        "roll_names": moving.roll_names(scope, node.org, rows),
        "verbs": offered,
        "clues": clues,
        **sheets.shown(scope, node.org, scope.day.replace(day=1)),
        "changed": VERBS.get(request.GET.get("changed", "")),
        "draft_done": f"{request.GET.get('changed', '')}-{node.org}",
    }


@policy(Permission.KEEP_MEMBERS, object="unit")
def member_move(request: SignedIn, org: str, verb: str) -> HttpResponse:
    """GET shows a form about a member of the branch; POST records it, or says everything that is wrong."""
    node = orgs.unit(request.actor.scope, OrgId(org))
    if verb not in VERBS or not node.alive:
        raise Http404
    if request.method != "POST":
        return _move_form(request, node, verb, [])
    try:
        (sheets if verb in sheets.VERBS else moving).carry_out(
            verb, moving.Asked(request.actor, node.org, request.POST)
        )
    except NotFound:
        raise
    except Refused as refusal:
        return _move_form(request, node, verb, refusal.problems)
    return HttpResponseRedirect(f"{reverse('unit-members', args=[node.org])}?changed={verb}")


def _move_form(request: SignedIn, node: Node, verb: str, problems: Sequence[Problem]) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    fields = (sheets if verb in sheets.VERBS else moving).fields(request.actor.scope, node.org, verb, typed)
    context = {
        "section": "units",
        "unit": node,
        "verb": VERBS[verb],
        "draft": f"{verb}-{node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": typed.get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("党员")),
        "back": reverse("unit-members", args=[node.org]),
        "record_at_once": True,
        "problems": said_once([_at(problem, {"at": "day"}) for problem in problems]),
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)


def _keeps(request: SignedIn, node: Node) -> bool:
    kind = catalog().organisation_kinds.get(node.kind)
    admits = kind is not None and kind.has_members and kind.may_admit
    return admits and node.alive and may(request.actor, Permission.KEEP_MEMBERS, node.org)


def _line(request: SignedIn, row: FileRow, names: Mapping[PersonId, str], late: bool) -> FileLine:
    titles = member_forms.stage_titles()
    unit = unit_names(request.actor.scope.day).get(row.org, "")
    return FileLine(row, names.get(row.person, ""), unit, titles.get(row.stage, row.stage), late)


@policy(Permission.SEE_PERSONS, object="unit")
def member_file(request: SignedIn, org: str, file: str) -> HttpResponse:
    """One file: every step with its day and record, the next with its first and last day and who acts."""
    scope = request.actor.scope
    node = orgs.unit(scope, OrgId(org))
    row = member_files.file(scope, node.org, file)
    name = member_forms.names(scope, node.org, [row.person]).get(row.person, "")
    titles = member_forms.stage_titles()
    context = {
        "section": "units",
        "unit": node,
        "crumbs": [*crumbs(scope, node), (reverse("unit-members", args=[node.org]), _("党员")),
                   ("", name or _("一份档案"))],
        "row": row,
        "name": name,
        "stage": titles.get(row.stage, row.stage),
        "stages": member_forms.stage_lines(row, member_files.places(scope, row), scope.day),
        "keeps": node.alive and may(request.actor, Permission.KEEP_MEMBERS, node.org),
        "changed": member_forms.step_of(request.GET.get("changed", "")),
    }  # fmt: skip
    return page(request, "web/member_file.html", context)


@policy(Permission.KEEP_MEMBERS, object="unit")
def member_step(request: SignedIn, org: str, file: str, step: str) -> HttpResponse:
    """GET shows the form of a step; POST records it, or says everything that is wrong."""
    scope = request.actor.scope
    node, asked_step = orgs.unit(scope, OrgId(org)), member_forms.step_of(step)
    row = None if file == member_forms.NEW else member_files.file(scope, node.org, file)
    if asked_step is None or not node.alive or (row is None and asked_step.enters != "applicant"):
        raise Http404
    if request.method != "POST":
        return _form(request, node, asked_step, row, [])
    asked, problems = member_forms.told(scope, node.org, step, row.id if row else None, request.POST)
    try:
        if problems:
            raise Refused(problems)
        done = take_step(asked, by=request.actor)
    except NotFound:
        raise
    except Refused as refusal:
        return _form(request, node, asked_step, row, refusal.problems)
    return HttpResponseRedirect(f"{reverse('member-file', args=[node.org, done])}?changed={step}")


def _form(
    request: SignedIn, node: Node, step: WayStep, row: FileRow | None, problems: Sequence[Problem]
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    fields = member_forms.fields(request.actor.scope, step, typed, row)
    back = reverse("member-file", args=[node.org, row.id]) if row else reverse("unit-members", args=[node.org])
    placed = {"at": "day", "step": ""}
    context = {
        "section": "units",
        "unit": node,
        "verb": Verb(step.title, step.help or step.by),
        "draft": f"step-{step.key}-{row.id if row else node.org}",
        "fields": fields,
        "keys": entry.keys(fields),
        "idem": typed.get("idem") or new_id(),
        "crumbs": crumbs(request.actor.scope, node, _("党员")),
        "back": back,
        "record_at_once": True,
        "problems": said_once([_at(problem, placed) for problem in problems]),
    }
    return page(request, "web/guided.html", context, status=422 if problems else 200)


def _at(problem: Problem, placed: Mapping[str, str]) -> Problem:
    """The problem at the control of this form that it speaks of."""
    where = problem.where.rpartition(".")[2]
    return Problem(problem.code, problem.message, problem.message_en, placed.get(where, where), problem.rule)
