// The e-mail takes the text as it was changed; a button copies it.

const text = document.getElementById("passed");
const mail = document.getElementById("mail");
const copy = document.getElementById("copy-passed");
const told = document.getElementById("told");

mail?.addEventListener("click", () => {
  const [start] = mail.href.split("&body=");
  mail.href = `${start}&body=${encodeURIComponent(text.value)}`;
});
if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = told.dataset.copied;
    } catch {
      told.textContent = told.dataset.failed;
      text.select();
    }
  });
}
