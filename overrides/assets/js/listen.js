/* Read the page aloud with the device's own voice, sentence by sentence. Fetched when the reader first asks for it.
   The sentence being read is underlined; nothing scrolls by itself. Escape stops; a tap on the marked sentence pauses. */
(() => {
  "use strict";
  var speech = window.speechSynthesis;
  var opener = document.querySelector("[data-pe-listen]");
  document.querySelector(".pe-time").insertAdjacentHTML("afterend", "@@words@@");
  var bar = document.getElementById("listen");
  var pause = bar.querySelector('[data-pe-do="pause"]');
  var stop = bar.querySelector('[data-pe-do="stop"]');
  var main = document.querySelector("main");
  var language = opener.closest("[lang]").lang; /* a page that is not translated yet speaks another */
  var BLOCKS = "h1, h2, h3, h4, p, li, th, td, dt, dd, figcaption, caption, legend";
  var SILENT = ".pe-way, .pe-note, .pe-listen, .pe-depth, .pe-country, .pe-settings, .pe-share, .pe-sources, .pe-stop__next, .pe-gloss, .pe-address, .pe-label, form, nav, button, svg, thead, [hidden]";
  var queue = [];
  var at = 0;
  var turn = 0;
  var paused = false;
  var marked = null;

  /* The text nodes of a block that are spoken; not those of a block inside it. */
  function pieces(block) {
    var walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    var found = [];
    while (walker.nextNode()) {
      var parent = walker.currentNode.parentElement;
      if (parent.closest(BLOCKS) === block && !parent.closest(SILENT)) found.push(walker.currentNode);
    }
    return found;
  }

  function ends(text) {
    if (window.Intl && Intl.Segmenter) {
      return Array.from(new Intl.Segmenter(language, { granularity: "sentence" }).segment(text), part => part.index + part.segment.length);
    }
    var found = [];
    text.replace(/[.!?:]["”’)]*\s+/g, (mark, index) => { found.push(index + mark.length); return mark; });
    return found.concat(text.length);
  }

  /* A "how sure" mark is spoken by itself, whatever stands before and after it. */
  function edges(nodes) {
    var passed = 0;
    var found = [];
    nodes.forEach(node => {
      var mark = node.parentElement.closest(".pe-sure");
      if (mark) found.push(passed);
      passed += node.length;
      if (mark) found.push(passed);
    });
    return found;
  }

  /* One entry a sentence: its words, and where they stand in the page. */
  function sentences(block) {
    var nodes = pieces(block);
    var text = nodes.map(node => node.data).join("");
    var from = 0;
    return ends(text).concat(edges(nodes)).sort((a, b) => a - b).map(to => {
      var range = document.createRange();
      var passed = 0;
      var open = false;
      nodes.forEach(node => {
        var end = passed + node.length;
        if (!open && from < end) { range.setStart(node, from - passed); open = true; }
        if (to > passed && to <= end) range.setEnd(node, to - passed);
        passed = end;
      });
      var part = { text: text.slice(from, to).replace(/\s+/g, " ").trim(), range: range, block: block };
      from = to;
      return part;
    }).filter(part => /[\p{L}\p{N}]/u.test(part.text));
  }

  function mark(part) {
    if (window.CSS && CSS.highlights && window.Highlight) {
      CSS.highlights.delete("pe-reading");
      if (part) CSS.highlights.set("pe-reading", new Highlight(part.range));
    } else {
      if (marked) marked.classList.remove("pe-reading");
      if (part) part.block.classList.add("pe-reading");
    }
    marked = part && part.block;
  }

  function voice() {
    var short = language.slice(0, 2);
    var fit = speech.getVoices().filter(one => one.localService && one.lang.slice(0, 2).toLowerCase() === short);
    return fit.find(one => one.default) || fit[0];
  }

  function next() {
    var part = queue[at];
    if (!part) { end(); return; }
    var mine = ++turn;
    var said = new SpeechSynthesisUtterance(part.text);
    said.voice = voice();
    if (!said.voice) { end(); return; } /* without a voice chosen the browser would take any, also one of a server */
    said.lang = language;
    said.onend = said.onerror = () => {
      if (mine !== turn || paused) return;
      at += 1;
      next();
    };
    mark(part);
    speech.speak(said);
  }

  function words() {
    var other = pause.getAttribute("data-other");
    pause.setAttribute("data-other", pause.textContent);
    pause.textContent = other;
  }

  /* Pause ends the sentence's voice and begins the sentence again later: some devices never wake from a real pause. */
  function hold() {
    paused = !paused;
    words();
    turn += 1;
    speech.cancel();
    if (!paused) next();
  }

  function begin() {
    queue = [];
    Array.from(main.querySelectorAll(BLOCKS)).forEach(block => {
      if (block.getClientRects().length && !block.closest(SILENT)) queue = queue.concat(sentences(block));
    });
    at = 0;
    bar.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    pause.focus();
    next();
  }

  function end() {
    turn += 1;
    speech.cancel();
    mark(null);
    if (paused) { paused = false; words(); }
    var inside = bar.contains(document.activeElement);
    bar.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (inside) opener.focus();
  }

  pause.addEventListener("click", hold);
  stop.addEventListener("click", end);
  document.addEventListener("keydown", event => { if (event.key === "Escape" && !bar.hidden) end(); });
  main.addEventListener("click", event => {
    if (!marked || !marked.contains(event.target)) return;
    var link = event.target.closest("a, button");
    if (link && !link.matches(":is(h2, h3) > a")) return;
    event.preventDefault(); /* a heading is a link to itself */
    hold();
  });
  addEventListener("pagehide", () => { speech.cancel(); });
  pe.listen = () => { if (bar.hidden) begin(); else end(); };
})();
