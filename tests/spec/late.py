"""When a record is late, and what then is asked."""

from typing import NamedTuple

from tests.spec.chapters import Chapter, Table

IN_TIME, LATE, ASKED, FUTURE = "按时", "补录", "要选原因", "不收"


class Recorded(NamedTuple):
    """A record made some days after it happened (negative: before), and how it is taken."""

    kind: str
    what: str
    days: int
    reason: str
    taken: str
    counted_late: bool


ROWS = (
    Recorded("activity.held", "活动", 0, "", IN_TIME, False),
    Recorded("activity.held", "活动", 7, "", IN_TIME, False),
    Recorded("activity.held", "活动", 8, "", ASKED, False),
    Recorded("activity.held", "活动", 8, "no_network", LATE, True),
    Recorded("activity.held", "活动", 400, "found_later", LATE, True),
    Recorded("activity.held", "活动", 3, "busy", IN_TIME, False),
    Recorded("activity.held", "活动", -1, "", FUTURE, False),
    Recorded("matter.opened", "受理诉求", 3, "", IN_TIME, False),
    Recorded("matter.opened", "受理诉求", 4, "", ASKED, False),
    Recorded("matter.opened", "受理诉求", 4, "away", LATE, True),
    Recorded("money.booked", "记账", 30, "", IN_TIME, False),
    Recorded("money.booked", "记账", 31, "", ASKED, False),
    Recorded("money.booked", "记账", 31, "handover", LATE, True),
    Recorded("site.opened", "阵地启用", 31, "batch", LATE, True),
)

CHAPTER = Chapter(
    "late",
    "Late records 补录",
    (
        Table(
            "几天之内算按时",
            "过了规定天数要选一个原因；选了就收，照样算数，单独数得出来。没到的日子不收。",
            "After the days allowed a reason is asked; with it the record is taken and counts, told apart as late. "
            "What has not happened yet is not taken.",
            ("记什么", "发生后几天记", "写的原因", "结果", "算不算补录"),
            [(f"{one.what}（{one.kind}）", str(one.days), one.reason or "没写", one.taken, "算" if one.counted_late else "不算")
             for one in ROWS],
        ),
    ),
)  # fmt: skip
