// What every page has: it says that scripts run, and tells when a ledger that was not brought together is. Pages read without any of this.
"use strict";
document.documentElement.classList.add("script");
addEventListener("DOMContentLoaded", () => {
  const here = document.querySelector(".nav [aria-current]");
  if (here) here.parentElement.scrollLeft += here.getBoundingClientRect().left - here.parentElement.getBoundingClientRect().left - (here.parentElement.clientWidth - here.clientWidth) / 2;
  const note = document.getElementById("stale");
  if (!note) return;
  const ask = async () => {
    const answer = await fetch("/settling").catch(() => null);
    const now = answer && answer.ok ? await answer.json() : { stale: true };
    if (now.stale) {
      note.querySelector(".step").textContent = now.total ? `${now.step} ${now.done} / ${now.total}` : "";
      setTimeout(ask, 1500);
      return;
    }
    const again = document.createElement("a");
    again.href = location.href;
    again.textContent = note.dataset.show;
    note.replaceChildren(`${note.dataset.done} `, again);
  };
  setTimeout(ask, 1000);
});
