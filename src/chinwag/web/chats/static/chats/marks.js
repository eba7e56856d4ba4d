// Marking a post without leaving it: each mark is a button of a form that works without this file.

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!form.matches(".marking") || !event.submitter) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await keep(form, event.submitter);
  },
  true, // before a page's own handler of forms
);

async function keep(form, button) {
  const lost = form.querySelector(".lost");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, button),
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.statusText);
    show(button, (await answer.json()).who);
    lost.textContent = "";
  } catch {
    lost.textContent = document.querySelector("[data-lost]")?.dataset.lost ?? "✗";
  }
}

function show(button, who) {
  const kind = button.value.replace("off-", "");
  button.value = who ? `off-${kind}` : kind;
  button.setAttribute("aria-pressed", String(Boolean(who)));
  button.nextElementSibling.textContent = who;
}
