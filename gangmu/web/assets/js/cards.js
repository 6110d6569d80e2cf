// A number in a document and its card: the number opens the card beside the text, Escape or the cross closes it and
// gives the focus back to the number.
export function openCards(root) {
  if (!root.querySelector("[data-cards]")) return;
  const mark = () => {
    root.querySelectorAll(".cl[aria-current]").forEach((number) => number.removeAttribute("aria-current"));
    const number = location.hash && root.querySelector(`.cl[href="${CSS.escape ? "#" + CSS.escape(location.hash.slice(1)) : location.hash}"]`);
    if (number) number.setAttribute("aria-current", "true");
    const card = location.hash && root.getElementById(location.hash.slice(1));
    if (card && card.matches(".gm-card")) card.focus({ preventScroll: false });
  };
  window.addEventListener("hashchange", mark);
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") close(root); });
  root.querySelectorAll(".gm-card .x").forEach((cross) => cross.addEventListener("click", (event) => {
    event.preventDefault();
    close(root);
  }));
  mark();
}

function close(root) {
  const number = root.querySelector(".cl[aria-current]");
  if (!number) return;
  location.hash = number.id ? "#" + number.id : "#main";
  number.focus();
}
