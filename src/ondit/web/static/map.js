// The base map of the desk: borders from a file of its own, nothing from elsewhere; and a layer that draws thousands of events on one canvas.
"use strict";
const atlas = (() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // The file holds border lines as differences, zigzag, five bits a character; see tools/basemap/README.md.
  const decode = (line, scale) => {
    const points = [], at = [0, 0];
    let value = 0, shift = 0, axis = 0;
    for (let i = 0; i < line.length; i++) {
      const bits = line.charCodeAt(i) - 63;
      value |= (bits & 0x1f) << shift;
      shift += 5;
      if (bits < 0x20) {
        at[axis] += value & 1 ? ~(value >> 1) : value >> 1;
        value = shift = 0;
        axis ^= 1;
        if (!axis) points.push([at[1] / scale, at[0] / scale]);
      }
    }
    return points;
  };
  const rings = (data) => {
    const arcs = data.arcs.map((arc) => decode(arc, data.scale));
    return data.countries.map(([name, all]) => [name, all.map((numbers) => {
      const ring = [];
      for (const n of numbers) {
        const arc = n >= 0 ? arcs[n] : [...arcs[~n]].reverse();
        ring.push(...(ring.length ? arc.slice(1) : arc));
      }
      let turn = 0;
      const turned = ring.map(([lat, lon], i) => {
        if (i && Math.abs(lon + turn - ring.last) > 180) turn += ring.last > lon + turn ? 360 : -360;
        ring.last = lon + turn;
        return [lat, lon + turn];
      });
      const [first, end] = [turned[0], turned[turned.length - 1]];
      if (Math.abs(first[1] - end[1]) > 180) { const pole = first[0] < 0 ? -85 : 85; turned.push([pole, end[1]], [pole, first[1]]); }
      return turned;
    })]);
  };

  const make = (element) => {
    const map = L.map(element, { zoomControl: true, attributionControl: false, minZoom: 1, maxZoom: 11, zoomSnap: 0.5, worldCopyJump: true, zoomAnimation: false, fadeAnimation: false, preferCanvas: true });
    map.setView([20, 15], 2);
    L.control.scale({ imperial: false }).addTo(map);
    map.createPane("land").style.zIndex = 200;
    const renderer = L.canvas({ pane: "land", padding: 0.3 });
    const land = L.layerGroup().addTo(map);
    const paint = () => land.eachLayer((l) => l.setStyle({ color: colour("border"), fillColor: colour("land") }));
    fetch(element.dataset.land).then((r) => r.json()).then((data) => {
      for (const [name, all] of rings(data)) {
        const shape = L.polygon(all.map((ring) => [ring]), { renderer, pane: "land", weight: 0.8, color: colour("border"), fillColor: colour("land"), fillOpacity: 1, interactive: false, smoothFactor: 1.2 });
        shape.country = name;
        land.addLayer(shape);
      }
      element.dataset.ready = "land";
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { paint(); map.fire("repaint"); });
    return map;
  };

  // Draws events: a dot for each, hollow for a single origin, hatched when contested, with a circle for how exact the place is.
  const Events = L.Layer.extend({
    initialize(look) { this.look = look; this.items = []; this.lit = null; },
    onAdd(map) {
      this.canvas = L.DomUtil.create("canvas", "events-canvas", map.getPanes().overlayPane);
      map.on("moveend viewreset resize repaint", this.draw, this);
      this.draw();
    },
    onRemove(map) { this.canvas.remove(); map.off("moveend viewreset resize repaint", this.draw, this); },
    set(items) { this.items = items; if (this._map) this.draw(); },
    light(id) { if (this.lit !== id) { this.lit = id; this.draw(); } },
    hatch(context, ink) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 6;
      const c = tile.getContext("2d");
      c.fillStyle = colour("land"); c.fillRect(0, 0, 6, 6);
      c.strokeStyle = ink; c.lineWidth = 2;
      c.beginPath(); c.moveTo(-1, 7); c.lineTo(7, -1); c.moveTo(-1, 1); c.lineTo(1, -1); c.moveTo(5, 7); c.lineTo(7, 5); c.stroke();
      return context.createPattern(tile, "repeat");
    },
    draw() {
      const map = this._map, size = map.getSize(), ratio = devicePixelRatio || 1;
      const corner = map.containerPointToLayerPoint([0, 0]);
      L.DomUtil.setPosition(this.canvas, corner);
      this.canvas.width = size.x * ratio; this.canvas.height = size.y * ratio;
      this.canvas.style.width = `${size.x}px`; this.canvas.style.height = `${size.y}px`;
      const c = this.canvas.getContext("2d");
      c.scale(ratio, ratio);
      const ink = colour("pin"), paper = colour("paper"), hatch = this.hatch(c, ink);
      const bounds = map.getBounds().pad(0.2), seen = [];
      for (const item of this.items) {
        if (item.lat === null || !bounds.contains([item.lat, item.lon])) continue;
        const p = map.latLngToContainerPoint([item.lat, item.lon]);
        const metres = 40075016.7 * Math.cos((item.lat * Math.PI) / 180) / 2 ** (map.getZoom() + 8);
        seen.push({ item, x: p.x, y: p.y, r: Math.min(11, 4.5 + 1.4 * Math.log2(item.reports)), reach: item.radius ? (item.radius * 1000) / metres : 0 });
      }
      this.seen = seen;
      c.lineWidth = 1; c.strokeStyle = ink; c.fillStyle = ink;
      if (seen.length < 1500) for (const { item, x, y, r, reach } of seen) {
        if (reach <= r + 2 || reach > 3000 || !this.look(item)) continue;
        c.beginPath(); c.arc(x, y, reach, 0, 7); c.globalAlpha = seen.length > 200 ? 0.02 : 0.07; c.fill();
        c.setLineDash([4, 3]); c.globalAlpha = 0.45; c.stroke(); c.setLineDash([]);
      }
      for (const faint of [true, false]) for (const { item, x, y, r } of seen) {
        if (this.look(item) === faint) continue;
        c.globalAlpha = faint ? 0.25 : 0.95;
        c.beginPath(); c.arc(x, y, r, 0, 7);
        c.fillStyle = item.contested ? hatch : item.single ? paper : ink; c.fill();
        c.lineWidth = item.single || item.contested ? 2 : 1; c.strokeStyle = item.single || item.contested ? ink : paper; c.stroke();
      }
      // Names of places where there is room, those of the most reported events first.
      c.globalAlpha = 1; c.font = "600 11.5px system-ui, sans-serif"; c.lineWidth = 3; c.lineJoin = "round";
      const rooms = [], named = new Set();
      for (const { item, x, y, r } of [...seen].sort((a, b) => b.item.reports - a.item.reports).slice(0, 400)) {
        if (named.size >= 30 || !item.place || named.has(item.place) || (item.radius || 0) > 200 || !this.look(item)) continue;
        const wide = c.measureText(item.place).width, room = [x + r + 4, y - 8, x + r + 8 + wide, y + 8];
        if (room[2] > size.x || rooms.some((o) => room[0] < o[2] && room[2] > o[0] && room[1] < o[3] && room[3] > o[1])) continue;
        rooms.push(room); named.add(item.place);
        c.strokeStyle = colour("land"); c.fillStyle = colour("ink");
        c.strokeText(item.place, x + r + 5, y + 4); c.fillText(item.place, x + r + 5, y + 4);
      }
      const lit = seen.find((s) => s.item.id === this.lit);
      if (lit) { c.globalAlpha = 1; c.lineWidth = 3; c.strokeStyle = colour("ink"); c.beginPath(); c.arc(lit.x, lit.y, lit.r + 4, 0, 7); c.stroke(); }
    },
    at(point, reach = 8) {
      return (this.seen || []).filter((s) => this.look(s.item) && Math.hypot(s.x - point.x, s.y - point.y) <= s.r + reach)
        .sort((a, b) => Math.hypot(a.x - point.x, a.y - point.y) - Math.hypot(b.x - point.x, b.y - point.y)).map((s) => s.item);
    },
  });
  return { make, colour, Events };
})();
