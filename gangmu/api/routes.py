"""The API: organisations, figures, facts, and the log's public files. Scope and refusals are those of the pages."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer

from gangmu.api import tokens
from gangmu.api.schemas import FactOut, FactsOut, FigureOut, OrganisationOut, ProblemOut, RefusedOut
from gangmu.catalog.current import catalog
from gangmu.indicators import queries as indicators
from gangmu.kernel import clock
from gangmu.kernel.ids import FactId, OrgId
from gangmu.kernel.periods import EARLIEST, LATEST, Period
from gangmu.kernel.problems import NotFound, Problem, Refused
from gangmu.kernel.scope import Actor
from gangmu.ledger import queries as ledger
from gangmu.ledger import stored
from gangmu.ledger.tiles import tiles_of
from gangmu.orgs import queries as orgs
from gangmu.orgs.permissions import Permission, require
from gangmu.records import queries as records

First = Annotated[date, Query(alias="from", description="the first day")]
Last = Annotated[date, Query(alias="to", description="the last day, included")]
TreeDay = Annotated[date | None, Query(description="with the tree of this day, not of the period's last")]
AsKnown = Annotated[int | None, Query(description="by the first so many facts of the ledger: as it was known then")]
PAGE = 100
NO_TOKEN = Problem(
    "api.no_token",
    "请求里没有能用的令牌。请写上 Authorization: Bearer 令牌；令牌由管理机器的人用 token 命令发给您，到期要换。",
    "The request has no token that is good. Send Authorization: Bearer TOKEN; whoever keeps the machine issues "
    "one with the command `token`, and a new one when it has ended.",
    "Authorization",
)
NO_HEAD = Problem("api.no_head", "台账还没有签过检查点。记了第一条以后再来取。",
                  "The log has no signed checkpoint yet; ask again after the first record.", "checkpoint")  # fmt: skip
NO_ADDRESS = Problem("api.no_address", "接口没有这个地址。有哪些，见 docs/reference/openapi.json。",
                     "The API has no such address; docs/reference/openapi.json lists them.", "path")  # fmt: skip
NO_METHOD = Problem("api.no_method", "这个地址不这样用。能怎么用，写在回答的 Allow 一行里。",
                    "The address is not used that way; the answer's line Allow says how it is.", "method")  # fmt: skip
BROKEN = Problem("api.broken", "出了点问题，不怪您。请过一会儿再试；还不行，告诉管理员是什么时候、问的什么。",
                 "Something went wrong on our side. Please try again in a moment; if it stays, tell the keeper of the "
                 "machine when it was and what was asked.")  # fmt: skip
UNFIT = Problem(
    "api.unfit",
    "这样的请求不受理：主机名不对，或内容太多。",
    "Such a request is not taken: another host's name, or too much in it.",
)
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
PAGES = 1_000_000  # beyond it no log has any


class Bearer(HttpBearer):
    """`Authorization: Bearer TOKEN`, issued by `gangmu token`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002 - the signature is ninja's
        """Who the token speaks for; None answers 401."""
        return tokens.actor_of(token, clock.today())


api = NinjaAPI(
    title="纲目 gangmu",
    version="1",
    description="Facts, figures and the log. Everything is inside the token's scope; a stranger's thing is not found.",
    auth=Bearer(),
    docs_url=None,
    openapi_url=None,
)


def scope_of(request: HttpRequest, permission: Permission, org: OrgId | None = None) -> Any:
    """The asking scope, after asking for the permission."""
    asker: Actor = request.auth  # type: ignore[attr-defined]
    require(asker, permission, org)
    return asker.scope


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """404 for what is not there or not for the asker, 422 with every problem for the rest."""
    return answer(request, refusal.problems, 404 if isinstance(refusal, NotFound) else 422)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    """422 with one problem for each value of the address that cannot be read."""
    return answer(request, [_value_problem(error) for error in invalid.errors], 422)


