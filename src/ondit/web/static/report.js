// Links the text of a report and its cards, and offers selected words as a claim that was missed.
"use strict";
(() => {
  const { article } = ondit;
  const parts = (n) => article.querySelectorAll(`[data-c~="${n}"], [data-v~="${n}"], [data-k~="${n}"]`);
  let shown = 0;

  const show = (n) => {
    if (n === shown) return;
    document.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
    article.classList.toggle("busy", n > 0);
    shown = n;
    const card = n && document.getElementById(`c${n}`);
    if (!card) return;
    parts(n).forEach((e) => e.classList.add("on"));
    card.classList.add("on");
  };
  const bring = (n) => {
    const card = document.getElementById(`c${n}`);
    const side = card && card.closest(".side");
    if (!side) return;
    if (side.scrollHeight > side.clientHeight + 4) side.scrollTo({ top: card.offsetTop - 8 });
    else card.scrollIntoView({ block: "nearest" });
  };
  const claimAt = (element) => {
    const part = element.closest("#text a.n, #text [data-c], #text [data-v], #text [data-k], .card");
    if (!part) return 0;
    if (part.dataset.n) return Number(part.dataset.n);
    if (part.matches("a.n")) return Number(part.id.slice(1));
    return Number((part.dataset.c || part.dataset.v || part.dataset.k).split(" ")[0]);
  };

  document.addEventListener("focusin", (e) => { const n = claimAt(e.target); if (n) show(n); });
  document.addEventListener("click", (e) => {
    if (e.target.closest("button.spot") || !getSelection().isCollapsed) return;
    const n = claimAt(e.target);
    if (n && article.contains(e.target)) { show(n); bring(n); if (e.target.closest("a.n")) { e.preventDefault(); document.getElementById(`c${n}`).focus({ preventScroll: true }); } }
    else if (n) show(n);
    else if (!e.target.closest("a, button, input, form")) show(0);
  });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") show(0); });

  const form = document.getElementById("adding");
  if (form) document.addEventListener("selectionchange", () => {
    const chosen = ondit.selected();
    form.hidden = !chosen;
    if (!chosen) return;
    form.elements.content.value = `${chosen[0]}-${chosen[1]}`;
    form.querySelector(".chosen").textContent = chosen[2];
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    form.style.top = `${scrollY + box.bottom + 8}px`;
    form.style.left = `${Math.max(12, Math.min(box.left, innerWidth - form.offsetWidth - 12))}px`;
  });
})();
