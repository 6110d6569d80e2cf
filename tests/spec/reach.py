"""Who sees what after a merger, a move or a split, and on which day."""

from datetime import date
from typing import NamedTuple

from tests.spec.chapters import Chapter, Table

DAY = date(2025, 3, 1)  # the day of every change
EVE, THEN = "前一天", "当天"
CHANGES = {
    "并入": "西塘镇党委并入东河镇党委",
    "划转": "柳溪村党委从东河镇划到西塘镇",
    "分设": "东河镇党委分设出新镇党委，带走石桥村党委",
    "撤销": "抗旱一线临时党支部撤销",
    "更名": "柳溪村党委更名",
}


class Sees(NamedTuple):
    """Who (a clerk over that unit), on which of the two days, sees which unit or does not."""

    change: str
    top: str
    day: str
    unit: str
    sees: bool
    why: str = ""


ROWS = (
    Sees("并入", "东镇", EVE, "荷塘村", False, "还不归它管"),
    Sees("并入", "东镇", THEN, "荷塘村", True, "下级跟着并过来"),
    Sees("并入", "东镇", THEN, "荷塘支部", True, "下级的下级也一样"),
    Sees("并入", "东镇", THEN, "西镇", True, "并掉的组织挂在接收它的组织下面，历史看得到"),
    Sees("并入", "西镇", EVE, "荷塘村", True),
    Sees("并入", "西镇", THEN, "荷塘村", False, "并掉之后管不到原来的下级"),
    Sees("并入", "西镇", THEN, "西镇", True, "自己的历史还看得到"),
    Sees("并入", "西镇", THEN, "东镇", False, "并入不等于能看接收它的组织"),
    Sees("并入", "柳林县", EVE, "荷塘村", True),
    Sees("并入", "柳林县", THEN, "荷塘村", True, "上级两种样子都看得到"),
    Sees("划转", "东镇", EVE, "柳溪支部", True),
    Sees("划转", "东镇", THEN, "柳溪支部", False, "划走当天起看不到"),
    Sees("划转", "西镇", EVE, "柳溪支部", False),
    Sees("划转", "西镇", THEN, "柳溪支部", True, "划来当天起看得到"),
    Sees("划转", "柳溪村", THEN, "柳溪支部", True, "授在自己身上的权限跟着自己走"),
    Sees("分设", "东镇", EVE, "石桥村", True),
    Sees("分设", "东镇", THEN, "石桥村", False, "被带走了"),
    Sees("分设", "东镇", THEN, "柳溪村", True, "没带走的还在"),
    Sees("分设", "东镇", THEN, "新镇", False, "分出去的是平级"),
    Sees("分设", "柳林县", THEN, "新镇", True),
    Sees("分设", "柳林县", EVE, "新镇", False, "那天还没有它"),
    Sees("撤销", "东镇", EVE, "抗旱临时支部", True),
    Sees("撤销", "东镇", THEN, "抗旱临时支部", True, "撤销了，记录还看得到"),
    Sees("撤销", "西镇", THEN, "抗旱临时支部", False),
    Sees("更名", "东镇", THEN, "柳溪村", True, "名字变了，归属没变"),
    Sees("更名", "西镇", THEN, "柳溪村", False),
)

CHAPTER = Chapter(
    "reach",
    "Who sees what after a change 变更之后谁看得到谁",
    (
        Table(
            "前一天和当天",
            "权限按问的那一天的隶属关系算：变更当天起按新的算，问从前的日子还按从前的算。",
            "A scope follows the tree of the day asked about: the new shape from the day of the change, the old one before.",
            ("变更", "授权在", "哪天", "看", "看得到吗", "为什么"),
            [(CHANGES[one.change], one.top, one.day, one.unit, "看得到" if one.sees else "看不到", one.why) for one in ROWS],
        ),
    ),
)  # fmt: skip
