// A choice that is its own button: the form goes off when the choice changes, and its button hides for those with a script.
export function submitOnChange(root) {
  root.querySelectorAll("form[data-submit-on-change]").forEach((form) => {
    if (form.dataset.ready) return;
    form.dataset.ready = "yes";
    form.querySelectorAll("[data-without-script]").forEach((button) => button.setAttribute("hidden", ""));
    form.addEventListener("change", (event) => {
      if (event.target.matches("select")) form.requestSubmit ? form.requestSubmit() : form.submit();
    });
  });
}
