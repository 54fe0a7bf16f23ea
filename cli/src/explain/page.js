"use strict";
// Chosen with a click or a key, a line stays lit; under the mouse it is lit for as long as the mouse is there.
const lines = [...document.querySelectorAll("a.line")];
const general = document.getElementById("general");
let chosen = null;

function light(line, on) {
  line.classList.toggle("lit", on);
  document.getElementById(line.dataset.to).classList.toggle("lit", on);
}

function choose(line, focus) {
  if (chosen) light(chosen, false);
  chosen = line;
  light(line, true);
  line.setAttribute("aria-current", "true");
  for (const other of lines) if (other !== line) other.removeAttribute("aria-current");
  if (focus) line.focus();
  document.getElementById(line.dataset.to).scrollIntoView({ block: "nearest" });
}

for (const line of lines) {
  line.addEventListener("click", (event) => {
    event.preventDefault();
    choose(line, true);
  });
  line.addEventListener("mouseenter", () => light(line, true));
  line.addEventListener("mouseleave", () => light(line, line === chosen));
}

for (const part of document.querySelectorAll(".of")) {
  const line = lines.find((line) => line.dataset.to === part.id);
  if (!line) continue;
  part.addEventListener("click", () => choose(line, false));
  part.addEventListener("mouseenter", () => light(line, true));
  part.addEventListener("mouseleave", () => light(line, line === chosen));
}

document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (!step || event.target.tagName === "INPUT" || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const at = chosen ? lines.indexOf(chosen) + step : 0;
  if (lines[at]) choose(lines[at], true);
});

document.body.classList.add("plain");
general.addEventListener("change", () => document.body.classList.toggle("plain", !general.checked));
const start = lines.find((line) => "#" + line.dataset.to === location.hash);
if (start) choose(start, false);
