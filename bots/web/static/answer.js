// What stands around a citation in a card; its document beside the answer; copying and voting
// without leaving the page. Without this, each is a link or a form.

import "./card.js";
import "./beside.js";
import "./take.js";

// the field holds what was asked, to be corrected; whoever begins to type asks the next question
document.getElementById("q").addEventListener("focus", (event) => event.target.select(), { once: true });
