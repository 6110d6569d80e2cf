"""Who may do what: a row a deed, a column a role."""

from typing import NamedTuple

from tests.spec.chapters import Chapter, Table

ROLES = ("branch_secretary", "party_clerk", "leader", "auditor")
TITLES = ("支部书记", "党务干部", "领导", "审计员")


class Deed(NamedTuple):
    """One thing that may be allowed, and for each role whether it is (y) or not (-)."""

    permission: str
    title: str
    by_role: str

    def allows(self, role: str) -> bool:
        return self.by_role[ROLES.index(role)] == "y"


DEEDS = (
    Deed("see_figures", "看数", "yyyy"),
    Deed("see_facts", "看记录", "yyyy"),
    Deed("read_ledger", "看总账", "yyyy"),
    Deed("check_documents", "核文稿", "yyy-"),
    Deed("bind_claims", "认定文稿里的数是哪个指标", "yy--"),
    Deed("record", "记一笔", "yy--"),
    Deed("reverse", "撤销、改正", "yy--"),
    Deed("see_persons", "看姓名和联系方式", "yy--"),
    Deed("keep_members", "管党员编入、转出", "yy--"),
    Deed("shape_tree", "设立、更名、划转、合并、撤销组织", "-y--"),
    Deed("close_periods", "关账", "-y--"),
)

CHAPTER = Chapter(
    "permissions",
    "Who may do what 谁能做什么",
    (
        Table(
            "角色和权限",
            "角色授在一个组织上，管它和它下面的，旁边的、上面的都管不到；看不到的，回答和没有这个组织一样。账号管理员什么组织也看不到。",
            "A role is held over a unit and reaches it and all beneath it, nothing beside or above; of what lies outside, "
            "the answer is the same as for what does not exist. A keeper of accounts sees no unit at all.",
            ("做什么", *TITLES),
            [(f"{deed.title}（{deed.permission}）", *("能" if mark == "y" else "不能" for mark in deed.by_role))
             for deed in DEEDS],
        ),
    ),
)  # fmt: skip
