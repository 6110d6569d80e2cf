"""`gangmu demo load`: the invented city, loaded once; its sign-ins; what a first visit looks at."""

import argparse
import sys
import time

from django.urls import reverse

from gangmu.cli.city import accounts
from gangmu.cli.city import load as loading
from gangmu.cli.city.plan import ROOT_CODE, YEAR, City, Size, org_id, plan
from gangmu.cli.hands import two_hands
from gangmu.cli.smoke import Visit
from gangmu.ledger.queries import recorded_under
from gangmu.people.queries import account_named, name_taken

FACTS = 154_000  # about as many facts the whole city has: only the progress bar asks
WIDTH = 32
SENTENCE = "2025年，全市开展主题党日1次。"


def load_city(size: Size | None = None, *, quiet: bool = False) -> City:
    """Record the city of that size, its sign-ins included, number it and seal the mart. Safe to call again."""
    city = plan(size)
    bar = Bar(FACTS * city.size.branches // Size().branches, quiet)
    with loading.helper(), loading.seldom_collected():
        loading.record_city(city, bar.tell, two_hands)
        accounts.open_all(city)
        accounts.mark_loaded(city)
    loading.seal()
    bar.end()
    return city


def load(argv: list[str]) -> int:
    """Load the city unless it is there already."""
    argparse.ArgumentParser(prog="gangmu demo load", description=load.__doc__).parse_args(argv)
    if not loaded():
        load_city()
    return 0


def loaded() -> bool:
    """Whether the whole city has been recorded."""
    return name_taken(loading.KEEPER) and recorded_under(account_named(loading.KEEPER), accounts.LOADED) is not None


class Bar:
    """A progress bar on standard error; without a terminal, one line at the end."""

    def __init__(self, expected: int, quiet: bool = False) -> None:
        self.expected, self.done, self.quiet = expected, 0, quiet
        self.started = time.monotonic()

    def tell(self, count: int) -> None:
        """So many facts more."""
        self.done += count
        if not self.quiet and sys.stderr.isatty():
            share = min(1.0, self.done / self.expected)
            filled = "█" * round(share * WIDTH)
            print(
                f"\r青禾市 {filled:·<{WIDTH}} {self.done:,} 条 {self.seconds:.0f} s",
                end="",
                file=sys.stderr,
                flush=True,
            )

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def end(self) -> None:
        """The last line: how many, how long."""
        if not self.quiet:
            newline = "\r" if sys.stderr.isatty() else ""
            print(
                f"{newline}青禾市：已记 {self.done:,} 条，{self.seconds:.1f} 秒。  Loaded {self.done:,} facts.",
                file=sys.stderr,
            )


def sign_ins(root_url: str) -> str:
    """The address and the demo's sign-ins, for people to read."""
    rows = [f"  {one.login:<10} {one.zh}  {one.en}" for one in accounts.SIGN_INS]
    return "\n".join((f"\n纲目 gangmu · {root_url}", f"密码 password: {loading.PASSWORD}", *rows, ""))


def smoke_visit() -> Visit:
    """What the leader of the city looks at first: the desk, a county, a figure, the ledger, a document."""
    county = org_id(f"{ROOT_CODE}-1")
    whole_year = f"?from={YEAR}-01-01&to={YEAR}-12-31"
    figure = reverse("figure", args=(org_id(ROOT_CODE), "activity.sessions"))
    pages = (
        ("desk", reverse("desk"), "青禾市"),
        ("organisation", reverse("unit", args=(county,)), "禾溪区"),
        ("figure", figure + whole_year, "活动场次"),
        ("ledger", reverse("ledger"), "gangmu"),
    )
    check = (("text", SENTENCE), ("org", ROOT_CODE), ("from", f"{YEAR}-01-01"), ("to", f"{YEAR}-12-31"))
    return Visit(reverse("sign-in"), "leader", loading.PASSWORD, pages, reverse("documents"), check, "主题党日")
