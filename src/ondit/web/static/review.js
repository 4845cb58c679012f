// Reviewing by keyboard and by selecting words. Every button is a form that works without this.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const correct = by("correct");
  const first = ondit.article.querySelector(".d1, .voice, .cue");
  if (first) ondit.article.scrollTop = Math.max(0, first.offsetTop - 90);

  // Keys, which may be switched off: letters alone may get in the way of speech input.
  const keys = by("keys");
  let on = localStorage.getItem("ondit-keys") !== "off";
  const tell = () => { if (keys) { keys.textContent = on ? keys.dataset.on : keys.dataset.off; keys.setAttribute("aria-pressed", String(on)); } };
  if (keys) keys.addEventListener("click", () => { on = !on; localStorage.setItem("ondit-keys", on ? "on" : "off"); tell(); });
  tell();
  document.addEventListener("keydown", (e) => {
    if (!on || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, select, textarea, .leaflet-container")) return;
    const does = {
      a: () => by("accept").click(), r: () => by("reject").click(), u: () => by("undo") && by("undo").click(),
      j: () => by("next") && by("next").click(), k: () => by("previous") && by("previous").click(),
      e: () => { correct.open = true; correct.querySelector("select").focus(); },
      c: () => by("comment").focus(),
    }[e.key.toLowerCase()];
    if (does) { e.preventDefault(); does(); }
  });

  // What is selected becomes a field.
  const bar = by("selected");
  let chosen = null;
  document.addEventListener("selectionchange", () => {
    const now = ondit.selected();
    if (!now && bar.contains(document.activeElement)) return;
    bar.hidden = !now;
    chosen = now;
    if (!now) return;
    bar.querySelector(".chosen").textContent = now[2];
    bar.querySelector("[name=content]").value = `${now[0]}-${now[1]}`;
    const box = getSelection().getRangeAt(0).getBoundingClientRect();
    bar.style.top = `${scrollY + box.bottom + 8}px`;
    bar.style.left = `${Math.max(12, Math.min(box.left, innerWidth - bar.offsetWidth - 12))}px`;
  });
  bar.addEventListener("mousedown", (e) => { if (!e.target.closest("select")) e.preventDefault(); }); // the selection stays
  const inputOf = (field) => document.querySelector(`form.edit[data-field="${field}"] [name=value]`);
  const fill = async (field, kind, words, span) => {
    correct.open = true;
    bar.hidden = true;
    getSelection().removeAllRanges();
    const input = inputOf(field), before = input.value;
    input.focus();
    // What the words tell, in the form in which the field is written; what cannot be read stays as it was selected.
    const answer = await fetch(`${location.pathname}/selected?span=${span}`).catch(() => null);
    const value = (answer && answer.ok && (await answer.json())[kind]) || words.trim();
    if (input.value !== before) return; // the reviewer was faster and wrote it
    input.value = value;
    if (document.activeElement === input && !ondit.selected()) input.select(); // or has gone on and selects other words
  };
  bar.addEventListener("click", (e) => {
    const use = e.target.dataset.use;
    if (!use || !chosen) return;
    const [start, stop, words] = chosen, span = `${start}-${stop}`;
    if (use === "when") { fill("when", "when", words, span); return; }
    correct.open = true;
    const form = document.querySelector(`form.edit[data-field="${{ content: "content", voice: "voices", place: "place" }[use]}"]`);
    const input = use === "voice" ? form.querySelector(".new [name=voice]") : form.querySelector("[name=value]");
    input.value = use === "place" ? words.trim() : span;
    if (use === "place") suggest(input);
    bar.hidden = true;
    getSelection().removeAllRanges();
    if (use === "place") input.focus(); else form.requestSubmit();
  });
  const figure = by("figure");
  figure.addEventListener("change", () => {
    if (figure.value && chosen) fill(figure.value, "figure", chosen[2], `${chosen[0]}-${chosen[1]}`);
    figure.value = "";
  });

  // The chain: dragged, or moved by buttons; what is empty is left out.
  const chain = document.querySelector(".chain-edit");
  if (chain) {
    const label = chain.dataset;
    const button = (sign, words, does) => { const b = document.createElement("button"); b.type = "button"; b.className = "quiet"; b.textContent = sign; b.title = words; b.setAttribute("aria-label", words); b.addEventListener("click", does); return b; };
    for (const item of chain.querySelectorAll("li:not(.new)")) {
      item.append(
        button("↑", label.up, () => { if (item.previousElementSibling) item.previousElementSibling.before(item); }),
        button("↓", label.down, () => { const after = item.nextElementSibling; if (after && !after.matches(".new")) after.after(item); }),
        button("✕", label.remove, () => item.remove()),
      );
    }
    let dragged = null;
    chain.addEventListener("dragstart", (e) => { dragged = e.target.closest("li"); e.dataTransfer.effectAllowed = "move"; });
    chain.addEventListener("dragover", (e) => {
      const over = e.target.closest("li:not(.new)");
      if (!dragged || !over || over === dragged) return;
      e.preventDefault();
      const box = over.getBoundingClientRect();
      if (e.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
    });
    chain.addEventListener("drop", (e) => e.preventDefault());
    chain.addEventListener("dragend", () => { dragged = null; });
  }

  // Names of places, from the gazetteer of this machine.
  const list = by("places");
  let waiting = 0;
  const suggest = (input) => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (input.value.trim().length < 2) return;
      const found = await (await fetch(`/places?name=${encodeURIComponent(input.value.trim())}`)).json();
      list.replaceChildren(...found.map((place) => new Option(place.label, place.id)));
      for (const option of list.children) option.value = found[[...list.children].indexOf(option)].id;
    }, 200);
  };
  const placeInput = document.querySelector('form.edit[data-field="place"] [name=value]');
  if (placeInput) placeInput.addEventListener("input", () => suggest(placeInput));

  // The pin.
  const pinning = document.querySelector(".pinning");
  if (pinning) pinning.addEventListener("toggle", () => {
    const element = by("pin");
    if (!pinning.open || element.dataset.made) return;
    element.dataset.made = "1";
    const form = element.closest("form");
    const [lat, lon, radius] = ["lat", "lon", "radius"].map((name) => form.elements[name]);
    const known = lat.value !== "" && lon.value !== "";
    const map = atlas.make(element);
    map.setView(known ? [Number(lat.value), Number(lon.value)] : [20, 20], known ? 7 : 2);
    const icon = L.divIcon({ className: "pin", iconSize: [22, 22], iconAnchor: [11, 11] });
    const pin = L.marker(map.getCenter(), { icon, draggable: true, keyboard: true, title: pinning.querySelector("summary").textContent, alt: pinning.querySelector("summary").textContent }).addTo(map);
    const circle = L.circle(map.getCenter(), { radius: Number(radius.value || 0) * 1000, color: atlas.colour("pin"), weight: 1, dashArray: "4 3", fillOpacity: 0.08, interactive: false }).addTo(map);
    const moved = () => { const at = pin.getLatLng().wrap(); lat.value = at.lat.toFixed(4); lon.value = at.lng.toFixed(4); circle.setLatLng(at); };
    const typed = () => { const at = [Number(lat.value), Number(lon.value)]; if (at.every(Number.isFinite)) { pin.setLatLng(at); circle.setLatLng(at).setRadius(Number(radius.value || 0) * 1000); } };
    pin.on("drag", moved);
    map.on("click", (e) => { pin.setLatLng(e.latlng); moved(); });
    pin.getElement().addEventListener("keydown", (e) => {
      const step = { ArrowUp: [0, -8], ArrowDown: [0, 8], ArrowLeft: [-8, 0], ArrowRight: [8, 0] }[e.key];
      if (!step) return;
      e.preventDefault(); e.stopPropagation();
      pin.setLatLng(map.layerPointToLatLng(map.latLngToLayerPoint(pin.getLatLng()).add(step)));
      moved();
    });
    for (const input of [lat, lon, radius]) input.addEventListener("input", typed);
  });

  // Who else is here, and whether they decided meanwhile.
  const others = by("others");
  const seen = document.querySelector("[name=seen]");
  setInterval(async () => {
    if (document.hidden || !seen) return;
    const answer = await fetch(`${location.pathname}/state`).catch(() => null);
    if (!answer || !answer.ok) return;
    const now = await answer.json();
    const changed = now.last && now.last !== seen.value;
    others.textContent = changed ? `${others.dataset.changed}: ${now.by} – ${now.kind}` : now.others.length ? others.dataset.words.replace("…", now.others.join(", ")) : "";
    others.hidden = !others.textContent;
  }, 4000);
})();
