// What was typed outlives a lost connection, a session that ended and a closed window: it stays on this device until
// the record is in the ledger. Ids, ticks, days and numbers are kept; sealed words are not, names are fetched anew.
// The request key is the draft's from its birth, so however often it is sent it is recorded once.
import { DRAFT, account, forgetAll, read, remove, stored, write } from "./kept.js";

const COPIES = /[?&]like=|\/restate/; // a page that is filled from an earlier record is not filled from a draft

export function keepDrafts(root) {
  root.querySelectorAll("form[data-draft]").forEach(restore);
  root.addEventListener("input", remember);
  root.addEventListener("change", remember);
  root.querySelectorAll("[data-draft-done]").forEach((mark) => remove(`${DRAFT}${account()}:${mark.dataset.draftDone}`));
  root.querySelectorAll("[data-draft-idem]").forEach((mark) => done(mark.dataset.draftIdem));
}

export function keyOf(form) { return `${DRAFT}${account()}:${form.dataset.draft}`; }

// The fields that may lie on the device, as pairs of name and value; the token of the session is no part of them.
export function fieldsOf(form) {
  return Array.from(form.elements).filter((field) => field.name && field.name !== "csrfmiddlewaretoken"
    && !["submit", "button", "file", "password"].includes(field.type) && !field.closest("[data-sealed]")
    && (!["checkbox", "radio"].includes(field.type) || field.checked)).map((field) => [field.name, field.value]);
}

function remember(event) {
  const form = event.target.closest && event.target.closest("form[data-draft]");
  if (form) write(keyOf(form), { idem: idemOf(form), fields: fieldsOf(form) });
}

function idemOf(form) { return form.elements.idem ? form.elements.idem.value : ""; }

function restore(form) {
  const kept = read(keyOf(form));
  if (!kept || !kept.fields || COPIES.test(location.href) || document.getElementById("problems")) return;
  const asked = new URLSearchParams(location.search);
  const wanted = kept.fields.filter(([name]) => !asked.has(name));
  const moved = wanted.filter(([name, value]) => ["org", "day"].includes(name) && valueOf(form, name) !== value);
  wanted.forEach(([name, value]) => put(form, name, value, moved.length > 0));
  if (moved.length) form.elements[moved[0][0]].dispatchEvent(new Event("change", { bubbles: true }));
}

function valueOf(form, name) { return form.elements[name] ? form.elements[name].value : ""; }

// One value back into its field. A tick whose row is not on this list yet goes along unseen until the list is made anew.
function put(form, name, value, listChanges) {
  const fields = Array.from(form.elements).filter((field) => field.name === name);
  const ticks = fields.filter((field) => ["checkbox", "radio"].includes(field.type));
  const tick = ticks.find((field) => field.value === value);
  if (tick) tick.checked = true;
  else if (fields.length && !ticks.length) fields[0].value = value;
  else if (listChanges && (name === "absent" || name.startsWith("why."))) hide(form, name, value);
}

function hide(form, name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

function done(idem) {
  stored(DRAFT).filter((key) => (read(key) || {}).idem === idem).forEach(remove);
}

// Whoever signs out leaves nothing on the device; what still waits to be sent is told first.
export function emptyOnSignOut(root, waiting) {
  root.querySelectorAll('form[action$="sign-out"]').forEach((form) => form.addEventListener("submit", (event) => {
    if (waiting() && !form.dataset.sure) {
      event.preventDefault();
      form.dataset.sure = "yes";
      root.querySelectorAll("[data-queue-leaving]").forEach((line) => line.removeAttribute("hidden"));
      return;
    }
    forgetAll();
  }));
}
