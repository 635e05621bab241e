// The document beside the answer, at the cited words. The address says which citation is open
// (#source-2, which without this leads to it in the list of sources), so that it can be shared,
// loaded again and gone back from.

import { focusWithoutCard, hideCard } from "./card.js";

const beside = document.getElementById("beside");
const title = document.getElementById("beside-title");
const failed = beside.querySelector(".beside-failed");
const links = [...document.querySelectorAll("a[data-source]")];
const wide = matchMedia("(min-width: 64rem)");
let opener = null;
let depth = 0; // of the history when the citation was opened

const named = (link) => `#source-${link.dataset.source}`;
const inAddress = () => links.find((link) => named(link) === location.hash);

// as a sheet it covers the answer, which cannot be reached until it is closed
const cover = () => {
  const covered = !beside.hidden && !wide.matches;
  for (const one of document.querySelectorAll("body > :not(main, script), main > :not(.beside, script, link)")) one.inert = covered;
  beside.role = covered ? "dialog" : null;
  beside.ariaModal = covered ? "true" : null;
  title.ariaLevel = covered ? "1" : "2"; // of all that can be reached, the first heading
};

const point = (link) => {
  for (const one of links) {
    if (link && named(one) === named(link)) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
};

// what leads on from the document leads on in the window, not in a part of it
const leave = (event) => {
  const to = event.target.closest("a[href], form");
  const stays = to?.matches("a") && to.href.split("#")[0] === to.ownerDocument.URL.split("#")[0];
  if (to && !stays && !to.target && !to.elements?.beside) to.target = "_top";
};

const loaded = (event) => {
  const inside = event.target.contentDocument; // null where the browser says why it cannot load
  failed.hidden = Boolean(inside?.querySelector("main"));
  event.target.hidden = !failed.hidden;
  inside?.addEventListener("keydown", (pressed) => pressed.key === "Escape" && closeByHand());
  inside?.addEventListener("click", leave, true);
  inside?.addEventListener("submit", leave, true);
};

const load = (link) => {
  const address = new URL(link.href);
  address.searchParams.set("beside", "1");
  const frame = document.createElement("iframe");
  frame.title = title.textContent;
  frame.addEventListener("load", loaded);
  frame.src = address.href; // before it stands in the page: it adds nothing to the history
  beside.querySelector("iframe")?.remove();
  failed.hidden = true;
  beside.append(frame);
};

const open = (link) => {
  hideCard();
  opener = link;
  load(link);
  beside.querySelector(".beside-whole").href = link.href;
  beside.hidden = false;
  document.documentElement.classList.add("has-beside");
  cover();
  point(link);
  if (wide.matches) link.scrollIntoView({ block: "nearest" });
  beside.focus({ preventScroll: true });
};

const close = () => {
  if (beside.hidden) return;
  const inside = beside.contains(document.activeElement) || document.activeElement === document.body;
  beside.hidden = true;
  beside.querySelector("iframe")?.remove();
  document.documentElement.classList.remove("has-beside");
  cover();
  point(null);
  if (inside) focusWithoutCard(opener);
};

const closeByHand = () => {
  // a step back is undone only where nothing was opened within the document since
  const undone = history.state?.opened && history.length === depth;
  close();
  if (undone) history.back();
  else history.replaceState(null, "", location.pathname + location.search);
};

document.addEventListener("click", (event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest("a[data-source]");
  if (!link) {
    if (!beside.hidden && !wide.matches && !beside.contains(event.target)) closeByHand();
    return;
  }
  event.preventDefault();
  if (beside.hidden) {
    history.pushState({ opened: true }, "", named(link));
    depth = history.length;
  } else history.replaceState(history.state, "", named(link));
  open(link);
});
beside.querySelector(".beside-close").addEventListener("click", closeByHand);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !hideCard() && !beside.hidden) closeByHand();
});
const follow = () => {
  const link = inAddress();
  if (link) open(link);
  else close();
};
addEventListener("popstate", follow);
wide.addEventListener("change", cover);
follow();
