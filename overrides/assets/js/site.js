/* Pain & Energy: the one script of each page. It holds no words: they stand in the page.
   Everything reads and links without it. It stores only what the reader chose, on this device:
   pe-theme, pe-size, pe-space, pe-font, pe-depth, pe-place, pe-country, pe-lang. */
(function () {
  "use strict";
  var root = document.documentElement;
  var main = document.querySelector("main") || document.body;
  var one = function (selector, from) { return (from || document).querySelector(selector); };
  var all = function (selector, from) { return Array.from((from || document).querySelectorAll(selector)); };

  /* The device may refuse storage; the page then forgets, and nothing else happens. */
  function recall(name) {
    try { return localStorage.getItem("pe-" + name); } catch (refused) { return null; }
  }
  function keep(name, value) {
    try {
      if (value) localStorage.setItem("pe-" + name, value);
      else localStorage.removeItem("pe-" + name);
    } catch (refused) { /* nothing to lose */ }
  }

  /* On a phone a row becomes a sheet; some browsers then forget that it is part of a table, unless it is said. */
  var roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  all(".pe-table, .pe-table :is(thead, tbody, tr, th, td)").forEach(function (part) {
    part.setAttribute("role", roles[part.tagName] || (part.scope === "row" ? "rowheader" : "columnheader"));
  });

  /* Reading panel: opens in the flow. */
  var panel = one("#reading");
  var opener = one("#reading-button");
  function openPanel(open) {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", open);
    (open ? one("input:checked", panel) : opener).focus();
  }
  function show(name, value) {
    if (name === "depth") setDepth(value || "3");
    else if (name !== "country") {
      var attribute = name === "theme" ? "data-md-color-scheme" : "data-pe-" + name;
      if (value) root.setAttribute(attribute, value);
      else if (name === "theme") root.setAttribute(attribute, "auto");
      else root.removeAttribute(attribute);
    }
  }
  if (panel && opener) {
    opener.addEventListener("click", function () { openPanel(panel.hidden); });
    panel.addEventListener("change", function (event) {
      var input = event.target;
      var value = input.defaultChecked ? "" : input.value;
      keep(input.name, value);
      show(input.name, value);
    });
    all("input", panel).forEach(function (input) { input.checked = (recall(input.name) || "") === (input.defaultChecked ? "" : input.value); });
    all("fieldset", panel).forEach(function (set) { if (!one("input:checked", set)) one("[checked]", set).checked = true; });
  }

  /* Depth: how much of the page is shown. */
  var depths = all(".pe-depth input");
  function setDepth(value) {
    depths.forEach(function (input) { input.checked = input.value === value; });
    if (depths.length) main.setAttribute("data-depth", value);
  }
  depths.forEach(function (input) { input.addEventListener("change", function () { setDepth(input.value); }); });
  setDepth(recall("depth") || "3");

  /* A link into a part that is folded away opens it first. */
  function unfold(hash) {
    var target = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    var part = target && target.closest(".pe-d2, .pe-d3");
    var need = !part ? 1 : part.matches(".pe-d2") ? 2 : 3;
    if (need > +main.getAttribute("data-depth") && depths.length) {
      setDepth(String(need));
      target.scrollIntoView();
    }
  }
  addEventListener("hashchange", function () { unfold(location.hash); });
  unfold(location.hash);

  /* Keep my place: one place, kept only when asked, offered on the next visit to the page. */
  var place = recall("place");
  var offer = one("[data-pe-place]");
  if (offer && place && place.split("#")[0] === location.pathname && document.getElementById(place.split("#")[1])) {
    one("a", offer).href = "#" + place.split("#")[1];
    offer.hidden = false;
  }

  /* Language: the other language opens at the same section; the choice is kept when it is made. */
  function section() {
    var here = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (here && here !== main && main.contains(here)) return here.id;
    var found = "";
    all("h2[id], h3[id]", main).some(function (heading) {
      if (!heading.getClientRects().length) return false;
      if (heading.getBoundingClientRect().top > innerHeight / 3) return true;
      found = heading.id;
    });
    return found;
  }
  var language = recall("lang");
  if (language && language !== root.lang) all('[data-pe-offer="' + language + '"]').forEach(function (line) { line.hidden = false; });

  /* Country: its numbers come first; the others stay. */
  var groups = [];
  all("[data-country]").forEach(function (row) {
    var before = row.previousElementSibling;
    if (!before || !before.hasAttribute("data-country")) groups.push({ rows: [] });
    var group = groups[groups.length - 1];
    group.rows.push(row);
    group.end = row.nextSibling;
  });
  function setCountry(value) {
    groups.forEach(function (group) {
      var mine = group.rows.filter(function (row) { return row.classList.toggle("pe-mine", row.getAttribute("data-country") === value); });
      mine.concat(group.rows).forEach(function (row, place) {
        if (place < mine.length || mine.indexOf(row) < 0) row.parentNode.insertBefore(row, group.end);
      });
    });
    all(".pe-country input").forEach(function (input) { input.checked = input.value === value; });
  }
  var country = recall("country");
  if (country) setCountry(country);
  all(".pe-country input").forEach(function (input) {
    input.addEventListener("change", function () {
      keep("country", input.value);
      setCountry(input.value);
    });
  });

  /* A word explained: a sheet at the foot of the screen. */
  var sheet = one("#gloss");
  var term;
  function openSheet(word) {
    var text = one("#gloss" + word.hash.replace("#", "-"));
    if (!text) return false;
    term = word;
    sheet.setAttribute("aria-label", text.textContent);
    one("b", sheet).textContent = text.textContent;
    one("p + p", sheet).textContent = text.nextElementSibling.textContent;
    one("a", sheet).hash = word.hash;
    sheet.hidden = false;
    sheet.focus();
    return true;
  }
  function closeSheet(back) {
    sheet.hidden = true;
    if (back) term.focus();
  }
  if (sheet) sheet.addEventListener("focusout", function (event) {
    if (!sheet.contains(event.relatedTarget)) closeSheet(false);
  });

  /* Listen: only where the device itself has a voice for the language; other voices send the text to a server. */
  var listen = one("[data-pe-listen]");
  var speech = window.speechSynthesis;
  function voices() {
    var tongue = root.lang.slice(0, 2);
    listen.hidden = !speech.getVoices().some(function (voice) { return voice.localService && voice.lang.slice(0, 2).toLowerCase() === tongue; });
  }
  if (listen && speech) {
    voices();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", voices);
  }

  /* Search: a dialog over the page, and a page of its own. Nothing of it is fetched before it is wanted. */
  var search = one("#search-button");
  var dialog = one("#search");
  var find = one('[data-pe-find="page"]');
  function fetchSearch() {
    if (window.peSearchWanted) return;
    window.peSearchWanted = true;
    search.getAttribute("data-pe-search").split(" ").forEach(function (address) {
      var script = document.createElement("script");
      script.src = address;
      script.async = false; /* run in this order */
      document.head.append(script);
    });
  }
  if (find && /[?&]q=[^&]/.test(location.search)) fetchSearch();
  if (find) find.addEventListener("focusin", fetchSearch);

  /* Share: its script is fetched when a reader turns to the panel, or to the link of a heading. */
  var share = one(".pe-share");
  var wanted, shareScript;
  function turnToShare(hit) {
    if (window.peShare) {
      if (hit) window.peShare(hit);
      return;
    }
    wanted = hit || wanted;
    if (shareScript) return;
    shareScript = document.createElement("script");
    shareScript.src = share.getAttribute("data-pe-script");
    shareScript.onload = function () { if (wanted) window.peShare(wanted); };
    shareScript.onerror = function () { if (wanted && wanted.href) location.href = wanted.href; };
    document.head.append(shareScript);
  }
  if (share) {
    ["pointerover", "focusin"].forEach(function (kind) { share.addEventListener(kind, function () { turnToShare(); }); });
    if (navigator.share) all('[data-pe-share="send"]').forEach(function (button) { button.hidden = false; });
  }

  /* Reading without a connection: fetched when it is asked for, and for those who have asked before. */
  var offline = one("[data-pe-offline]");
  var workers = navigator.serviceWorker;
  function fetchOffline() {
    var script = document.createElement("script");
    script.src = offline.getAttribute("data-pe-offline");
    document.head.append(script);
    offline = null;
  }
  if (offline && (workers && workers.controller || one("[data-pe-kept]"))) fetchOffline();

  document.addEventListener("click", function (event) {
    var hit = event.target.closest("a, button");
    if (!hit) return;
    if (hit.matches("a[hreflang]")) {
      var id = section();
      hit.href = hit.href.split("#")[0] + (id ? "#" + id : "");
      keep("lang", hit.hreflang);
    } else if (sheet && hit.matches(".pe-term") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      if (openSheet(hit)) event.preventDefault();
    } else if (hit.matches("[data-pe-close]")) {
      if (sheet && sheet.contains(hit)) closeSheet(true);
      else openPanel(false);
    } else if (hit.matches("[data-pe-keep]")) {
      keep("place", location.pathname + "#" + hit.getAttribute("data-pe-keep"));
      hit.textContent = hit.getAttribute("data-done");
    } else if (hit.matches("[data-pe-forget]")) {
      ["theme", "size", "space", "font", "depth", "place", "country", "lang"].forEach(function (name) { keep(name); show(name); });
      if (panel) one("form", panel).reset();
      setCountry("");
      if (workers) workers.getRegistration().then(function (kept) { if (kept && kept.active) kept.active.postMessage({ forget: true }); }, function () { /* a page in a folder has none */ });
      hit.textContent = hit.getAttribute("data-pe-forget");
    } else if (offline && hit === offline) {
      window.peOffline = "keep";
      fetchOffline();
    } else if (hit === search && dialog && dialog.showModal && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      fetchSearch();
      if (!dialog.open) dialog.showModal();
      one("input", dialog).focus(); /* autofocus would be told in the console of each page with a fragment */
    } else if (hit === listen && !window.peListen) {
      window.peListen = true;
      var script = document.createElement("script");
      script.src = hit.getAttribute("data-pe-listen");
      document.head.append(script);
    } else if (share && hit.matches(".pe-anchor, [data-pe-share]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      if (hit.matches("a[data-pe-share]") && window.HTMLDialogElement) event.preventDefault();
      turnToShare(hit);
    } else if (hit.hash && hit.pathname === location.pathname) unfold(hit.hash);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    if (sheet && !sheet.hidden) closeSheet(true);
    else if (panel && !panel.hidden && (panel.contains(document.activeElement) || document.activeElement === opener)) openPanel(false);
  });

  root.classList.add("js");
})();
