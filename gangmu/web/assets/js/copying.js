// A button that copies what stands in a field. Without a script it stays hidden: the field can be marked by hand.
export const offerCopying = (root) => {
  for (const button of root.querySelectorAll("[data-copy]")) {
    const field = root.querySelector(button.dataset.copy);
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.select();
      document.execCommand("copy"); // intranets without https have no navigator.clipboard
      button.textContent = button.dataset.done;
    });
  }
};
