// Puts Charter's box to ask in on a page of another site:
// <script src="https://charter.example.org/embed.js" data-target="#ask" data-language="fr" defer></script>
"use strict";

(() => {
  const script = document.currentScript;
  if (!script) return;
  const charter = new URL(script.src).origin;
  const titles = { en: "Ask Charter", fr: "Interroger Charter", es: "Preguntar a Charter" };
  const wanted = (script.dataset.language || document.documentElement.lang || "").slice(0, 2);
  const language = wanted.toLowerCase() in titles ? wanted.toLowerCase() : "";

  const frame = document.createElement("iframe");
  frame.title = titles[language || "en"];
  frame.src = `${charter}/embed${language ? `?language=${language}` : ""}`;
  frame.referrerPolicy = "no-referrer";
  // its place is taken before it comes, so that nothing below it jumps
  Object.assign(frame.style, { width: "100%", height: "17rem", border: "0", display: "block" });

  // each page in the frame is asked how high it is, and tells again when that changes
  frame.addEventListener("load", () => {
    frame.contentWindow.postMessage({ charter: "how high?" }, charter);
  });
  window.addEventListener("message", (event) => {
    if (event.origin !== charter || event.source !== frame.contentWindow) return;
    const height = Number(event.data && event.data.charter === "height" && event.data.height);
    if (height > 0 && height < 100000) frame.style.height = `${Math.ceil(height)}px`;
  });

  const put = () => {
    const selector = script.dataset.target;
    const target = selector ? document.querySelector(selector) : null;
    if (selector && !target) console.error(`Charter: there is no element ${selector} to put the box in.`);
    else if (target) target.replaceChildren(frame);
    else script.after(frame);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", put);
  else put();
})();
