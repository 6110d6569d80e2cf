// What every page runs. Each module works on what it finds and leaves a page that has none of it alone.
import htmx from "htmx.org";
import { emptyOnSignOut, keepDrafts } from "./drafts.js";
import { keepQueue, waiting } from "./queue.js";
import { openCards } from "./cards.js";
import { showOffline } from "./offline.js";
import { submitOnChange } from "./choices.js";
import { offerPrint } from "./print.js";
import { offerCopying } from "./copying.js";

// Where a change is answered at once, the button for those without a script is not needed.
const hideWithoutHtmx = (root) => root.querySelectorAll("[data-without-htmx]").forEach((one) => { one.hidden = true; });

const start = () => {
  keepDrafts(document);
  keepQueue(document);
  emptyOnSignOut(document, waiting);
  hideWithoutHtmx(document);
  openCards(document);
  showOffline(document);
  submitOnChange(document);
  offerPrint(document);
  offerCopying(document);
};
document.addEventListener("DOMContentLoaded", start);
document.addEventListener("htmx:load", (event) => { submitOnChange(event.target); hideWithoutHtmx(event.target); });
document.addEventListener("gangmu:replaced", () => { htmx.process(document.body); hideWithoutHtmx(document); });
