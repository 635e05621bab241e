// Copying an answer and voting on it, without leaving the page.

import { say, words } from "./told.js";

const fetched = async (address, options) => {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
};

for (const link of document.querySelectorAll("a[data-copy]")) {
  link.addEventListener("click", async (event) => {
    // without a clipboard, or in a tab of its own, it opens as text
    if (!navigator.clipboard || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(await fetched(link.href));
      say(words.copied);
    } catch {
      say(words.failed);
    }
  });
}

// the page that comes back replaces this part of the one that is there
document.addEventListener("submit", async (event) => {
  if (!event.target.matches("form.vote")) return;
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const page = new DOMParser().parseFromString(await fetched(form.action, { method: "POST", body }), "text/html");
    document.querySelector(".thanks")?.remove();
    const thanks = page.querySelector(".thanks");
    form.replaceWith(thanks, page.querySelector("form.vote"));
    say("");
    thanks.focus(); // it is read out, and the next key reaches the form
  } catch {
    say(words.failed);
  }
});
