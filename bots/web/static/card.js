// A card with what stands around a citation. WCAG 1.4.13: the pointer can rest on it, Escape
// dismisses it, and it stays until it is left.

import { words } from "./told.js";

const card = document.getElementById("card");
const kept = new Map();
let shownFor = null;
let waiting = 0;
let quiet = false;

export const hideCard = () => {
  clearTimeout(waiting);
  const shown = !card.hidden;
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  card.hidden = true;
  return shown;
};

export const focusWithoutCard = (mark) => {
  quiet = true;
  mark.focus();
  quiet = false;
};

const place = (mark) => {
  const box = mark.getBoundingClientRect();
  const room = card.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - 24), document.documentElement.clientWidth - room.width - 8);
  const above = box.bottom + room.height + 12 > innerHeight && box.top > room.height + 12;
  card.style.setProperty("--left", `${left + scrollX}px`);
  card.style.setProperty("--top", `${(above ? box.top - room.height - 6 : box.bottom + 6) + scrollY}px`);
};

const fetched = async (address) => {
  if (!kept.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    kept.set(address, await answer.text());
  }
  return kept.get(address);
};

const show = async (mark) => {
  if (mark === shownFor) return;
  hideCard();
  shownFor = mark;
  let text = null;
  try {
    text = await fetched(mark.dataset.around);
  } catch {
    // said in the card
  }
  if (shownFor !== mark) return;
  if (text === null) card.textContent = words.failed;
  else card.innerHTML = text; // a page of this server, escaped there
  card.hidden = false;
  mark.setAttribute("aria-describedby", "card");
  place(mark);
};

const soon = (act) => {
  clearTimeout(waiting);
  waiting = setTimeout(act, 180);
};

for (const mark of document.querySelectorAll(".cite[data-around]")) {
  mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && soon(() => show(mark)));
  mark.addEventListener("pointerleave", () => soon(hideCard));
  mark.addEventListener("focus", () => !quiet && mark.matches(":focus-visible") && show(mark));
  mark.addEventListener("blur", () => soon(hideCard));
}
card.addEventListener("pointerenter", () => clearTimeout(waiting));
card.addEventListener("pointerleave", () => soon(hideCard));
