"""How a figure comes out of facts: small stories, each a few facts and one question."""

from typing import NamedTuple

from tests.spec.chapters import Chapter, Table


class Story(NamedTuple):
    """Facts (a line each: day, unit, kind, fields), then a question, and what comes out.

    `~` before a line takes the line before it back; `close` closes the period for the whole city at that point; `*3`
    repeats a line three times. The question is an indicator, a unit and a period; the answer is a number, or 待补
    (nothing on record), 算不出 (a whole of zero), 不显示 (too few people).
    """

    situation: str
    facts: tuple[str, ...]
    asked: str
    unit: str
    period: str
    answer: str
    restated: str = ""


LECTURE = "activity.held tags=lecture"
RATE = "activity.attendance_rate[lecture]"
SESSIONS = "activity.sessions[lecture]"

REVERSED = (
    Story("记了就算", (f"2025-03-01 柳溪支部 {LECTURE}",), SESSIONS, "青禾市", "2025", "1"),
    Story("记两次算两次", (f"2025-03-01 柳溪支部 {LECTURE} *2",), SESSIONS, "青禾市", "2025", "2"),
    Story("撤销的不算", (f"2025-03-01 柳溪支部 {LECTURE} *2", "~"), SESSIONS, "青禾市", "2025", "1"),
    Story("都撤销了，等于没有记录", (f"2025-03-01 柳溪支部 {LECTURE}", "~"), SESSIONS, "青禾市", "2025", "待补"),
    Story("没有记录是待补，不是零", (), SESSIONS, "青禾市", "2025", "待补"),
    Story("开始那天在哪期就算哪期", (f"2024-12-31 柳溪支部 {LECTURE}", f"2025-01-01 柳溪支部 {LECTURE}"), SESSIONS,
          "青禾市", "2025", "1"),
)  # fmt: skip
CLOSED = (
    Story("关账以后补记：报的数不动，旁边写现在是多少",
          (f"2025-02-01 柳溪支部 {LECTURE}", "close 2025-01-01/2025-03-31", f"2025-02-02 柳溪支部 {LECTURE}"), SESSIONS, "青禾市",
          "2025-02", "1", "2"),
    Story("关账以后撤销，也一样", (f"2025-02-01 柳溪支部 {LECTURE} *2", "close 2025-01-01/2025-03-31", "~"), SESSIONS, "青禾市",
          "2025-02", "2", "1"),
    Story("没有动过，就没有第二个数", (f"2025-02-01 柳溪支部 {LECTURE}", "close 2025-01-01/2025-03-31"), SESSIONS, "青禾市",
          "2025-02", "1"),
    Story("关了一季度，全年还没关，全年按现在的算",
          (f"2025-02-01 柳溪支部 {LECTURE}", "close 2025-01-01/2025-03-31", f"2025-02-02 柳溪支部 {LECTURE}"), SESSIONS, "青禾市",
          "2025", "2"),
)  # fmt: skip
SITES = ("2023-05-01 柳溪村 site.opened tags=service_centre about=s1", "2024-05-01 荷塘村 site.opened tags=service_centre about=s2",
         "2025-05-01 荷塘村 site.closed about=s2 reason=idle")  # fmt: skip
FLOW = (
    Story("流量：当期新开的", SITES, "site.opened", "青禾市", "2024", "1"),
    Story("存量：期末那天还在用的，从前开的也算", SITES, "site.in_use", "青禾市", "2024", "2"),
    Story("存量：关了的当天起不算", SITES, "site.in_use", "青禾市", "2025", "1"),
    Story("流量：后来关了，开的那期还是一", SITES, "site.opened", "荷塘村", "2024", "1"),
)
TREE = (
    Story("相加的数，下级加起来就是上级", (f"2025-03-01 柳溪支部 {LECTURE}", f"2025-03-01 荷塘支部 {LECTURE} *2"), SESSIONS, "柳林县",
          "2025", "3"),
    Story("走访同一户，两个支部各算一户", ("2025-03-01 柳溪支部 activity.held tags=household_visit about=h1",), "activity.visited", "柳溪支部", "2025",
          "1"),
    Story("走访同一户，县里只算一户，不相加",
          ("2025-03-01 柳溪支部 activity.held tags=household_visit about=h1", "2025-04-01 荷塘支部 activity.held tags=household_visit about=h1"),
          "activity.visited", "柳林县", "2025", "1"),
    Story("比率把分子分母各自相加再除，不取平均",
          (f"2025-03-01 柳溪支部 {LECTURE} present=10 expected=10", f"2025-03-01 荷塘支部 {LECTURE} present=0 expected=90"), RATE,
          "柳林县", "2025", "10"),
    Story("分母是零，算不出", (f"2025-03-01 柳溪支部 {LECTURE} present=0 expected=0",), RATE, "柳林县", "2025", "算不出"),
    Story("单位数看期末那天的树", (), "organisation.villages", "柳林县", "2025", "3"),
)  # fmt: skip
SMALL = (
    Story("十个人以下的满意率不显示", ("2025-03-01 柳溪村 matter satisfied *9",), "matter.satisfied_rate", "青禾市", "2025", "不显示"),
    Story("访到二十人、说满意的不到十人，也不显示", ("2025-03-01 柳溪村 matter satisfied *9", "2025-03-01 柳溪村 matter dissatisfied *11"),
          "matter.satisfied_rate", "青禾市", "2025", "不显示"),
    Story("满意的和访到的都够十个", ("2025-03-01 柳溪村 matter satisfied *10", "2025-03-01 柳溪村 matter dissatisfied *10"),
          "matter.satisfied_rate", "青禾市", "2025", "50"),
    Story("办结率不涉及个人，一件也显示", ("2025-03-01 柳溪村 matter satisfied",), "matter.solved_rate", "青禾市", "2025", "100"),
)  # fmt: skip

SECTIONS = (
    ("撤销", "撤销的记录留着，但哪儿都不算。", "A fact that is taken back stays on record and counts nowhere.", REVERSED),
    ("关账", "关了账的一期，报出去的数不改；之后的记录和撤销写在旁边。",
     "A closed period keeps the figure that was reported; what came later stands beside it.", CLOSED),
    ("流量和存量", "流量数一期里发生的，存量数期末那天在的。", "A flow counts what happened in a period, a stock what stands on its last day.",
     FLOW),
    ("往上汇总", "能相加的相加；不重复的、比率的，各级自己算。",
     "What adds up is added up; distinct things and ratios are computed at each level.", TREE),
    ("人太少的不显示", "涉及党员、群众个人的数，少于规定人数不显示。",
     "A figure about members or residents is withheld where too few stand behind it.", SMALL),
)  # fmt: skip


def _row(story: Story) -> tuple[str, ...]:
    said = (
        "；".join("把它撤销" if line == "~" else line.replace("close", "关账") for line in story.facts)
        or "（没有记录）"
    )
    answer = story.answer + (f"（现在是 {story.restated}）" if story.restated else "")
    return story.situation, said, f"{story.asked}，{story.unit}，{story.period}", answer


CHAPTER = Chapter(
    "figures",
    "How facts become a figure 数是怎么来的",
    tuple(
        Table(heading, zh, en, ("情形", "记录", "问", "得数"), [_row(story) for story in stories])
        for heading, zh, en, stories in SECTIONS
    ),
)
