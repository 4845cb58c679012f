// Events: map, timeline and list, linked. Moving the map or brushing the timeline chooses; the server makes the list.
"use strict";
(() => {
  const page = document.querySelector(".atlas");
  const list = document.getElementById("list"), count = document.getElementById("count");
  const follow = document.getElementById("follow"), unbrush = document.getElementById("unbrush");
  const DAY = 86400000;
  const iso = (n) => new Date(n * DAY).toISOString().slice(0, 10);
  const number = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
  const chosen = new URLSearchParams(page.dataset.chosen);
  let items = [], box = null, moved = false;
  let since = chosen.get("since") ? number(chosen.get("since")) : null;
  let until = chosen.get("until") ? number(chosen.get("until")) : null;

  const inTime = (e) => (since === null && until === null) || ((e.first !== null || e.last !== null) && (since === null || e.last === null || e.last >= since) && (until === null || e.first === null || e.first <= until));
  const inBox = (e) => !box || (e.lat !== null && box.contains([e.lat, e.lon]));

  const map = atlas.make(document.getElementById("map"));
  const layer = new atlas.Events(inTime).addTo(map);
  const canvas = document.getElementById("timeline");

  // The list of what is chosen now, from the server.
  let waiting = 0, asked = 0;
  const refresh = () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const query = new URLSearchParams(chosen);
      for (const [name, value] of [["since", since === null ? "" : iso(since)], ["until", until === null ? "" : iso(until)]]) value ? query.set(name, value) : query.delete(name);
      if (box) {
        const turn = (lon) => ((((lon + 180) % 360) + 360) % 360) - 180;
        const wide = box.getEast() - box.getWest() >= 360;
        const edge = [Math.max(-90, box.getSouth()), wide ? -180 : turn(box.getWest()), Math.min(90, box.getNorth()), wide ? 180 : turn(box.getEast())];
        query.set("box", edge.map((v) => v.toFixed(4)).join(","));
      } else query.delete("box");
      for (const name of ["since", "until", "box"]) { const field = document.querySelector(`main > .filters [name="${name}"]`); if (field) field.value = query.get(name) || ""; }
      history.replaceState(null, "", `?${query}`);
      document.querySelectorAll(".exports a[href]").forEach((a) => { a.search = `?${query}`; });
      const mine = ++asked;
      list.setAttribute("aria-busy", "true");
      const answer = await fetch(`${page.dataset.list}?${query}`, { headers: { accept: "text/html" } });
      if (mine !== asked || !answer.ok) return;
      list.innerHTML = await answer.text();
      list.setAttribute("aria-busy", "false");
      const total = answer.headers.get("x-total");
      if (total !== null) count.textContent = total;
    }, 250);
  };

  // Timeline: bars of intervals where there are few, else a histogram; what is not chosen is faint.
  const time = { from: 0, to: 1, width: 0, drag: null };
  const place = (n) => ((n - time.from) / (time.to - time.from)) * time.width;
  const dayAt = (x) => Math.round(time.from + (Math.max(0, Math.min(time.width, x)) / time.width) * (time.to - time.from));
  const extent = () => {
    const days = items.flatMap((e) => [e.first, e.last]).filter((n) => n !== null).sort((a, b) => a - b);
    if (!days.length) return;
    // A few far-away days must not press all others together.
    const cut = days.length > 200 ? Math.floor(days.length * 0.005) : 0;
    const [first, last] = [days[cut], days[days.length - 1 - cut]];
    const margin = Math.max(2, Math.round((last - first) * 0.03));
    [time.from, time.to] = [first - margin, last + margin];
  };
  const marks = (c, height) => {
    const span = time.to - time.from;
    const step = span > 3650 ? 12 * Math.ceil(span / 3650) : span > 500 ? 6 : span > 150 ? 2 : span > 45 ? 1 : 0;
    c.fillStyle = atlas.colour("soft"); c.strokeStyle = atlas.colour("line"); c.lineWidth = 1;
    c.font = "11px system-ui, sans-serif"; c.textAlign = "left";
    const tick = (n, words) => { const x = Math.round(place(n)) + 0.5; c.beginPath(); c.moveTo(x, 0); c.lineTo(x, height); c.stroke(); c.fillText(words, x + 3, height + 13); };
    if (step) {
      const start = new Date(time.from * DAY);
      for (let m = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step; ; m += step) {
        const n = Date.UTC(Math.floor(m / 12), m % 12, 1) / DAY;
        if (n > time.to) break;
        if (n >= time.from) tick(n, step >= 12 ? String(Math.floor(m / 12)) : iso(n).slice(0, 7));
      }
    } else for (let n = Math.ceil(time.from), every = Math.max(1, Math.ceil(span / (time.width / 80))); n <= time.to; n += every) tick(n, iso(n));
  };
  const drawTime = () => {
    const ratio = devicePixelRatio || 1, full = 130, height = full - 18;
    time.width = canvas.clientWidth;
    canvas.width = time.width * ratio; canvas.height = full * ratio;
    const c = canvas.getContext("2d");
    c.scale(ratio, ratio);
    c.clearRect(0, 0, time.width, full);
    marks(c, height);
    const dated = items.filter((e) => e.first !== null || e.last !== null);
    const ink = atlas.colour("pin"), paper = atlas.colour("paper"), hatch = layer.hatch(c, ink);
    const ends = (e) => [place(e.first === null ? time.from : e.first), place((e.last === null ? time.to : e.last) + 1)];
    const lanes = [];
    const rows = dated.length <= 160 ? dated.map((e) => {
      const [x1, x2] = ends(e), stop = Math.max(x2, x1 + 5);
      let lane = lanes.findIndex((end) => end + 2 < x1);
      if (lane < 0) lane = lanes.push(0) - 1;
      lanes[lane] = stop;
      return { e, x1, x2: stop, lane };
    }) : [];
    if (rows.length) {
      const tall = Math.max(3, Math.min(14, (height - 6) / lanes.length));
      for (const { e, x1, x2, lane } of rows) {
        c.globalAlpha = inTime(e) && inBox(e) ? 1 : 0.22;
        c.beginPath(); c.rect(Math.max(0.5, x1), height - 3 - (lane + 1) * tall, Math.max(4, Math.min(time.width, x2) - Math.max(0, x1) - 1), tall - 1.5);
        c.fillStyle = e.contested ? hatch : e.single ? paper : ink; c.fill();
        c.strokeStyle = ink; c.lineWidth = 1.2; c.stroke();
      }
    } else if (dated.length) {
      const wide = 4, bins = Math.max(1, Math.floor(time.width / wide)), all = new Float64Array(bins), lit = new Float64Array(bins);
      for (const e of dated) {
        const [x1, x2] = ends(e);
        const [from, to] = [Math.max(0, Math.floor(x1 / wide)), Math.min(bins - 1, Math.floor(Math.max(x1, x2 - 0.01) / wide))];
        for (let i = from; i <= to; i++) { all[i] += 1 / (to - from + 1); if (inTime(e) && inBox(e)) lit[i] += 1 / (to - from + 1); }
      }
      const most = Math.max(...all);
      for (let i = 0; i < bins; i++) {
        c.globalAlpha = 0.25; c.fillStyle = ink; c.fillRect(i * wide, height - (all[i] / most) * (height - 6), wide - 1, (all[i] / most) * (height - 6));
        c.globalAlpha = 0.95; c.fillRect(i * wide, height - (lit[i] / most) * (height - 6), wide - 1, (lit[i] / most) * (height - 6));
      }
    }
    c.globalAlpha = 1;
    if (since !== null || until !== null) {
      const [x1, x2] = [since === null ? 0 : place(since), until === null ? time.width : place(until + 1)];
      c.fillStyle = atlas.colour("asserts"); c.globalAlpha = 0.13; c.fillRect(x1, 0, x2 - x1, height);
      c.globalAlpha = 1; c.fillRect(x1 - 1, 0, 2, height); c.fillRect(x2 - 1, 0, 2, height);
    }
  };
  const told = document.getElementById("brushed"), hint = told.textContent;
  const tellTime = () => {
    const some = since !== null || until !== null;
    told.textContent = some ? `${since === null ? "…" : iso(since)} – ${until === null ? "…" : iso(until)}` : hint;
    unbrush.hidden = !some;
  };
  const choose = (from, to) => { [since, until] = [from, to]; tellTime(); drawTime(); layer.draw(); };
  canvas.addEventListener("pointerdown", (e) => { if (!items.length) return; canvas.setPointerCapture(e.pointerId); time.drag = e.offsetX; });
  canvas.addEventListener("pointermove", (e) => {
    if (time.drag === null || Math.abs(e.offsetX - time.drag) < 4) return;
    const [a, b] = [dayAt(time.drag), dayAt(e.offsetX)].sort((x, y) => x - y);
    choose(a, b);
  });
  canvas.addEventListener("pointerup", (e) => {
    if (time.drag === null) return;
    if (Math.abs(e.offsetX - time.drag) < 4) choose(null, null);
    time.drag = null;
    refresh();
  });
  canvas.addEventListener("pointercancel", () => { time.drag = null; });
  unbrush.addEventListener("click", () => { choose(null, null); refresh(); });

  // Map: what is under the pointer is named; a click opens it; a move by the user chooses.
  const tip = L.popup({ closeButton: true, autoPan: false, maxWidth: 280 });
  map.on("click", (e) => {
    const found = layer.at(e.containerPoint);
    if (!found.length) return;
    const box_ = document.createElement("div");
    for (const item of found.slice(0, 8)) {
      const link = document.createElement("a");
      link.href = `/events/${item.id}`;
      link.textContent = [item.first !== null ? iso(item.first) : "", item.type, item.place].filter(Boolean).join(" · ");
      link.dir = "auto";
      const line = document.createElement("p");
      line.append(link);
      box_.append(line);
    }
    if (found.length > 8) box_.append(`+ ${found.length - 8}`);
    tip.setLatLng(e.latlng).setContent(box_).openOn(map);
  });
  map.on("mousemove", (e) => { const [item] = layer.at(e.containerPoint, 2); map.getContainer().classList.toggle("over", Boolean(item)); light(item ? item.id : null); });
  const light = (id) => {
    layer.light(id);
    list.querySelectorAll("tr.on").forEach((row) => row.classList.remove("on"));
    if (id) { const row = list.querySelector(`tr[data-id="${id}"]`); if (row) row.classList.add("on"); }
  };
  for (const kind of ["mouseover", "focusin"]) list.addEventListener(kind, (e) => { const row = e.target.closest("tr[data-id]"); layer.light(row ? row.dataset.id : null); });
  const userMoves = () => { moved = true; };
  map.getContainer().addEventListener("wheel", userMoves, { passive: true });
  for (const kind of ["pointerdown", "keydown", "dblclick"]) map.getContainer().addEventListener(kind, userMoves);
  map.on("moveend", () => {
    if (!moved || !follow.checked) return;
    box = map.getBounds();
    drawTime();
    refresh();
  });
  follow.addEventListener("change", () => { box = follow.checked ? map.getBounds() : null; moved = follow.checked; drawTime(); refresh(); });
  map.on("repaint", drawTime);
  addEventListener("resize", drawTime);

  const start = chosen.get("box") ? chosen.get("box").split(",").map(Number) : null;
  fetch(page.dataset.points).then((r) => r.json()).then((rows) => {
    items = rows.map(([id, type, place_, lat, lon, radius, first, last, flags, reports]) => ({ id, type, place: place_, lat, lon, radius, first, last, contested: (flags & 1) > 0, single: (flags & 2) > 0, reports }));
    layer.set(items);
    extent();
    const spots = items.filter((e) => e.lat !== null && (e.radius === null || e.radius < 400));
    const shown = spots.length ? spots : items.filter((e) => e.lat !== null);
    if (start && start.length === 4) { box = L.latLngBounds([start[0], start[1]], [start[2], start[3] < start[1] ? start[3] + 360 : start[3]]); map.fitBounds(box); }
    else if (shown.length) map.fitBounds(L.latLngBounds(shown.map((e) => [e.lat, e.lon])).pad(0.1), { maxZoom: 7 });
    tellTime();
    drawTime();
    page.dataset.ready = String(items.length);
  });
})();
