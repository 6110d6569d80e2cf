// The device's own store, as plain pages on an intranet without TLS have it: no service worker, nothing sealed.
// A full or closed store costs only what was to be kept.
export const DRAFT = "gangmu-draft:";
export const QUEUE = "gangmu-queue:";
export const WORDS = "gangmu-words:";

export function account() { return document.body.dataset.account || ""; }

export function read(key, store = window.localStorage) {
  try { return JSON.parse(store.getItem(key)); } catch (error) { return null; }
}

export function write(key, value, store = window.localStorage) {
  try { store.setItem(key, JSON.stringify(value)); return true; } catch (error) { return false; }
}

export function remove(key) {
  [window.localStorage, window.sessionStorage].forEach((store) => {
    try { store.removeItem(key); } catch (error) { /* nothing was kept */ }
  });
}

export function stored(prefix, store = window.localStorage) {
  try { return Object.keys(store).filter((key) => key.startsWith(prefix)); } catch (error) { return []; }
}

export function forgetAll() {
  [DRAFT, QUEUE].forEach((prefix) => stored(prefix).forEach(remove));
  stored(WORDS, window.sessionStorage).forEach(remove);
}
