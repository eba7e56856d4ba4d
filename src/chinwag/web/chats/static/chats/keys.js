// The switch of the keys of Sort and Write: off on one, they are off on the other, in this browser.

const KEPT = "chinwag-keys";

// Return the box that says whether keys are on, as it was left; what is chosen is kept.
export function useSwitch() {
  const isOn = document.getElementById("use-keys");
  isOn.checked = localStorage.getItem(KEPT) !== "off";
  isOn.addEventListener("change", () => localStorage.setItem(KEPT, isOn.checked ? "on" : "off"));
  return isOn;
}
