// Enter sends the question and Shift+Enter starts a line. Without this, the button does it.
"use strict";

document.addEventListener("keydown", (event) => {
  const field = event.target;
  const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing;
  if (sends && field instanceof HTMLTextAreaElement && field.form) {
    event.preventDefault();
    field.form.requestSubmit();
  }
});
