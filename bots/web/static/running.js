// How far a run is, asked for until it has ended; then the page is shown anew with what came of it.
const shown = document.querySelector("[data-running]");
const bar = shown.querySelector("progress");
const told = shown.querySelector("[data-told]");

const look = async () => {
  try {
    const progress = await (await fetch(shown.dataset.running || "/hr/running")).json();
    if (progress.state !== "running") return location.reload();
    if (progress.of) {
      bar.max = progress.of;
      bar.value = progress.done;
      told.textContent = `${progress.done} / ${progress.of}`;
    }
  } catch {
    // the server may be starting again; the next look finds out
  }
  setTimeout(look, 700);
};
setTimeout(look, 300);
