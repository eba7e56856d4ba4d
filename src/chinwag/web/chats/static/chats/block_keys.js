// Keys on Write: from block to block, and to what is done with one. They hold only while a block, or
// what is not in the story, has the focus, and can be switched off. Each presses what a hand would.

import { useSwitch } from "./keys.js";

let last = ""; // the id of the block that had the focus last

export function useBlockKeys(root) {
  const isOn = useSwitch();
  root.addEventListener("focusin", (event) => {
    last = event.target.closest(".block")?.id ?? last;
  });
  root.addEventListener("click", (event) => {
    const by = Number(event.target.closest("[data-go]")?.dataset.go ?? 0);
    if (by) step(list(root, ".block"), document.getElementById(last), by);
  });
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const done = event.target.matches("textarea, select, input")
      ? leave(event)
      : isOn.checked && !event.ctrlKey && press(root, event);
    if (done) event.preventDefault();
  });
}

function list(root, kind) {
  return [...root.querySelectorAll(kind)];
}

// Focus the one that is so many behind another, or the first; return whether there is one.
function step(items, from, by) {
  const to = items[from && items.includes(from) ? items.indexOf(from) + by : 0];
  (to?.matches(".block") ? to : to?.querySelector("button"))?.focus();
  return Boolean(to);
}

function press(root, { key, target }) {
  const block = target.closest(".block");
  const spare = target.closest(".spares > li");
  if (!block && !spare) return false;
  const items = list(root, block ? ".block" : "details[open] > .spares > li");
  if (key === "j" || key === "k") return step(items, block ?? spare, key === "j" ? 1 : -1);
  if (key === "b") return cross(root, block);
  if (/^[1-9]$/.test(key)) return step(list(root, `.block[data-question="${key}"]`), null, 0);
  return block ? act(block, key) : false;
}

// From the draft to what is not in it, and back to where one was.
function cross(root, block) {
  if (!block) return step([document.getElementById(last)].filter(Boolean), null, 0);
  return step(list(root, "details[open] > .spares > li"), null, 0);
}

function act(block, key) {
  const kinds = { e: "words", w: "new", p: "putting" };
  if (kinds[key]) {
    const form = block.querySelector(`details.${kinds[key]}`);
    if (!form) return false;
    form.open = true;
    form.querySelector("textarea, select").focus();
    return true;
  }
  const button = block.querySelector(`.tools [value=${{ o: "out", i: "join" }[key] ?? "none"}]`);
  button?.click();
  return Boolean(button);
}

// Out of a form: with what was written, or back to its block.
function leave({ key, ctrlKey, target }) {
  if (key === "Enter" && ctrlKey && target.form) {
    target.form.requestSubmit();
    return true;
  }
  const block = target.closest(".block");
  if (key !== "Escape" || !block) return false;
  const details = target.closest("details");
  const isKept = [...details.querySelectorAll("textarea")].every((one) => one.value === one.defaultValue);
  if (isKept) details.open = false;
  block.focus();
  return true;
}
