"use strict";
(() => {
  const tools = document.getElementById("tools");
  if (!tools) return;
  tools.hidden = false;
  const search = document.getElementById("search");
  const onlyRisks = document.getElementById("only-risks");
  const found = document.getElementById("found");
  const boxes = [...tools.querySelectorAll("[data-filter]")];
  const cards = [...document.querySelectorAll(".change")].map((card) => ({
    card,
    action: card.dataset.action,
    risky: card.dataset.risk === "yes",
    text: card.textContent.toLowerCase(),
  }));
  const sections = [...document.querySelectorAll("section.changes")];

  const apply = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const actions = new Set(boxes.filter((b) => b.checked).map((b) => b.dataset.filter));
    const known = new Set(boxes.map((b) => b.dataset.filter));
    let shown = 0;
    for (const { card, action, risky, text } of cards) {
      const fits =
        (actions.has(action) || !known.has(action)) &&
        (!onlyRisks.checked || risky) &&
        words.every((word) => text.includes(word));
      card.classList.toggle("away", !fits);
      if (fits) shown += 1;
    }
    for (const section of sections) {
      section.classList.toggle("away", !section.querySelector(".change:not(.away)"));
    }
    found.value = shown === cards.length ? "" : `${shown} of ${cards.length} shown`;
  };

  // A link may bring its search along: report.html?q=mary
  search.value = new URLSearchParams(location.search).get("q") || "";

  const setAll = (open) => {
    for (const { card } of cards) if (!card.classList.contains("away")) card.open = open;
  };
  search.addEventListener("input", apply);
  onlyRisks.addEventListener("change", apply);
  for (const box of boxes) box.addEventListener("change", apply);
  document.getElementById("open-all").addEventListener("click", () => setAll(true));
  document.getElementById("close-all").addEventListener("click", () => setAll(false));
  apply();
})();
