"""How one wants to be reminded: by mail, by a group's bot, or not at all, and until when not."""

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.catalog.definitions import Text
from gangmu.kernel.problems import Problem, Refused
from gangmu.orgs.permissions import Permission
from gangmu.pages import entry
from gangmu.pages.access import SignedIn, policy
from gangmu.pages.entry import Field
from gangmu.pages.fragments import page
from gangmu.pages.templatetags.gangmu import language
from gangmu.reminders import choices
from gangmu.reminders.carriers import MAIL, Place
from gangmu.reminders.choices import Chosen
from gangmu.reminders.sending import last_told
from gangmu.web.record_form import day_meant

WAYS = (
    ("none", Text(zh="不用提醒", en="Do not remind me")),
    (MAIL, Text(zh="电子邮件", en="E-mail")),
    ("wecom", Text(zh="企业微信群机器人", en="WeCom group bot")),
    ("dingtalk", Text(zh="钉钉群机器人", en="DingTalk group bot")),
    ("feishu", Text(zh="飞书群机器人", en="Feishu group bot")),
)


@dataclass(frozen=True, slots=True)
class Now:
    """How it stands: by which way (empty: not at all), to where with its middle left out, until when quiet."""

    way: Text | None
    place: str
    quiet_until: date | None
    last: date | None


@policy(Permission.SEE_FIGURES)
def reminders(request: SignedIn) -> HttpResponse:
    """GET shows what was chosen; POST keeps another choice, or says what is wrong with it."""
    chosen = choices.chosen_by(request.actor.account)
    if request.method != "POST":
        return _page(request, chosen, [])
    carrier = request.POST.get("carrier", "")
    if carrier == "none":
        choices.forget(request.actor.account)
        return HttpResponseRedirect(f"{reverse('reminders')}?kept=1")
    quiet, problems = _quiet(request.POST, request.actor.scope.day)
    place = Place(request.POST.get("address", "").strip(), request.POST.get("secret", "").strip())
    try:
        if problems:
            raise Refused(problems)
        choices.choose(carrier, place, by=request.actor, quiet_until=quiet, language=language())
    except Refused as refusal:
        return _page(request, chosen, list(refusal.problems))
    return HttpResponseRedirect(f"{reverse('reminders')}?kept=1")


def _quiet(typed: QueryDict, today: date) -> tuple[date | None, list[Problem]]:
    text = typed.get("quiet_until", "").strip()
    if not text:
        return None, []
    day, problems = day_meant(text, today)
    return day, [replace(one, where="quiet_until") for one in problems]


def _page(request: SignedIn, chosen: Chosen | None, problems: list[Problem]) -> HttpResponse:
    fields = _fields(request.POST if request.method == "POST" else None, chosen)
    context = {
        "section": "desk",
        "crumbs": [(reverse("desk"), _("我的")), ("", _("提醒"))],
        "fields": fields,
        "keys": entry.keys(fields),
        "now": _now(request, chosen),
        "kept": "kept" in request.GET,
        "on": settings.REMINDERS and bool(settings.SITE),
        "problems": problems,
    }
    answer = page(request, "web/reminders.html", context, status=422 if problems else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _now(request: SignedIn, chosen: Chosen | None) -> Now:
    ways = dict(WAYS)
    if chosen is None:
        return Now(None, "", None, None)
    place = _hidden(chosen.place.address) if chosen.place else ""
    return Now(ways.get(chosen.carrier), place, chosen.quiet_until, last_told(request.actor.account))


def _hidden(address: str) -> str:
    """Enough of an address to know it again, and no more: whoever looks over a shoulder cannot use it."""
    name, at, host = address.rpartition("@")
    return f"{name[:2]}…@{host}" if at else f"…{address[-4:]}"


def _fields(typed: QueryDict | None, chosen: Chosen | None) -> list[Field]:
    told = typed or QueryDict()
    way = told.get("carrier", "") or (chosen.carrier if chosen else "none")
    quiet = chosen.quiet_until.isoformat() if chosen and chosen.quiet_until else ""
    keeps = Text(zh="不填就还用原来的。", en="Left empty the old one stays.") if chosen else ""
    return [
        Field("carrier", Text(zh="怎么提醒", en="Remind me by"), "chips", way, (way,), WAYS, required=True),
        Field("address", Text(zh="邮箱，或从群里复制的机器人地址", en="E-mail or address of the bot"),
              "text", told.get("address", ""), help=keeps),
        Field("secret", Text(zh="机器人的加签密钥", en="The bot’s signing secret"), "text", told.get("secret", ""),
              help=Text(zh="钉钉、飞书设了“加签”才填。", en="Only where DingTalk or Feishu asks for a signature.")),
        Field("quiet_until", Text(zh="先安静到哪天（含当天）", en="Quiet up to and on"), "date",
              told.get("quiet_until", quiet)),
    ]  # fmt: skip
