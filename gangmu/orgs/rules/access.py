"""Why accounts cannot be opened or closed, and roles not be given, so."""

import re
from datetime import date

from gangmu.kernel.problems import Problem

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}\Z")


def against_granting(to_itself: bool, open_account: bool, keeper: bool, role_known: bool) -> list[Problem]:
    """Why a role cannot be given to an account."""
    found = []
    if to_itself:
        found.append(
            Problem(
                "orgs.grant_to_self",
                "不能给自己授权，请由另一名账号管理员办理。",
                "Nobody grants to themselves; ask another keeper of accounts.",
                "account",
            )
        )
    if not open_account:
        found.append(
            Problem("orgs.account_closed", "这个账号没有开立或已经关闭。", "The account is not open.", "account")
        )
    if keeper:
        found.append(
            Problem(
                "orgs.keeper_sees_nothing",
                "账号管理员不能担任业务角色，请另开业务账号。",
                "A keeper of accounts holds no role; open a working account.",
                "account",
            )
        )
    if not role_known:
        found.append(Problem("orgs.role_unknown", "没有这个角色。", "There is no such role.", "role"))
    return found


def against_both(clashing: bool) -> list[Problem]:
    """Why one account cannot both record and audit what is recorded."""
    if not clashing:
        return []
    return [
        Problem(
            "orgs.audits_and_records",
            "一个账号不能又记录又审计：审计员只看，不改。请另开一个账号，或先收回原来的角色。",
            "One account cannot both record and audit: an auditor reads and changes nothing. Open another account, or "
            "revoke the other role first.",
            "role",
        )
    ]


def against_granted(held: bool, at: date, until: date | None) -> list[Problem]:
    """Why the same role is not given twice, nor for no days at all."""
    found = []
    if held:
        found.append(
            Problem("orgs.granted_already", "这个账号已经有这个角色。", "The account holds this role already.", "role")
        )
    if until is not None and until < at:
        found.append(
            Problem(
                "orgs.grant_backwards", "最后一天不能早于开始那天。", "The last day lies before the first.", "until"
            )
        )
    return found


def against_opening(name: str, taken: bool) -> list[Problem]:
    """Why no account can be opened under that sign-in name."""
    if not LOGIN.match(name):
        return [
            Problem(
                "orgs.login_form",
                "登录名用 2 到 64 个小写字母、数字、点、横线或下划线。",
                "A sign-in name is 2 to 64 lower-case letters, digits, dots, hyphens or underscores.",
                "login",
            )
        ]
    if taken:
        return [
            Problem(
                "orgs.login_taken",
                f"登录名 {name} 已经有人用，请换一个。",
                f"{name} is taken; choose another.",
                "login",
            )
        ]
    return []


def against_closing_account(own: bool, is_open: bool) -> list[Problem]:
    """Why an account cannot be closed."""
    if own:
        return [
            Problem(
                "orgs.close_own",
                "不能关闭自己的账号，请由另一名账号管理员办理。",
                "Nobody closes their own account; ask another keeper.",
                "account",
            )
        ]
    if not is_open:
        return [Problem("orgs.account_closed", "这个账号没有开立或已经关闭。", "The account is not open.", "account")]
    return []


def against_beginning(begun: bool) -> list[Problem]:
    """An installation begins once."""
    if begun:
        return [
            Problem(
                "orgs.begun_already",
                "系统里已经有账号或组织，不能再次初始化。",
                "There are accounts or units already; an installation begins once.",
            )
        ]
    return []
