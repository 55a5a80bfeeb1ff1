/* A word explained: a sheet at the foot of the screen, with the words of the glossary of this language. */
(() => {
  "use strict";
  var says = "@@words@@";
  var term;

  function make(name, into, text) {
    var node = document.createElement(name);
    if (text) node.textContent = text;
    into.append(node);
    return node;
  }
  var sheet = document.createElement("div");
  sheet.className = "pe-gloss";
  sheet.id = "gloss";
  sheet.hidden = true;
  sheet.tabIndex = -1;
  sheet.setAttribute("role", "dialog");
  var name = make("b", make("p", sheet));
  var text = make("p", sheet);
  var row = make("p", sheet);
  row.className = "pe-gloss__row";
  var more = make("a", row, says.all);
  row.append(" ");
  var button = make("button", row, says.close);
  button.type = "button";
  button.className = "pe-button";
  document.querySelector("main").append(sheet);

  function close(back) {
    sheet.hidden = true;
    if (back) term.focus();
  }
  button.addEventListener("click", () => { close(true); });
  sheet.addEventListener("focusout", event => { if (!sheet.contains(event.relatedTarget)) close(false); });
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !sheet.hidden) close(true); });

  pe.gloss = hit => {
    var found = says.terms[hit.hash.slice(1)];
    if (!found) {
      location.href = hit.href;
      return;
    }
    term = hit;
    sheet.setAttribute("aria-label", found[0]);
    name.textContent = found[0];
    text.textContent = found[1];
    more.href = hit.href;
    sheet.hidden = false;
    sheet.focus();
  };
})();
