// The page of a chat that has no draft yet: it loads itself anew as soon as there is one.

import { listen } from "./stream.js";

const SHOWN = ["draft", "indexed", "made", "reload"]; // what may have brought a draft

const { live, after } = document.querySelector("#no-draft").dataset;

listen(live, after, (kind) => SHOWN.includes(kind) && location.reload());
