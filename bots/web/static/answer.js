// What stands around a citation in a card; its document beside the answer; copying and voting
// without leaving the page. Without this, each is a link or a form.

const card = document.getElementById("card");
const beside = document.getElementById("beside");
const told = document.getElementById("told");
const kept = new Map();
let shownFor = null;
let waiting = 0;

// the card: WCAG 1.4.13, it can be hovered, dismissed and stays until it is left

const place = (mark) => {
  const box = mark.getBoundingClientRect();
  const room = card.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left - 24), innerWidth - room.width - 8);
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

const hide = () => {
  clearTimeout(waiting);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  card.hidden = true;
};

const show = async (mark) => {
  if (mark === shownFor) return;
  hide();
  shownFor = mark;
  try {
    const text = await fetched(mark.dataset.around);
    if (shownFor !== mark) return;
    card.innerHTML = text; // a page of this server, escaped there
    card.hidden = false;
    mark.setAttribute("aria-describedby", "card");
    place(mark);
  } catch {
    if (shownFor === mark) hide(); // the link still leads there
  }
};

const soon = (act) => {
  clearTimeout(waiting);
  waiting = setTimeout(act, 180);
};

for (const mark of document.querySelectorAll(".cite[data-around]")) {
  mark.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && soon(() => show(mark)));
  mark.addEventListener("pointerleave", () => soon(hide));
  mark.addEventListener("focus", () => mark.matches(":focus-visible") && show(mark));
  mark.addEventListener("blur", () => soon(hide));
}
card.addEventListener("pointerenter", () => clearTimeout(waiting));
card.addEventListener("pointerleave", () => soon(hide));

// the document beside the answer; the address says which citation is open

let opener = null;

const framed = (href) => {
  const address = new URL(href, location.href);
  address.searchParams.set("beside", "1");
  return address.href;
};

const open = (link, { remember = true } = {}) => {
  hide();
  opener = link;
  const frame = document.createElement("iframe");
  frame.title = document.getElementById("beside-title").textContent;
  frame.src = framed(link.href);
  beside.querySelector("iframe")?.remove();
  beside.append(frame);
  beside.querySelector(".beside-whole").href = link.href;
  beside.hidden = false;
  document.documentElement.classList.add("has-beside");
  if (remember) history.pushState({ open: link.getAttribute("href") }, "");
  beside.focus({ preventScroll: true });
};

const close = () => {
  if (beside.hidden) return;
  beside.hidden = true;
  beside.querySelector("iframe")?.remove();
  document.documentElement.classList.remove("has-beside");
  opener?.focus();
};

const closeByHand = () => (history.state?.open ? history.back() : close());

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-around]");
  const other = event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!link || other) return;
  event.preventDefault();
  open(link);
});
beside.querySelector(".beside-close").addEventListener("click", closeByHand);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!card.hidden) hide();
  else if (!beside.hidden) closeByHand();
});
addEventListener("popstate", (event) => {
  const href = event.state?.open;
  const link = href && [...document.querySelectorAll("a[data-around]")].find((one) => one.getAttribute("href") === href);
  if (link) open(link, { remember: false });
  else close();
});

// taking the answer along

const say = (words) => {
  told.textContent = "";
  requestAnimationFrame(() => { told.textContent = words; });
};

for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    if (!navigator.clipboard) return; // then it opens as text
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(String(answer.status));
      await navigator.clipboard.writeText(await answer.text());
      say(told.dataset.copied);
    } catch {
      say(told.dataset.failed);
    }
  });
}

// voting: the page that comes back replaces this part of the one that is there

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("form.vote")) return;
  event.preventDefault();
  const form = event.target;
  const said = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(said) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.closest(".answer-tools").querySelector(".thanks")?.remove();
    const thanks = page.querySelector(".thanks");
    const fresh = page.querySelector("form.vote");
    form.replaceWith(fresh);
    if (thanks) fresh.before(thanks);
    fresh.querySelector("button, summary").focus();
  } catch {
    say(told.dataset.failed);
  }
});
