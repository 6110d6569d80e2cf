"""What is owed, how often, and how a duty stands: the national floor, in the words of the field, with its sources."""

from typing import NamedTuple

from tests.spec.chapters import Chapter, Table


class Owed(NamedTuple):
    """A rule of the field: its number in the handbook, the duty, who owes it, how much and how often, its source."""

    number: str
    duty: str
    what: str
    bearer: str
    least: str
    every: str
    source: str
    status: str


BRANCHES, COMMITTEES = "党支部", "党委（党组）"
ARTICLE = "《中国共产党支部工作条例（试行）》（2018）"
EDUCATION = "《中国共产党党员教育管理工作条例》（2019）；《2024—2028年全国党员教育培训工作规划》"
READ, ABOUT, UNVERIFIED = "已核原文", "见于转述", "口径待核"

FLOOR = (
    Owed("M1", "branch.members_meeting", "支部党员大会", BRANCHES, "1", "每季度", f"{ARTICLE}第十一条", READ),
    Owed("M2", "branch.committee_meeting", "支委会", BRANCHES, "1", "每月", f"{ARTICLE}第十二条", READ),
    Owed("M3", "branch.group_meeting", "党小组会", BRANCHES, "1", "每月", f"{ARTICLE}第十三条", READ),
    Owed("M4", "secretary.lecture", "书记讲党课", "书记", "1", "每年", f"{ARTICLE}第十六条", ABOUT),
    Owed("M5", "branch.theme_day", "主题党日", BRANCHES, "1", "每月", f"{ARTICLE}第十六条", ABOUT),
    Owed("M6", "branch.life_meeting", "组织生活会", BRANCHES, "1", "每年", f"{ARTICLE}第十七条", READ),
    Owed("M7", "branch.member_review", "民主评议党员", BRANCHES, "1", "每年", f"{ARTICLE}第五章", READ),
    Owed("M8", "officer.talks", "支委谈心谈话", "支委", "1", "每年", f"{ARTICLE}第五章", ABOUT),
    Owed("M8", "member.talk", "与党员谈心谈话", "党员", "1", "每年", f"{ARTICLE}第五章", ABOUT),
    Owed("M9", "committee.democratic_life", "民主生活会", COMMITTEES, "1", "每年",
         "《县以上党和国家机关党员领导干部民主生活会若干规定》（2016）", ABOUT),
    Owed("M10", "committee.study_group", "中心组学习", COMMITTEES, "1", "每季度",
         "《中国共产党党委（党组）理论学习中心组学习规则》（2017）", UNVERIFIED),
    Owed("M11", "committee.first_topic", "第一议题", COMMITTEES, "1", "每月",
         "各地党委（党组）第一议题制度的通行做法（local）", UNVERIFIED),
    Owed("M12", "leader.double_life", "双重组织生活", "领导干部", "1", "每年", f"{ARTICLE}；各地对次数的通行做法（local）", UNVERIFIED),
    Owed("学时", "member.study_hours", "党员学习", "党员", "32", "每年", EDUCATION, ABOUT),
    Owed("学时", "secretary.study_hours", "书记和班子成员培训", "书记、支委", "56", "每年", EDUCATION, ABOUT),
    Owed("学时", "secretary.course", "书记集中培训", "书记", "1", "每年", EDUCATION, ABOUT),
    Owed("学时", "secretary.induction", "新任书记任职培训", "书记", "1", "每次", EDUCATION, ABOUT),
)  # fmt: skip

# The words above, as the catalog writes them.
EVERY = {"每月": "month", "每季度": "quarter", "每年": "year", "每次": None}
BEARERS = {BRANCHES: "unit", COMMITTEES: "unit", "书记": "post", "支委": "post", "领导干部": "post", "书记、支委": "post",
           "党员": "member"}  # fmt: skip
STATUS = {READ: "text", ABOUT: "secondary", UNVERIFIED: "unverified"}


class Story(NamedTuple):
    """A branch's first quarter of 2025 and its members' meeting: what happened, the day looked at, how it stands."""

    story: str
    held: str
    recorded: str
    on: str
    state: str
    since: str = ""
    kind: str = "branch"
    waived: bool = False


