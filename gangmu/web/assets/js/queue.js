// Records that wait for the network: handed in once, sent when there is a connection again, recorded once however often
// they are sent. Ids and ticks wait on the device; sealed words wait in this window alone and go with it.
import { QUEUE, WORDS, account, read, remove, stored, write } from "./kept.js";
import { fieldsOf, keyOf } from "./drafts.js";

const AGAIN = 20000; // milliseconds between tries while something waits: a browser does not always notice a network

export function keepQueue(root) {
  root.addEventListener("submit", (event) => {
    if (event.target.matches && event.target.matches("form[data-queue]")) handIn(event);
  });
  root.querySelectorAll("[data-draft-idem]").forEach((mark) => forget(mark.dataset.draftIdem));
  root.querySelectorAll("[data-queue-send]").forEach((button) => button.addEventListener("click", () => sendAll(root)));
  window.addEventListener("online", () => sendAll(root));
  window.addEventListener("offline", () => show(root));
  window.setInterval(() => { if (mine().length) sendAll(root); }, AGAIN);
  show(root);
  if (mine().length) sendAll(root);
}

export function waiting() { return mine().length; }

function mine() {
  return stored(QUEUE).map((key) => read(key)).filter((item) => item && item.account === account());
}

// The form goes off by the script, so that an answer that never comes loses nothing; a second press waits for the first.
async function handIn(event) {
  const form = event.target, button = event.submitter;
  if (button && button.name === "look") return;
  event.preventDefault();
  if (form.dataset.going) return;
  form.dataset.going = "yes";
  try {
    const answer = await post(form.action, new FormData(form));
    if (isSignIn(answer)) { hold(form); location.assign(answer.url); return; }
    if (answer.redirected && answer.ok) { location.assign(answer.url); return; }
    if (answer.status === 422) { await lookAgain(form, answer); return; }
    hold(form);
  } catch (error) {
    hold(form);
  } finally {
    delete form.dataset.going;
  }
}

function post(address, body) {
  return fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "follow" });
}

function isSignIn(answer) { return answer.redirected && new URL(answer.url).pathname === "/sign-in"; }

async function lookAgain(form, answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const here = form.closest("[id]"), there = here && page.getElementById(here.id);
  if (!there) { hold(form); return; }
  here.replaceWith(document.importNode(there, true));
  document.dispatchEvent(new CustomEvent("gangmu:replaced"));
  const problems = document.getElementById("problems");
  if (problems) { problems.tabIndex = -1; problems.scrollIntoView({ block: "start" }); problems.focus({ preventScroll: true }); }
}

function hold(form) {
  const idem = form.elements.idem.value;
  const words = Array.from(form.elements).filter((field) => field.name && field.value && field.closest("[data-sealed]"))
    .map((field) => [field.name, field.value]);
  const item = { idem, account: account(), address: form.action, draft: keyOf(form), title: document.title,
    fields: fieldsOf(form), words: words.length };
  const kept = write(QUEUE + idem, item) && (!words.length || write(WORDS + idem, words, window.sessionStorage));
  if (kept) { remove(item.draft); form.closest("[id]").hidden = true; }
  show(document);
}

let sending = false;

async function sendAll(root) {
  if (sending) return;
  sending = true;
  try {
    for (const item of mine()) await send(item);
  } catch (error) {
    /* no network yet: it waits on */
  } finally {
    sending = false;
    show(root);
  }
}

async function send(item) {
  const words = read(WORDS + item.idem, window.sessionStorage) || [];
  if (item.look || words.length < item.words) { lookAt(item); return; }
  const body = new FormData();
  [...item.fields, ...words].forEach(([name, value]) => body.append(name, value));
  body.append("csrfmiddlewaretoken", token());
  const answer = await post(item.address, body);
  if (isSignIn(answer)) return;
  if (answer.redirected && answer.ok) { forget(item.idem); sent += 1; return; }
  if (answer.status === 422 || answer.status === 404) lookAt(item);
}

let sent = 0;

function lookAt(item) { item.look = true; write(QUEUE + item.idem, item); }

function token() {
  const field = document.querySelector('form[action$="sign-out"] input[name="csrfmiddlewaretoken"]');
  return field ? field.value : "";
}

function forget(idem) { remove(QUEUE + idem); remove(WORDS + idem); }

// One line at the top: how many wait, which of them a person must look at again, and that they were sent.
function show(root) {
  const line = root.querySelector("[data-queue-line]");
  if (!line) return;
  const items = mine(), off = !navigator.onLine;
  line.hidden = !items.length && !sent;
  line.querySelectorAll("[data-count]").forEach((place) => { place.textContent = items.length; });
  line.querySelectorAll("[data-sent]").forEach((place) => { place.textContent = sent; });
  toggle(line, "[data-queue-off]", items.length && off);
  toggle(line, "[data-queue-on]", items.length && !off);
  toggle(line, "[data-queue-send]", items.length);
  toggle(line, "[data-queue-done]", !items.length && sent);
  const looks = items.filter((item) => item.look), list = line.querySelector("[data-queue-look]");
  list.hidden = !looks.length;
  list.querySelector("ul").replaceChildren(...looks.map(entry));
}

function toggle(line, which, shown) {
  line.querySelectorAll(which).forEach((place) => { place.hidden = !shown; });
}

// Going there makes a draft of it again: the page opens filled in, and says what is wrong when it is sent.
function entry(item) {
  const place = document.createElement("li"), link = document.createElement("a");
  link.textContent = item.title;
  link.href = item.address;
  link.addEventListener("click", () => { write(item.draft, { idem: item.idem, fields: item.fields }); forget(item.idem); });
  place.append(link);
  return place;
}