@api.exception_handler(AuthenticationError)
def without_token(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """401 and how to come by a token; nothing is said of what the address is about."""
    return answer(request, [NO_TOKEN], 401)


def answer(request: HttpRequest, problems: Iterable[Problem], status: int) -> HttpResponse:
    """Problems as every refusal of the API bears them."""
    return api.create_response(request, RefusedOut(problems=list(map(ProblemOut.of, problems))), status=status)


def _value_problem(error: dict[str, Any]) -> Problem:
    name = str(error["loc"][-1])
    if error["type"] == "missing":
        return Problem("api.missing", f"请写上 {name}。", f"Say {name}.", name)
    if error["type"].startswith("date"):
        return Problem(
            "api.value", f"{name} 要写成 2025-03-31 这样的日期。", f"Write {name} as a day like 2025-03-31.", name
        )
    return Problem("api.value", f"{name} 要写成整数。", f"Write {name} as a whole number.", name)


def _org(request: HttpRequest, code_or_id: str) -> OrgId:
    """The unit that an address names, by its code or its id; an unknown code stays as it is and is not found."""
    asker: Actor = request.auth  # type: ignore[attr-defined]
    return orgs.named(asker.scope, code_or_id)


def period(first: date, last: date) -> Period:
    """Both days included. Raises Refused when the last lies before the first, or one where nothing can be asked."""
    if not EARLIEST <= first <= last <= LATEST:
        span = f"{EARLIEST} … {LATEST}"
        words = (f"结束日期不能早于开始日期，两天都要在 {span} 之内。",
                 f"The last day cannot lie before the first; both lie in {span}.")  # fmt: skip
        raise Refused([Problem("period.order", *words, where="to")])
    return Period(first, last)


@api.get("/organisations", response=list[OrganisationOut], summary="Units in scope, by words or under a unit")
def organisations(request: HttpRequest, words: str = "", under: str = "") -> list[OrganisationOut]:
    scope = scope_of(request, Permission.SEE_FIGURES)
    inside = orgs.children(scope, _org(request, under)) if under else orgs.tops(scope)
    return [OrganisationOut.of(node) for node in (orgs.find(scope, words) if words else inside)]


@api.get("/organisations/{org}", response={200: OrganisationOut, 404: RefusedOut}, summary="One unit")
def organisation(request: HttpRequest, org: str) -> OrganisationOut:
    return OrganisationOut.of(orgs.unit(scope_of(request, Permission.SEE_FIGURES), _org(request, org)))


@api.get(
    "/figures/{org}",
    response={200: list[FigureOut], 404: RefusedOut, 422: RefusedOut},
    summary="Every figure of a unit",
    by_alias=True,
)
def figures(
    request: HttpRequest, org: str, first: First, last: Last, tree_day: TreeDay = None, as_known: AsKnown = None
) -> list[dict[str, object]]:
    unit = _org(request, org)
    scope = scope_of(request, Permission.SEE_FIGURES, unit)
    keys = tuple(catalog().indicators)
    found = indicators.figures(scope, keys, unit, period(first, last), tree_day=tree_day, as_known=as_known)
    return [one.as_record() for one in found]


@api.get(
    "/figures/{org}/{key}",
    response={200: FigureOut, 404: RefusedOut, 422: RefusedOut},
    summary="One figure",
    by_alias=True,
)
def figure(
    request: HttpRequest, org: str, key: str, first: First, last: Last, tree_day: TreeDay = None,
    as_known: AsKnown = None,
) -> dict[str, object]:  # fmt: skip
    unit = _org(request, org)
    scope = scope_of(request, Permission.SEE_FIGURES, unit)
    days = period(first, last)
    return indicators.figure(scope, key, unit, days, tree_day=tree_day, as_known=as_known).as_record()


@api.get("/facts", response={200: FactsOut, 404: RefusedOut}, summary="Facts of a unit and the units under it")
def facts(request: HttpRequest, org: str, first: First, last: Last, kind: str = "", page: int = 1) -> FactsOut:
    unit = _org(request, org)
    scope = scope_of(request, Permission.SEE_FACTS, unit)
    units = frozenset(node.org for node in orgs.descendants(scope, unit)) | {unit}
    kinds = frozenset({kind}) if kind else None
    wanted = ledger.FactFilter(orgs=units, kinds=kinds, period=period(first, last))
    number = min(max(1, page), PAGES)
    rows = ledger.facts(wanted, limit=PAGE, offset=(number - 1) * PAGE)
    return FactsOut(total=ledger.count(wanted), page=number, facts=[FactOut.of(row) for row in rows])


@api.get("/facts/{fact_id}", response={200: FactOut, 404: RefusedOut}, summary="One fact")
def fact(request: HttpRequest, fact_id: str) -> FactOut:
    asker: Actor = request.auth  # type: ignore[attr-defined]
    return FactOut.of(records.seen(asker, Permission.SEE_FACTS, FactId(fact_id)))


@api.get("/log/checkpoint", auth=None, summary="The newest signed checkpoint (C2SP)", include_in_schema=True)
def checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - ninja hands it on
    head = ledger.head()
    if head is None:
        raise NotFound([NO_HEAD])
    return HttpResponse(head.note, content_type="text/plain; charset=utf-8")


def _no_tile(name: str) -> Problem:
    message = "没有这一块。只有检查点大小之内的，写法见 C2SP tlog-tiles。"
    english = "There is no such tile. Those within the checkpoint's size are, named as C2SP tlog-tiles says."
    return Problem("api.no_tile", message, english, name)


@api.get("/log/tile/{int:level}/{path:number}", auth=None, summary="A hash tile (C2SP tlog-tiles); never an entry")
def tile(request: HttpRequest, level: int, number: str) -> HttpResponse:  # noqa: ARG001 - ninja hands it on
    head = ledger.head()
    name = f"tile/{level}/{number}"
    wanted = next((one for one in tiles_of(head.size) if one.path == name), None) if head else None
    if wanted is None:
        raise NotFound([_no_tile(name)])
    return HttpResponse(stored.tile(wanted), content_type="application/octet-stream")


@api.api_operation(METHODS, "/", auth=None, include_in_schema=False)
def nothing(request: HttpRequest) -> None:  # noqa: ARG001 - ninja hands it on
    """The root holds nothing, and says so as everything else does."""
    raise NotFound([NO_ADDRESS])


@api.api_operation(METHODS, "/{path:rest}", auth=None, include_in_schema=False)
def unknown(request: HttpRequest, rest: str) -> None:  # noqa: ARG001 - ninja hands it on
    """Nor does any other address."""
    raise NotFound([NO_ADDRESS])
