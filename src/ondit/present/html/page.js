// Links text, cards, map and table: hover, focus or click a claim and all of it shows. The page reads without this script.
"use strict";
(() => {
  const text = document.getElementById("text");
  if (!text) return;
  document.documentElement.classList.add("script");
  const svg = (name, attributes, parent) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };
  const arcs = svg("svg", { class: "arcs", "aria-hidden": "true" }, text);
  const cards = [...document.querySelectorAll(".card")];
  const parts = (n) => text.querySelectorAll(`[data-c~="${n}"], [data-v~="${n}"], [data-k~="${n}"]`);
  let shown = 0;
  let pinned = 0;

  const middle = (element, frame) => {
    const box = element.getClientRects()[0];
    return box && { x: box.left + box.width / 2 - frame.left, y: box.top - frame.top, left: box.left - frame.left };
  };

  // From voice to voice to content, over the lines.
  const draw = (n, card) => {
    const frame = text.getBoundingClientRect();
    const stops = [...card.querySelectorAll(".lane .voice")].map((v) => text.querySelector(`[data-o="${v.dataset.o}"]`));
    const number = document.getElementById(`t${n}`);
    const points = [...stops, number].filter(Boolean).map((e) => middle(e, frame)).filter(Boolean);
    arcs.setAttribute("class", `arcs s-${card.className.match(/s-(\w+)/)[1]}`);
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      const lift = Math.min(a.y, b.y) - Math.min(34, 14 + Math.abs(a.x - b.x) / 14);
      svg("path", { d: `M${a.x} ${a.y}C${a.x} ${lift} ${b.x} ${lift} ${b.x} ${b.y}` }, arcs);
      svg("circle", { cx: b.x, cy: b.y - 2, r: 3 }, arcs);
    }
  };

  const show = (n) => {
    if (n === shown) return;
    document.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
    arcs.replaceChildren();
    text.classList.toggle("busy", n > 0);
    shown = n;
    const card = n && document.getElementById(`c${n}`);
    if (!card) return;
    parts(n).forEach((e) => e.classList.add("on"));
    card.classList.add("on");
    document.querySelectorAll(".pins a").forEach((a) => {
      a.classList.toggle("on", (a.dataset.claims || "").split(" ").includes(String(n)));
    });
    draw(n, card);
  };

  const bring = (card) => {
    const side = card.closest(".side");
    if (side && side.scrollHeight > side.clientHeight) {
      side.scrollTo({ top: card.offsetTop - 8, behavior: "smooth" });
    }
  };

  const pin = (n) => {
    pinned = n;
    show(n);
    const card = n && document.getElementById(`c${n}`);
    if (!card) return;
    bring(card);
    const side = card.closest(".side");
    const number = document.getElementById(`t${n}`);
    // On a small screen the card lies over the lower half: keep the claim above it.
    if (side && getComputedStyle(side).position === "fixed" && number.getBoundingClientRect().bottom > side.getBoundingClientRect().top) {
      number.scrollIntoView({ block: "start" });
    }
  };

  const claimAt = (element) => {
    const part = element.closest && element.closest("#text a.n, #text [data-c], #text [data-v], #text [data-k], .card, [data-go]");
    if (!part) return 0;
    if (part.dataset.go || part.dataset.n) return Number(part.dataset.go || part.dataset.n);
    if (part.matches("a.n")) return Number(part.id.slice(1));
    return Number((part.dataset.c || part.dataset.v || part.dataset.k).split(" ")[0]);
  };

  document.addEventListener("mouseover", (e) => show(claimAt(e.target) || pinned));
  document.addEventListener("focusin", (e) => {
    const n = claimAt(e.target);
    if (n && !e.target.closest(".card")) pin(n);
    else if (n) show(n);
  });
  document.addEventListener("click", (e) => {
    const link = e.target.closest("a");
    const n = claimAt(e.target);
    if (link && link.matches("#text a.n")) e.preventDefault();
    if (n) pin(n);
    else if (link && link.dataset.claims) pin(Number(link.dataset.claims.split(" ")[0]));
    else if (!link) pin(0);
  });
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === "Escape") pin(0);
    const step = { j: 1, n: 1, k: -1, p: -1 }[e.key];
    if (!step) return;
    const next = Math.min(cards.length, Math.max(1, shown + step));
    const number = document.getElementById(`t${next}`);
    number.focus({ preventScroll: true });
    number.scrollIntoView({ block: "center" });
  });
  addEventListener("resize", () => { const n = shown; shown = -1; show(n); });
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
})();
