// One line at the top while the device has no network, so that nobody types into the void unknowing.
export function showOffline(root) {
  const line = root.querySelector("[data-offline]");
  if (!line) return;
  const show = () => { line.hidden = navigator.onLine; };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
