// What was typed outlives a lost connection, a session that ended and a closed window: it stays on this device until
// the record is in the ledger. Only fields that are not sealed are kept.
const KEY = "gangmu-draft:";

export function keepDrafts(root) {
  root.querySelectorAll("form[data-draft]").forEach((form) => {
    const key = KEY + form.dataset.draft;
    restore(form, key);
    form.addEventListener("input", () => remember(form, key));
  });
  root.querySelectorAll("[data-draft-done]").forEach((mark) => forget(KEY + mark.dataset.draftDone));
}

function fields(form) {
  return Array.from(form.elements).filter((field) => field.name && !field.closest("[data-sealed]")
    && ["text", "number", "date", "textarea", "select-one"].includes(field.type));
}

function remember(form, key) {
  const kept = {};
  fields(form).forEach((field) => { if (field.value) kept[field.name] = field.value; });
  try { window.localStorage.setItem(key, JSON.stringify(kept)); } catch (error) { /* a full or closed store costs only the draft */ }
}

function restore(form, key) {
  let kept = null;
  try { kept = JSON.parse(window.localStorage.getItem(key)); } catch (error) { return; }
  if (!kept) return;
  fields(form).forEach((field) => { if (!field.value && kept[field.name]) field.value = kept[field.name]; });
}

function forget(key) {
  try { window.localStorage.removeItem(key); } catch (error) { /* nothing was kept */ }
}
