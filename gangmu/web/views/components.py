"""Every component in every state, on one page: what a designer looks at and a test walks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gangmu.kernel.periods import Period
from gangmu.kernel.problems import Problem
from gangmu.pages.access import public
from gangmu.pages.choices import PickedPeriod
from gangmu.pages.entry import Field, keys
from gangmu.pages.formats import periods_offered
from gangmu.pages.fragments import page
from gangmu.pages.listing import Slice

DAY = date(2025, 12, 18)
VERDICTS = ("contradiction", "no_record", "placeholder", "unbound", "consistent", "confirmed")
STATES = ("done", "late", "running", "due", "later", "missed", "overdue", "extended", "not_applicable")
SWATCHES = ("ink", "ink-2", "ink-3", "paper", "sheet", "wash", "zhu", "lv", "qing", "zhe", "zi", "hui", "bar")


@dataclass(frozen=True, slots=True)
class Example:
    """A figure as a component reads it: by field names only."""

    value: Decimal | None
    unit: str
    withheld: bool = False
    absent: bool = False
    places: int = 0


@public
def components(request: HttpRequest) -> HttpResponse:
    """The sheet of components."""
    wrong = [Problem("web.example", "到会24人，比应到的21人多。", "24 came, but only 21 were due.", where="present")]
    context = {
        "verdicts": VERDICTS,
        "states": STATES,
        "swatches": SWATCHES,
        "figures": _figures(),
        "fields": _fields(),
        "keys": keys(_fields()),
        "problems": wrong,
        "picked": PickedPeriod(Period.of_year(2025), tuple(periods_offered(DAY))),
        "rows": Slice((), 2, 20, 1233),
        "head": SimpleNamespace(size=1204557, signed=datetime(2025, 12, 18, 1, 10, tzinfo=UTC)),
    }
    return page(request, "web/components.html", context)


def _figures() -> list[tuple[Example, str]]:
    return [
        (Example(Decimal("96.27"), "%"), _("1,187 ÷ 1,233，四舍五入到一位")),
        (Example(Decimal(0), "件"), _("没有就是0")),
        (Example(None, "%"), _("没有数：分母是0，没有开展这一项")),
        (Example(None, "件", absent=True), _("还没报，不按0算；合计缺它")),
        (Example(None, "人", withheld=True), _("人太少，显示了会认出是谁")),
    ]


def _fields() -> list[Field]:
    choices = (("yes", _("赞成")), ("no", _("不赞成")))
    return [
        Field("place", _("在哪里"), "text", _("村党群服务中心二楼"), help=_("上次在这里")),
        Field("present", _("到会人数"), "number", "24", required=True, unit="人"),
        Field("held", _("哪天"), "date", "2025-12-05", required=True),
        Field("vote", _("表决"), "chips", "yes", ("yes",), choices, required=True),
        Field("tags", _("主题"), "tags", "", ("no",), choices),
        Field("form", _("形式"), "select", "", (), choices, required=True),
        Field("open", _("向群众公开"), "check", "yes"),
        Field("notes", _("要点"), "textarea", "", sealed=True),
    ]
