// The archive while its chat runs. New posts wait in a tray until the reader wants them; what is
// changed or taken out changes where it stands. Nothing that is being read moves.

import { listen } from "./stream.js";

const SPOKEN = 30_000; // milliseconds between two announcements, at least

const box = document.getElementById("live");
const words = box.dataset;
const posts = box.querySelector("[data-posts]");
const tray = box.querySelector("[data-tray]");
const show = tray.querySelector("button, a");
const status = box.querySelector("[data-status]");
const waiting = new Map(); // key: article

let spokenAt = -SPOKEN;
let speaking;

document.documentElement.style.overflowAnchor = "none"; // the place is kept here

function read(html) {
  const part = document.createElement("template");
  part.innerHTML = html;
  return part.content.querySelector("article");
}

function find(key) {
  return [...posts.children].find((one) => one.dataset.key === key);
}

function belongs(question) {
  return !words.question || question === (words.question === "-" ? "" : words.question);
}

// Do something to the list without moving what the reader has before them.
function keepPlace(change) {
  const seen = [...posts.children].find((one) => one.getBoundingClientRect().bottom > 0);
  const before = seen?.getBoundingClientRect().top;
  change();
  if (seen?.isConnected) scrollBy({ top: seen.getBoundingClientRect().top - before, behavior: "instant" });
}

// The buttons by which a team marks a post stand behind it; here they belong to its article.
function adoptMarks(page) {
  for (const form of page.querySelectorAll("[data-posts] > .marking")) {
    form.previousElementSibling.append(form);
  }
}

function findMarks(article) {
  return article.querySelector(":scope > .marking");
}

function bare(article) {
  const copy = article.cloneNode(true);
  findMarks(copy)?.remove();
  return copy;
}

// Give a post that has just come the buttons that the others have, where they have any.
function addMarks(article) {
  const form = document.getElementById("marking")?.content.querySelector(".marking");
  if (!form || findMarks(article) || article.querySelector(".gone")) return;
  article.append(document.importNode(form, true));
  findMarks(article).elements.post.value = article.dataset.key;
}

function replace(article, other, isGone = false) {
  const marks = findMarks(article);
  if (bare(article).isEqualNode(bare(other))) {
    if (findMarks(other) && !marks?.contains(document.activeElement)) marks?.replaceWith(findMarks(other));
    return;
  }
  const open = article.querySelector("details")?.open;
  if (open && other.querySelector("details")) other.querySelector("details").open = true;
  const isHeld = article.contains(document.activeElement);
  if (marks && !isGone && !findMarks(other)) other.append(marks);
  keepPlace(() => article.replaceWith(other));
  if (isHeld) focus(other);
}

function focus(article) {
  article.tabIndex = -1;
  article.focus({ preventScroll: true });
}

function bury(article) {
  const stone = document.createElement("article");
  stone.className = "post";
  stone.dataset.key = article.dataset.key;
  const said = document.createElement("p");
  said.className = "gone";
  said.textContent = words.gone;
  stone.append(said);
  replace(article, stone, true);
}

function take(kind, { key, html, question }) {
  const here = find(key);
  if (kind === "gone") {
    waiting.delete(key);
    const stone = html && read(html);
    if (here) stone ? replace(here, stone, true) : bury(here);
  } else if (html) {
    if (here) replace(here, read(html));
    else if (belongs(question ?? "") && (kind === "post" || words.question || waiting.has(key))) {
      waiting.set(key, read(html));
    }
  }
  count();
}

function count() {
  tray.hidden = !waiting.size;
  const said = waiting.size === 1 ? words.one : words.many.replace("%n", waiting.size);
  show.textContent = said;
  if (waiting.size) speak(said);
}

// At most every half minute, and then what is true by then.
function speak(said) {
  clearTimeout(speaking);
  const pause = Math.max(0, spokenAt + SPOKEN - performance.now());
  speaking = setTimeout(() => {
    spokenAt = performance.now();
    status.textContent = said;
  }, pause);
}

function tell(article) {
  return article.querySelector("time")?.dateTime ?? "";
}

function insert(article) {
  addMarks(article);
  const at = tell(article);
  const after = [...posts.children].findLast((one) => tell(one) <= at);
  if (after) after.after(article);
  else posts.prepend(article);
}

function showWaiting() {
  const shown = [...waiting.values()];
  waiting.clear();
  keepPlace(() => shown.forEach(insert));
  box.querySelector("[data-none]")?.remove();
  const below = shown.filter((one) => one.getBoundingClientRect().top > 0);
  const first = below.toSorted((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)[0];
  focus(first ?? shown[0]);
  first?.scrollIntoView({ block: "nearest" });
  count();
}

// Look at the pages anew, and bring what is shown here up to them.
async function lookAnew() {
  const missing = new Set(posts.querySelectorAll("article[id]"));
  let address = location.href;
  const isSought = () => words.shows === "here" || missing.size;
  while (address && isSought()) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    adoptMarks(page);
    for (const article of page.querySelectorAll("[data-posts] > article[id]")) {
      const here = document.getElementById(article.id);
      if (here) {
        missing.delete(here);
        replace(here, article);
      } else if (words.shows === "here") waiting.set(article.dataset.key, article);
    }
    const next = page.querySelector("a[rel=next]")?.getAttribute("href");
    address = next && new URL(next, location.href);
  }
  missing.forEach(bury);
  count();
}

let looking = Promise.resolve();

adoptMarks(document);
listen(words.live, words.after, (kind, data) => {
  if (kind === "indexed" || kind === "reload") looking = looking.then(lookAnew).catch(() => {});
  else if (kind === "capture") looking = looking.then(lookAtState).catch(() => {});
  else if (kind !== "question") looking = looking.then(() => take(kind, data));
});

async function lookAtState() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.ok && !page.getElementById("live")?.dataset.live) speak(words.ended);
}

if (words.shows === "here") show.addEventListener("click", showWaiting);
