// Files may be dropped anywhere on the page.
"use strict";
(() => {
  const input = document.querySelector("input[type=file]"), drop = document.getElementById("drop");
  addEventListener("dragover", (e) => { if (![...e.dataTransfer.types].includes("Files")) return; e.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", (e) => { if (!e.relatedTarget) drop.classList.remove("over"); });
  addEventListener("drop", (e) => { if (!e.dataTransfer.files.length) return; e.preventDefault(); drop.classList.remove("over"); input.files = e.dataTransfer.files; });
})();
