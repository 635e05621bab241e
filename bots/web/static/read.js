// Steps through what was found without loading the page again, and shows in the contents where one
// is. Without this, links do the first, and the second is missing.
"use strict";

const steps = document.querySelector(".matches");
const before = steps?.querySelector(".match-before");
const after = steps?.querySelector(".match-after");

const addressOf = (link, at) => {
  const address = new URL(link.href);
  address.searchParams.set("at", at);
  address.hash = `match-${at}`;
  return address;
};

const goTo = (at) => {
  const count = Number(steps.dataset.count);
  for (const mark of document.querySelectorAll(".match-now")) mark.classList.remove("match-now");
  const found = document.querySelectorAll(`mark[data-match="${at}"]`);
  for (const mark of found) mark.classList.add("match-now");
  found[0]?.scrollIntoView({ block: "center" });
  steps.querySelector(".match-at").textContent = at;
  history.replaceState(null, "", addressOf(after, at));
  before.href = addressOf(before, at > 1 ? at - 1 : count);
  after.href = addressOf(after, at < count ? at + 1 : 1);
};

const follow = (link) => goTo(Number(new URL(link.href).searchParams.get("at")));

if (after) {
  steps.addEventListener("click", (event) => {
    const link = event.target.closest(".match-before, .match-after");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow(link);
  });
  // in the field, as in a browser's own: Enter goes on, Shift+Enter back, while the words are the same
  const field = document.getElementById("find");
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || field.value !== field.defaultValue) return;
    event.preventDefault();
    follow(event.shiftKey ? before : after);
  });
}

const list = document.querySelector(".contents ol");
const entries = new Map();
for (const link of list?.querySelectorAll("a") ?? []) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) entries.set(heading, link);
}
const headings = [...entries.keys()];

const showWhere = () => {
  const line = innerHeight * 0.2;
  let low = 0;
  let high = headings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (headings[middle].getBoundingClientRect().top < line) low = middle + 1;
    else high = middle;
  }
  const now = entries.get(headings[Math.max(0, low - 1)]);
  if (!now || now.hasAttribute("aria-current")) return;
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  now.setAttribute("aria-current", "location");
  const top = now.offsetTop - list.offsetTop;
  const inSight = top >= list.scrollTop && top + now.offsetHeight <= list.scrollTop + list.clientHeight;
  if (!inSight) list.scrollTop = top - list.clientHeight / 2;
};

if (headings.length) {
  const watcher = new IntersectionObserver(showWhere, { rootMargin: "0px 0px -80% 0px" });
  for (const heading of headings) watcher.observe(heading);
}
