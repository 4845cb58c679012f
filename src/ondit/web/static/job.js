// Tells how far a job is; shows the page anew when it is over.
"use strict";
(() => {
  const page = document.getElementById("job");
  if (page.dataset.over === "1") return;
  const ask = async () => {
    const answer = await fetch(`/jobs/${page.dataset.number}/state`).catch(() => null);
    if (answer && answer.ok) {
      const now = await answer.json();
      if (now.state === "done" || now.state === "failed") { location.reload(); return; }
      const bar = document.getElementById("progress");
      if (now.total) { bar.max = now.total; bar.value = now.done; } else bar.removeAttribute("value");
      document.getElementById("counts").replaceChildren(...now.counts.map(([name, n]) => {
        const item = document.createElement("li"), figure = document.createElement("b");
        figure.textContent = n;
        item.append(figure, ` ${name}`);
        return item;
      }));
      document.getElementById("step").textContent = now.step ? `${now.step} ${now.done} / ${now.total}` : "";
    }
    setTimeout(ask, 700);
  };
  setTimeout(ask, 300);
})();
