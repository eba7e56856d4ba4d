// Writing without waiting. Every act on the page is a form; this file sends it in the background
// and puts the new page's blocks in place of the old ones, so that nothing jumps. Words are kept
// while they are written.

import { useBlockKeys } from "./block_keys.js";
import { listen, nameChange } from "./stream.js";

const root = document.getElementById("writing");
const status = document.getElementById("write-status");
const alertBox = document.getElementById("write-alert");
const PAUSE = 1500; // milliseconds without a key before words are kept
const BEAT = 20000; // milliseconds between two signs of life
const mine = new Set(); // the keys of changes that were made here
let looking = Promise.resolve();

root.addEventListener("submit", submit);
root.addEventListener("input", keepSoon);
root.addEventListener("keydown", move);
prepare();
useBlockKeys(root);
if (document.activeElement === document.body && !location.hash) {
  root.querySelector(".block")?.focus({ preventScroll: true });
}
listen(root.dataset.live, root.dataset.after, hear);
setInterval(beHere, BEAT);
beHere();

function prepare() {
  for (const one of document.querySelectorAll(".keys")) one.hidden = false;
  for (const block of root.querySelectorAll(".block")) {
    block.tabIndex = 0;
    block.draggable = false;
  }
}

async function submit(event) {
  const form = event.target;
  event.preventDefault();
  const block = form.closest(".block");
  const body = new FormData(form, event.submitter);
  if (form.matches(".wording")) {
    delete form.dataset.met;
    if (await keepWords(form)) await refresh(block?.id, form);
    return; // what could not be kept says why beside the words
  }
  if (form.matches(".picture-form")) {
    await keepPicture(form, body, block?.id);
    return;
  }
  nameChange(body, mine);
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    await take(answer, block?.id, event.submitter?.value, form);
  } catch {
    say(alertBox, root.dataset.lost);
  }
}

// Put the blocks of a new page in place of those that are here, and keep the focus where it was.
// `form` is the one whose work is done; what else is being written stays as it is.
async function take(answer, id, did, form) {
  const spare = noteSpare();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const columns = page.querySelector(".columns");
  if (!columns) {
    document.location = answer.url;
    return;
  }
  const refused = page.querySelector(".told .error")?.textContent ?? "";
  const open = noteOpen(refused ? undefined : form);
  const block = document.getElementById(id ?? "");
  const top = block?.getBoundingClientRect().top;
  const next = (block?.nextElementSibling ?? block?.previousElementSibling)?.id ?? "";
  root.querySelector(".columns").replaceWith(columns);
  const isHeld = reopen(open);
  prepare();
  const kept = page.getElementById("write-status").textContent;
  const now = document.getElementById(id ?? "") ?? document.getElementById(answer.url.split("#")[1] ?? "");
  const isNew = !block && form?.closest("details.new, details.picturing"); // over the first block
  if (isNew && !isHeld) root.querySelector(".block")?.focus({ preventScroll: true });
  if (block && !now && !isHeld) document.getElementById(next)?.focus({ preventScroll: true });
  if (now) {
    if (!isHeld) now.focus({ preventScroll: true });
    if (top !== undefined) window.scrollBy(0, now.getBoundingClientRect().top - top);
    const moved = did === "up" || did === "down" || did === "before";
    say(status, moved ? now.getAttribute("aria-label") : kept);
  } else {
    if (!isHeld) findSpare(spare)?.focus({ preventScroll: true });
    say(status, kept);
  }
  say(alertBox, refused);
}

const listSpares = () => [...root.querySelectorAll("details[open] > .spares > li")];
const nameSpare = (spare) => spare?.querySelector("[name=quoted]")?.value;

// Return which point that is not in the story has the focus: its place there, and its post.
function noteSpare() {
  const spare = document.activeElement.closest?.(".spares > li");
  return { place: listSpares().indexOf(spare), quoted: nameSpare(spare) };
}

// Return the button of that point, or of the one that has come in its place.
function findSpare({ place, quoted }) {
  if (place < 0) return undefined;
  const spares = listSpares();
  const same = spares.find((one) => nameSpare(one) === quoted) ?? spares[place] ?? spares.at(-1);
  return same?.querySelector("button") ?? root.querySelector(".block");
}

const OPEN = "details.words[open], details.new[open], details.picturing[open]";

// Return the forms that are open but for one, each with what of it has the focus.
function noteOpen(form) {
  const at = document.activeElement;
  return [...root.querySelectorAll(OPEN)]
    .filter((details) => details !== form?.closest("details"))
    .map((details) => ({ details, held: details.contains(at) ? at : null }));
}

// Put these forms, as they were, where the new page has them; return whether one has the focus.
function reopen(open) {
  for (const { details, held } of open) {
    const id = details.querySelector("textarea").id;
    document.getElementById(id)?.closest("details").replaceWith(details);
    held?.focus({ preventScroll: true });
  }
  return open.some(({ held }) => held?.isConnected);
}

async function refresh(id, form) {
  const answer = await fetch(root.dataset.page);
  const here = id ?? document.activeElement.closest?.(".block")?.id; // by now
  if (answer.ok) await take(answer, here, "", form);
}

// --- words, kept while they are written

const waiting = new WeakMap();

function keepSoon(event) {
  const form = event.target.closest(".wording");
  if (!form || form.dataset.met) return; // both texts are shown: the writer chooses
  clearTimeout(waiting.get(form));
  tell(form, root.dataset.saving);
  waiting.set(form, setTimeout(() => keepWords(form), PAUSE));
}

// Send a form's change, and return the answer, which tells in JSON what became of it.
function send(form, body) {
  nameChange(body, mine);
  return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
}

