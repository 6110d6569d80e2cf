"""How a test visits a page: signed in, watching for what must not happen, asking axe."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.pages.conftest import PASSWORD

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"phone": ViewportSize(width=390, height=844), "office": ViewportSize(width=1366, height=768)}
WATCH = """window.__refused = [];
document.addEventListener('securitypolicyviolation', (e) => window.__refused.push(e.violatedDirective + ' ' + e.blockedURI));"""
AUDIT = (
    "async (tags) => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']}))"
    ".violations.map((v) => v.id + ': ' + v.nodes[0].html)"
)
CHINESE = """() => {
  const han = /[\\u4e00-\\u9fff]/, found = [];
  const quoted = (node) => { const near = node.closest('[lang]'); return near && near.lang.startsWith('zh'); };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, at = node.parentElement;
    if (han.test(node.data) && !['SCRIPT', 'STYLE'].includes(at.tagName) && !quoted(at)) found.push(node.data.trim());
  }
  for (const at of document.querySelectorAll('[title],[aria-label],[placeholder],[alt]'))
    for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
      if (han.test(at.getAttribute(name) || '') && !quoted(at)) found.push(name + '=' + at.getAttribute(name));
  return found;
}"""


@dataclass
class Visit:
    """One browser window and all that it noticed."""

    root: str
    context: BrowserContext
    page: Page
    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def audit(self) -> list[str]:
        """What axe, the content policy and the network say against the page that is open."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = [
            *self.page.evaluate(AUDIT, TAGS),
            *self.page.evaluate("window.__refused"),
            *self.foreign,
            *self.console,
        ]
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return found + ([f"scrolls sideways by {wide} px"] if wide > 0 else [])

    def chinese_left(self) -> list[str]:
        """Chinese that is not marked as a name or a quoted rule."""
        return list(self.page.evaluate(CHINESE))


def open_window(browser: Browser, root: str, frame: str, **preferences: str) -> Visit:
    """A window with these preferences, signed in to nothing yet."""
    context = browser.new_context(viewport=SIZES[frame], locale="en-US")  # the pages must not follow the browser
    context.add_cookies([{"name": f"gm-{name}", "value": value, "url": root} for name, value in preferences.items()])
    context.add_init_script(WATCH)
    page = context.new_page()
    visit = Visit(root, context, page)
    host = urlsplit(root).netloc
    page.on("request", lambda request: _note_foreign(visit, request.url, host))
    page.on("console", lambda message: visit.console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: visit.console.append(str(error)))
    return visit


def _note_foreign(visit: Visit, url: str, host: str) -> None:
    if urlsplit(url).scheme.startswith("http") and urlsplit(url).netloc != host:
        visit.foreign.append(f"asked another host: {url}")


def sign_in(visit: Visit, name: str, password: str = PASSWORD) -> None:
    """Sign in through the page."""
    visit.page.goto(f"{visit.root}/sign-in")
    visit.page.fill("#f-name", name)
    visit.page.fill("#f-password", password)
    visit.page.click("main button")
    visit.page.wait_for_url(f"{visit.root}/")
