// What a chat's live stream says, for the one page of this browser that is being looked at.
// Six open streams would keep every other page of a browser waiting, so there is one: the page that
// was looked at last has it, and a page that is hidden lets it go. Whoever comes back catches up.

const KINDS = [
  "post",
  "changed",
  "placed",
  "gone",
  "question",
  "draft",
  "capture",
  "indexed",
  "made",
  "reload",
];
const HIDDEN = 30_000; // milliseconds after which a hidden page lets its stream go
const SILENT = 20_000; // without an answer for so long, something on the way holds the stream back
const POLL = 30_000; // between two looks of a page that has no stream

/** Give a change a key of its own, which its event brings back, and note it in `mine`. */
export function nameChange(body, mine) {
  const key = [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  body.set("change", key);
  mine.add(key);
}

/**
 * Call `heard(kind, data)` for each event of the stream at `address`, from the number `after` on.
 * "reload" stands for "look anew": something was missed, or there is no stream to be had.
 */
export function listen(address, after, heard) {
  let last = after;
  let stream;
  let leave; // lets the lock go
  let hiding;
  let polling;

  function open() {
    if (stream) return;
    stop();
    const from = new URL(address, location.href);
    from.searchParams.set("after", last);
    stream = new EventSource(from);
    const silence = setTimeout(poll, SILENT);
    stream.addEventListener("open", () => clearTimeout(silence));
    stream.addEventListener("error", () => {
      clearTimeout(silence);
      if (stream?.readyState === EventSource.CLOSED) poll();
    });
    for (const kind of KINDS) {
      stream.addEventListener(kind, (event) => {
        last = event.lastEventId || last;
        heard(kind, JSON.parse(event.data));
      });
    }
  }

  function close() {
    stream?.close();
    stream = undefined;
  }

  function poll() {
    close();
    polling ??= setInterval(() => document.hidden || heard("reload", {}), POLL);
  }

  function stop() {
    clearInterval(polling);
    polling = undefined;
  }

  function take() {
    if (stream || document.hidden) return;
    if (!navigator.locks) return open(); // only told over HTTPS and on this machine
    navigator.locks
      .request("chinwag-stream", { steal: true }, () => {
        open();
        return new Promise((done) => (leave = done));
      })
      .catch(poll); // another page has taken it
  }

  function letGo() {
    close();
    stop();
    leave?.();
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(letGo, HIDDEN);
    else take();
  });
  addEventListener("focus", take);
  addEventListener("pagehide", letGo);
  addEventListener("pageshow", (event) => event.persisted && take());
  take();
}
