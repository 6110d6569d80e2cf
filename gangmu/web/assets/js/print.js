// A button that opens the browser's own print window; without a script it stays hidden.
export function offerPrint(root) {
  root.querySelectorAll("[data-print]").forEach((button) => {
    button.removeAttribute("hidden");
    button.addEventListener("click", () => window.print());
  });
}