STATES = {
    "not_yet_due": "还没到",
    "due": "该做了",
    "grace": "等记录",
    "met": "完成",
    "met_late": "迟办",
    "missed": "没做",
    "waived": "免了",
    "not_applicable": "不要求",
}

STORIES = (
    Story("季度还没开始", "", "", "2024-12-31", "还没到"),
    Story("季度里还没开", "", "", "2025-02-10", "该做了"),
    Story("开了，当天就记", "2025-03-05", "2025-03-05", "2025-03-05", "完成"),
    Story("季度最后一天开", "2025-03-31", "2025-03-31", "2025-03-31", "完成"),
    Story("开了没记，宽限七天里", "2025-03-20", "2025-05-06", "2025-04-07", "等记录"),
    Story("开了没记，宽限过了", "2025-03-20", "2025-05-06", "2025-05-05", "没做"),
    Story("补录到了，照样算", "2025-03-20", "2025-05-06", "2025-05-06", "完成"),
    Story("下季度才开，不能算到上季度", "2025-04-02", "2025-04-02", "2025-04-30", "没做"),
    Story("上级批准免这一次", "", "", "2025-04-30", "免了", waived=True),
    Story("批准免了，其实开了", "2025-03-05", "2025-03-05", "2025-04-30", "完成", waived=True),
    Story("二月才成立，不足整季", "", "", "2025-04-30", "不要求", since="2025-02-10"),
    Story("临时党支部", "", "", "2025-04-30", "不要求", kind="temporary_branch"),
)


class Deadline(NamedTuple):
    """A deadline: from which day, how much is counted, and the day that comes out."""

    story: str
    start: str
    add: int
    measure: str
    end: str


MEASURES = {"天": "calendar_day", "工作日": "working_day", "月": "month"}

DEADLINES = (
    Deadline("平常的一周", "2025-03-03", 5, "工作日", "2025-03-10"),
    Deadline("国庆前起数，周日调休上班", "2025-09-26", 5, "工作日", "2025-10-10"),
    Deadline("2024年春节，除夕不放假", "2024-02-08", 3, "工作日", "2024-02-19"),
    Deadline("2026年春节前的周六上班", "2026-02-13", 2, "工作日", "2026-02-24"),
    Deadline("日历天不管放假", "2025-09-26", 5, "天", "2025-10-01"),
    Deadline("半年", "2025-03-10", 6, "月", "2025-09-10"),
    Deadline("月底起数，没有31号", "2025-08-31", 6, "月", "2026-02-28"),
)

CHAPTER = Chapter(
    "duties",
    "Duties 职责",
    (
        Table(
            "国家底线：谁、多久、多少",
            "每条都有出处；没核到原文的写“口径待核”，本地可以关闭，核过原文的不能关。",
            "Each has its source. What nobody verified says so and may be switched off where it does not apply; what was "
            "read in its own words may not.",
            ("编号", "职责", "谁", "至少", "多久", "出处", "核对"),
            [
                (one.number, f"{one.what}（{one.duty}）", one.bearer, one.least, one.every, one.source, one.status)
                for one in FLOOR
            ],
        ),
        Table(
            "一个支部，一季度，一次党员大会",
            "看哪天开的，不看哪天记的；记录晚到照样算。宽限七天，只是等记录。",
            "The day of the meeting decides, not the day of its record; a late record counts as well. Seven days of grace "
            "are there to wait for it.",
            ("怎么回事", "哪天开", "哪天记", "哪天看", "状态"),
            [(one.story, one.held or "没开", one.recorded or "–", one.on, one.state) for one in STORIES],
        ),
        Table(
            "期限怎么数",
            "从第二天数起；法定节假日不算，调休上班的周末要算。没公布的年份按周一至周五推算，并且注明。",
            "Counted from the next day on; holidays do not count, weekends worked in exchange do. In a year not yet "
            "published Monday to Friday count, and it says so.",
            ("怎么回事", "从哪天", "数多少", "到哪天"),
            [(one.story, one.start, f"{one.add} {one.measure}", one.end) for one in DEADLINES],
        ),
    ),
)
