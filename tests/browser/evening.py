"""The evening's work of two hosts, from the close of a captured chat to a removal, by hand and key.

Ben has no mouse: whatever he does is keys, and each is counted. Ada's clicks and signs are counted,
too. Nobody waits on a clock: each step waits for what it does to show.
"""

from __future__ import annotations

import time

from playwright.sync_api import Locator, Page, expect
from tests.browser.test_owner_day import see

LONGEST_WALK = 600  # times that Tab is pressed to get somewhere
_READ_POINTS = """() => {
  const found = {};
  let label = "";
  for (const block of document.querySelectorAll("#blocks > .block")) {
    label = block.querySelector("h3 .label")?.textContent ?? label;
    if (block.matches(".is-point"))
      (found[label] ??= []).push(block.querySelector(".cited").textContent.trim());
  }
  return found;
}"""
_PLACE = """one => {
  const blocks = [...document.querySelectorAll(".block")];
  const at = blocks.indexOf(one);
  const here = blocks.indexOf(document.activeElement.closest(".block"));
  const heading = blocks.slice(0, at + 1).findLast((block) => block.dataset.question);
  const behind = heading ? at - blocks.indexOf(heading) : Infinity;
  return here >= 0 && Math.abs(at - here) <= behind + 1
    ? ["", at - here]
    : [heading?.dataset.question ?? "", behind];
}"""
FOCUSED = "one => one.contains(document.activeElement) && document.activeElement !== document.body"


class Effort:
    """What the work took: keys pressed, clicks, and seconds of this machine by step."""

    def __init__(self) -> None:
        self.keys = 0
        self.walked = 0  # of the keys, those that only went somewhere
        self.clicks = 0
        self.signs = 0  # typed by the one with a mouse
        self.seconds: dict[str, float] = {}
        self._begun = time.monotonic()

    def end_step(self, name: str) -> None:
        """Note how long it took since the last step."""
        now = time.monotonic()
        self.seconds[name] = round(now - self._begun, 1)
        self._begun = now

    def tell(self) -> dict[str, object]:
        """Return the figures."""
        return {
            "keys": self.keys,
            "of them to get somewhere": self.walked,
            "clicks": self.clicks,
            "typed by the one with a mouse": self.signs,
            "seconds": self.seconds,
        }


class Keyboard:
    """A person without a mouse."""

    def __init__(self, page: Page, effort: Effort) -> None:
        self.page = page
        self._effort = effort

    def open(self, path: str) -> None:
        """Go to an address by typing it."""
        self._effort.keys += len(path) + 1
        self.page.goto(path)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._effort.keys += 1
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        self._effort.keys += len(words)
        self.page.keyboard.type(words)

    def go_to(self, block: Locator) -> None:
        """Go to a block of Write: by its question's digit, and from block to block."""
        see(block)
        if not self.page.locator(".block :focus, .block:focus, .spares :focus").count():
            self.walk_to(self.page.locator(".block").first)
        label, by = block.first.evaluate(_PLACE)
        way = [label] if label else []
        way += ["j" if by > 0 else "k"] * abs(by)
        self._effort.walked += len(way)
        self.press(*way)
        expect(block.first).to_be_focused()

    def walk_to(self, wanted: Locator, key: str = "Tab") -> None:
        """Press Tab, or Shift and Tab, until the focus is there."""
        see(wanted)
        for _ in range(LONGEST_WALK):
            if wanted.first.evaluate(FOCUSED):
                return
            self._effort.walked += 1
            self.press(key)
        raise AssertionError(f"No key leads to {wanted}.")

    def use(self, wanted: Locator) -> None:
        """Press a button, or open what is folded, once the focus is there."""
        self.walk_to(wanted)
        self.press("Enter")

    def write(self, area: Locator, words: str) -> None:
        """Put words into a field, in the place of those that are there, and keep them."""
        self.walk_to(area)
        self.press("Control+a")
        self.type(words)
        self.press("Control+Enter")


class Mouse:
    """A person with a mouse."""

    def __init__(self, page: Page, effort: Effort) -> None:
        self.page = page
        self._effort = effort

    def open(self, path: str) -> None:
        self._effort.clicks += 1
        self.page.goto(path)

    def click(self, wanted: Locator) -> None:
        self._effort.clicks += 1
        see(wanted).first.click()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def fill(self, area: Locator, words: str) -> None:
        self._effort.signs += len(words)
        see(area).first.fill(words)

    def choose(self, area: Locator, value: str) -> None:
        self._effort.clicks += 2
        see(area).first.select_option(value)


def find_point(page: Page, words: str) -> Locator:
    """Return the block of a point with these words among its own."""
    cited = page.locator(".cited", has_text=words)
    return page.locator(".block.is-point").filter(has=cited)


def read_points(page: Page, question: str) -> list[str]:
    """Return the points under a question, in order, as one moment shows them."""
    told: dict[str, list[str]] = page.evaluate(_READ_POINTS)
    return told.get(f"Q{question}", [])