// Return whether the words are kept; where they are not, the form says why.
async function keepWords(form) {
  clearTimeout(waiting.get(form));
  const area = form.querySelector("textarea");
  const words = area.value;
  const body = new FormData(form);
  try {
    const answer = await send(form, body);
    const told = await answer.json();
    if (answer.ok) {
      area.defaultValue = words;
      const block = form.closest(".block");
      for (const one of block.querySelectorAll("[name=revision]")) one.value = told.revision;
      const at = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      tell(form, `${root.dataset.saved} ${at}`);
      return true;
    }
    const both = `${told.said} ${told.who}: “${told.theirs}” ${root.dataset.both}`;
    tell(form, told.theirs ? both : told.said, true);
    if (told.revision) form.dataset.met = "yes";
    if (told.revision) form.querySelector("[name=revision]").value = told.revision;
  } catch {
    tell(form, root.dataset.lost, true);
    say(alertBox, root.dataset.lost);
  }
  return false;
}

function tell(form, words, isLost = false) {
  const fate = form.querySelector(".fate");
  fate.textContent = words;
  fate.classList.toggle("lost", isLost);
}

// --- moving by keys and by hand

function move(event) {
  const by = { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const block = event.target.closest(".block");
  if (!by || !event.altKey || !block || event.target.matches("textarea, select")) return;
  event.preventDefault();
  block.querySelector(`.tools [value=${by}]`).click();
}

// --- pictures: chosen, dropped on a block or pasted; words are asked for before they are kept

async function keepPicture(form, body, id) {
  tell(form, root.dataset.saving);
  try {
    const answer = await send(form, body);
    if (answer.ok) {
      form.reset();
      await refresh(id, form);
      return;
    }
    tell(form, (await answer.json()).said, true);
  } catch {
    tell(form, root.dataset.lost, true);
  }
}

function findPicture(transfer) {
  return [...(transfer?.files ?? [])].find((one) => one.type.startsWith("image/"));
}

// Open the form for a picture behind a block, with the picture in it.
function offerPicture(file, block) {
  const form = (block ?? root).querySelector(".picture-form");
  const chosen = new DataTransfer();
  chosen.items.add(file);
  form.elements.picture.files = chosen.files;
  form.closest("details").open = true;
  form.elements.text.focus();
}

const holdsFiles = (event) => !dragged && [...(event.dataTransfer?.types ?? [])].includes("Files");

root.addEventListener("dragover", (event) => {
  if (!holdsFiles(event) || event.target.matches("input[type=file]")) return;
  event.preventDefault();
  clearDrop();
  event.target.closest(".block")?.classList.add("dropped-on");
});
root.addEventListener("dragleave", clearDrop);
root.addEventListener("drop", (event) => {
  if (!holdsFiles(event) || event.target.matches("input[type=file]")) return;
  event.preventDefault();
  clearDrop();
  const file = findPicture(event.dataTransfer);
  if (file) offerPicture(file, event.target.closest(".block"));
});
root.addEventListener("paste", (event) => {
  const file = findPicture(event.clipboardData);
  if (!file) return;
  event.preventDefault();
  offerPicture(file, event.target.closest(".block"));
});

function clearDrop() {
  for (const one of root.querySelectorAll(".dropped-on")) one.classList.remove("dropped-on");
}

let dragged = null;
root.addEventListener("pointerdown", (event) => {
  const block = event.target.closest(".block");
  const onWords = event.target.closest("a, button, summary, textarea, select, input, form");
  if (block) block.draggable = !onWords && !window.getSelection().toString();
});
root.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".block");
  dragged?.classList.add("dragged");
});
root.addEventListener("dragover", (event) => {
  const over = event.target.closest(".block");
  if (!dragged || !over) return;
  event.preventDefault();
  for (const one of root.querySelectorAll(".over")) one.classList.remove("over");
  over.classList.add("over");
});
root.addEventListener("dragend", () => {
  for (const one of root.querySelectorAll(".over, .dragged")) one.classList.remove("over", "dragged");
  dragged = null;
});
root.addEventListener("drop", async (event) => {
  const over = event.target.closest(".block");
  if (!dragged || !over || over === dragged) return;
  event.preventDefault();
  const body = new FormData(dragged.querySelector(".tools"));
  body.set("do", "before");
  body.set("before", over.dataset.id);
  nameChange(body, mine);
  const answer = await fetch(dragged.querySelector(".tools").action, { method: "POST", body });
  await take(answer, dragged.id, "before");
});

// --- others

function hear(kind, { change }) {
  if (kind === "draft" && mine.has(change)) return;
  if (["draft", "indexed", "made", "reload"].includes(kind)) {
    looking = looking.then(lookAnew).catch(() => {}); // the site is away for a moment
  }
}

async function lookAnew() {
  if (root.querySelector(OPEN)) say(status, root.dataset.new);
  else await refresh();
}

async function beHere() {
  if (document.hidden) return;
  const body = new FormData();
  const token = root.querySelector("[name=csrfmiddlewaretoken]");
  body.set("csrfmiddlewaretoken", token.value);
  const mine = document.activeElement.closest?.(".block");
  body.set("block", mine ? mine.dataset.id : "");
  try {
    const answer = await fetch(root.dataset.here, { method: "POST", body });
    const { others } = await answer.json();
    const names = others.map((one) => one.name).join(", ");
    say(document.getElementById("others"), names ? `${root.dataset.others} ${names}` : "");
    const taken = new Set(others.map((one) => String(one.block)));
    for (const block of root.querySelectorAll(".block")) {
      block.classList.toggle("taken", taken.has(block.dataset.id));
    }
  } catch {
    // The next sign of life tries again.
  }
}

function say(box, words) {
  if (box.textContent !== words) box.textContent = words;
}
