// Keeps the part of a page that says how work goes up to date, while it goes on.
// Without this the page loads itself anew.

const PAUSE = 1500; // milliseconds between two looks

const region = document.querySelector("[data-fresh]");
const spoken = document.querySelector("[data-spoken]");
let said = region?.querySelector("[data-said]")?.textContent;

async function look() {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  } catch {
    return; // the site is away for a moment
  }
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-fresh]");
  if (!now) return;
  show(now);
}

function show(now) {
  const words = now.querySelector("[data-said]")?.textContent;
  if (words !== said) spoken.textContent = said = words ?? "";
  const isHeld = region.contains(document.activeElement);
  const isOver = now.dataset.fresh !== "going";
  if (isHeld && !isOver) return; // nothing changes under somebody's hands
  if (now.innerHTML !== region.innerHTML) region.replaceChildren(...now.childNodes);
  region.dataset.fresh = now.dataset.fresh;
}

async function follow() {
  while (region.dataset.fresh === "going") {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (!document.hidden) await look();
  }
}

if (region) follow();
