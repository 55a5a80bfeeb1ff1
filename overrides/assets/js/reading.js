/* What a reader chooses: the reading panel, which opens in the flow, and the country whose numbers come first. */
(() => {
  "use strict";
  var root = document.documentElement;
  var all = (selector, from) => Array.from((from || document).querySelectorAll(selector));
  var opener = document.getElementById("reading-button");
  document.querySelector(".pe-head .pe-wide").insertAdjacentHTML("afterend", "@@words@@");
  var panel = document.getElementById("reading");
  opener.setAttribute("aria-controls", "reading");
  var here = document.currentScript.src;
  all("[data-pe-page]", panel).forEach(link => { link.href = new URL("../" + link.getAttribute("data-pe-page"), here).href; });
  if (location.protocol === "file:") all("[data-pe-online]", panel).forEach(row => { row.remove(); }); /* a folder cannot do that */
  if (pe.kept) pe.kept();

  function open(wanted) {
    panel.hidden = !wanted;
    opener.setAttribute("aria-expanded", wanted);
    (wanted ? panel.querySelector("input:checked") : opener).focus();
  }
  function show(name, value) {
    if (name === "depth") pe.depth(value || "3");
    else if (name === "theme") root.setAttribute("data-md-color-scheme", value || "auto");
    else if (value) root.setAttribute("data-pe-" + name, value);
    else root.removeAttribute("data-pe-" + name);
  }
  panel.addEventListener("change", event => {
    var input = event.target;
    var value = input.defaultChecked ? "" : input.value;
    pe.keep(input.name, value);
    show(input.name, value);
  });
  panel.addEventListener("click", event => { if (event.target.closest("[data-pe-close]")) open(false); });
  document.addEventListener("keydown", event => {
    var here = document.activeElement;
    if (event.key === "Escape" && !panel.hidden && (panel.contains(here) || here === opener)) open(false);
  });
  all("input", panel).forEach(input => { if (input.value === pe.recall(input.name)) input.checked = true; });

  /* Country: its numbers come first; the others stay. */
  var groups = [];
  all("[data-country]").forEach(row => {
    var before = row.previousElementSibling;
    if (!before || !before.hasAttribute("data-country")) groups.push({ rows: [] });
    var group = groups[groups.length - 1];
    group.rows.push(row);
    group.end = row.nextSibling;
  });
  function setCountry(value) {
    groups.forEach(group => {
      var mine = group.rows.filter(row => row.classList.toggle("pe-mine", row.getAttribute("data-country") === value));
      mine.concat(group.rows).forEach((row, place) => {
        if (place < mine.length || mine.indexOf(row) < 0) row.parentNode.insertBefore(row, group.end);
      });
    });
    all(".pe-country input").forEach(input => { input.checked = input.value === value; });
  }
  setCountry(pe.recall("country"));

  function forgotten() {
    ["theme", "size", "space", "font", "depth"].forEach(name => { show(name); });
    panel.querySelector("form").reset();
    setCountry("");
  }

  pe.reading = hit => {
    if (hit === opener) open(panel.hidden);
    else if (hit.name === "country") setCountry(hit.value);
    else forgotten();
  };
})();
