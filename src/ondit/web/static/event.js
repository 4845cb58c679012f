// The map of one event: its place and how exactly it is known.
"use strict";
(() => {
  const element = document.getElementById("map");
  if (!element) return;
  const [lat, lon, radius] = ["lat", "lon", "radius"].map((name) => Number(element.dataset[name]));
  const map = atlas.make(element);
  const ink = atlas.colour("pin");
  if (radius) L.circle([lat, lon], { radius: radius * 1000, color: ink, weight: 1.5, dashArray: "4 3", fillOpacity: 0.08 }).addTo(map);
  L.circleMarker([lat, lon], { radius: 6, color: atlas.colour("paper"), weight: 2, fillColor: ink, fillOpacity: 1 }).addTo(map);
  const reach = Math.max(radius, 130) / 111;
  map.fitBounds([[lat - reach, lon - reach], [lat + reach, lon + reach]], { maxZoom: 7 });
})();
