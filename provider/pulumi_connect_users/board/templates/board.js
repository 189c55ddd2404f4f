"use strict";
(() => {
  const rows = [...document.querySelectorAll(".agents tbody tr")];
  const tiles = [...document.querySelectorAll(".tile")];
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const chosen = () => tiles.filter(t => t.getAttribute("aria-pressed") === "true").map(t => t.dataset.activity);

  const filter = () => {
    const wanted = chosen();
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !((wanted.length === 0 || wanted.includes(row.dataset.activity)) && words.every(w => text.includes(w)));
      count += row.hidden ? 0 : 1;
    }
    shown.value = count === rows.length ? "" : `${count} of ${rows.length} agents`;
    // A page that reloads itself stays filtered.
    history.replaceState(null, "", "#" + new URLSearchParams({ q: search.value, a: wanted.join(",") }));
  };

  const pad = n => String(n).padStart(2, "0");
  const tick = () => {
    for (const time of document.querySelectorAll("time.ago")) {
      const s = Math.max(0, Math.floor((Date.now() - Date.parse(time.dateTime)) / 1000));
      const h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
      time.textContent = h ? `${h}:${pad(m)}:${pad(s % 60)}` : `${m}:${pad(s % 60)}`;
    }
  };

  if (rows.length) document.querySelector(".tools").hidden = false;
  search.addEventListener("input", filter);
  for (const tile of tiles) {
    tile.addEventListener("click", () => {
      tile.setAttribute("aria-pressed", String(tile.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  const kept = new URLSearchParams(location.hash.slice(1));
  if (kept.get("q") || kept.get("a")) {
    search.value = kept.get("q") || "";
    const wanted = (kept.get("a") || "").split(",");
    for (const tile of tiles) tile.setAttribute("aria-pressed", String(wanted.includes(tile.dataset.activity)));
    filter();
  }
  // Old data must not look as if agents had been talking for days: times tick for an hour.
  if (Date.now() - Date.parse(document.body.dataset.taken) < 3600e3) {
    tick();
    setInterval(tick, 1000);
  }
})();
