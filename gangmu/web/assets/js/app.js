// What every page runs. Each module works on what it finds and leaves a page that has none of it alone.
import "htmx.org";
import { keepDrafts } from "./drafts.js";
import { openCards } from "./cards.js";
import { showOffline } from "./offline.js";
import { submitOnChange } from "./choices.js";
import { offerPrint } from "./print.js";
import { offerCopying } from "./copying.js";

const start = () => {
  keepDrafts(document);
  openCards(document);
  showOffline(document);
  submitOnChange(document);
  offerPrint(document);
  offerCopying(document);
};
document.addEventListener("DOMContentLoaded", start);
document.addEventListener("htmx:load", (event) => submitOnChange(event.target));
