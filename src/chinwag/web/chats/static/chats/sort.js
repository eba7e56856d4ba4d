// Sorting by keys. Everything here is a form that works without this file; the keys press its
// buttons, tell the site in the background, and go on to the next post.

import { useSwitch } from "./keys.js";
import { listen, nameChange } from "./stream.js";

const list = document.getElementById("sorting");
const status = document.getElementById("sort-status");
const alertBox = document.getElementById("sort-alert");
const decided = []; // what was decided here, the latest last: {item, change}
const mine = new Set(); // the keys of changes that were made here, until their event has come
let sending = Promise.resolve();
let useKeys; // the box that says whether keys are on
let unsent = 0; // decisions that the site has not answered yet

if (list) begin();

function begin() {
  for (const one of document.querySelectorAll(".keys")) one.hidden = false;
  useKeys = useSwitch();
  const items = listItems();
  items.forEach((item) => item.addEventListener("focusin", () => mark(item)));
  list.addEventListener("submit", (event) => {
    if (event.target.matches(".suggest")) {
      event.preventDefault();
      answer(event.target, event.submitter);
    }
    if (!event.target.matches(".decide")) return;
    event.preventDefault();
    decide(event.target.closest(".sorted"), event.submitter?.value ?? "=");
  });
  list.addEventListener("change", (event) => {
    if (event.target.matches(".decide select") && event.target.value) {
      decide(event.target.closest(".sorted"), "");
    }
  });
  list.addEventListener("keydown", pressKey);
  addEventListener("click", leaveWhenSent);
  addEventListener("beforeunload", (event) => unsent && event.preventDefault());
  mark(items[0]);
  items[0].focus({ preventScroll: true });
  listen(list.dataset.live, list.dataset.after, hear);
}

function listItems() {
  return [...list.querySelectorAll(".sorted")];
}

function mark(item) {
  for (const one of listItems()) one.tabIndex = one === item ? 0 : -1;
}

function pressKey(event) {
  const item = event.target.closest(".sorted");
  const types = event.target.matches("select, input, textarea");
  if (!item || types || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(item, event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  if (!useKeys.checked) return;
  const wanted = readKey(event.key, item);
  if (wanted === null || (event.key === "Enter" && event.target !== item)) return;
  event.preventDefault();
  wanted();
}

// Return what a key does for a post, null for a key that does nothing.
function readKey(key, item) {
  const partOf = item.dataset.part;
  delete item.dataset.part;
  if (/^[1-9]$/.test(key)) {
    const label = partOf ? `${partOf}.${key}` : key;
    const fallback = partOf && key === "1" ? partOf : label;
    const button = findButton(item, label) ?? findButton(item, fallback);
    return button ? () => decide(item, button.value) : () => say(alertBox, `Q${label}?`);
  }
  const acts = {
    0: () => decide(item, "-"),
    ".": () => {
      item.dataset.part = item.dataset.question.split(".")[0];
    },
    Enter: () => decide(item, "="),
    k: () => item.querySelector("select").focus(),
    u: takeBack,
    y: () => item.querySelector(".suggest [value=take]")?.click(),
    x: () => item.querySelector(".suggest [value=leave]")?.click(),
    j: () => step(item, 1),
    t: () => item.querySelector(".tick input").click(),
    n: () => document.getElementById("sort-next").click(),
    "?": () => say(status, item.querySelector(".stands").textContent.trim()),
  };
  return acts[key] ?? null;
}

// Take what a language model suggests for a post, or leave it.
function answer(form, button) {
  const item = form.closest(".sorted");
  const body = new FormData(form, button);
  nameChange(body, mine);
  if (button.value === "take") show(item, `${list.dataset.placed} ${name(form.dataset.question)}`);
  form.closest(".suggested").remove();
  if (button.value === "take") step(item, 1);
  else item.focus();
  queue(form.action, body, item);
}

function findButton(item, label) {
  return [...item.querySelectorAll(".choices button")].find((one) => one.value === label);
}

function decide(item, question) {
  const form = item.querySelector(".decide");
  const body = new FormData(form);
  body.set("question", question);
  const place = question === "=" || question === "" ? item.dataset.question : question;
  nameChange(body, mine);
  show(item, `${list.dataset.placed} ${name(place)}`);
  step(item, 1);
  queue(form.action, body, item);
}

// Send what was decided after all that was decided before.
function queue(address, body, item) {
  unsent += 1;
  sending = sending.then(() => send(address, body, item)).finally(() => (unsent -= 1));
}

// Whoever is quicker than the site goes on once it has heard all.
function leaveWhenSent(event) {
  const link = event.target.closest("a[href]");
  if (!link || !unsent || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  sending.then(() => location.assign(link.href));
}

async function send(address, body, item) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.said);
    if (told.take_back) decided.push({ item, address: told.take_back });
    if (item.classList.contains("decided")) item.classList.add("kept");
  } catch (fault) {
    item.classList.remove("decided");
    const outcome = item.querySelector(".outcome");
    outcome.hidden = true;
    say(alertBox, fault instanceof TypeError || !fault.message ? list.dataset.lost : fault.message);
    item.focus();
  }
}

function takeBack() {
  sending = sending.then(async () => {
    const last = decided.pop();
    if (!last) return;
    const body = new FormData(last.item.querySelector(".decide"));
    nameChange(body, mine);
    await send(last.address, body, last.item);
    last.item.classList.remove("decided", "kept");
    last.item.querySelector(".outcome").hidden = true;
    last.item.focus();
    say(status, list.dataset.back);
  });
}

function show(item, words) {
  item.classList.remove("kept");
  item.classList.add("decided");
  const outcome = item.querySelector(".outcome");
  outcome.textContent = words;
  outcome.hidden = false;
  say(alertBox, "");
  say(status, words);
}

function name(question) {
  return question && question !== "-" ? `Q${question}` : list.dataset.none;
}

// Go to the next post that is not decided; after the last one to the way on.
function step(item, by) {
  const items = listItems();
  let at = items.indexOf(item) + by;
  while (by > 0 && items[at]?.classList.contains("decided")) at += by;
  const next = items[at];
  if (next) {
    mark(next);
    next.focus();
  } else if (by > 0) document.getElementById("sort-next").focus();
}

function say(box, words) {
  box.textContent = words;
}

// What others decide meanwhile appears at its post; nothing moves.
function hear(kind, { key, question, change }) {
  if (kind === "reload") lookAnew().catch(() => {}); // the site is away for a moment
  else if (kind === "gone") find(key)?.remove();
  else if (kind === "placed" && find(key) && !mine.has(change)) showMeanwhile(find(key), question);
}

function find(key) {
  return listItems().find((one) => one.dataset.key === key);
}

function showMeanwhile(item, question) {
  item.dataset.question = question;
  const outcome = item.querySelector(".outcome");
  outcome.textContent = `${list.dataset.meanwhile} ${name(question)}`;
  outcome.hidden = false;
}

// Where no stream is to be had, ask where the posts stand that are not decided here.
async function lookAnew() {
  const items = listItems().filter((item) => !item.classList.contains("decided"));
  if (!items.length) return;
  const address = new URL(list.dataset.standing, location.href);
  for (const item of items) address.searchParams.append("posts", item.dataset.public);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { posts } = await answer.json();
  for (const item of items.filter((one) => !one.classList.contains("decided"))) {
    const [question, by] = posts[item.dataset.key] ?? [];
    if (question === undefined) item.remove();
    else if (question !== item.dataset.question || by !== item.dataset.by) {
      item.dataset.by = by;
      showMeanwhile(item, question);
    }
  }
}
