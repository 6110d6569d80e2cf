// A number in a document and its card in the list: going to a card opens the fold it lies in, and Escape goes back to
// the number one came from.
export function openCards(root) {
  if (!root.querySelector("[data-cards]")) return;
  const follow = () => {
    const target = location.hash && root.getElementById(location.hash.slice(1));
    root.querySelectorAll(".cl[aria-current]").forEach((number) => number.removeAttribute("aria-current"));
    if (!target || !target.matches(".gm-find1")) return;
    const fold = target.closest("details");
    if (fold) fold.open = true;
    const number = root.querySelector(`.cl[href="#${target.id}"]`);
    if (number) number.setAttribute("aria-current", "true");
    target.scrollIntoView({ block: "nearest" });
    target.focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", follow);
  root.addEventListener("keydown", (event) => {
    const number = event.key === "Escape" && root.querySelector(".cl[aria-current]");
    if (number) { location.hash = "#" + number.id; number.focus(); }
  });
  follow();
}
