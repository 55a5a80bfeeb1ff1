/* Pain & Energy: the one script of each page. It holds no words: they stand in the page. What a reader opens is a tool of
   its own, fetched when it is first wanted. Everything reads and links without this.
   It stores only what the reader chose, on this device: pe-theme, pe-size, pe-space, pe-font, pe-depth, pe-place, pe-country, pe-lang. */
(here => setTimeout(() => { /* a task of its own: a slow phone lays out the page first */
  var root = document.documentElement;
  var main = document.querySelector("main") || document.body;
  var one = (selector, from = document) => from.querySelector(selector);
  var all = (selector, from = document) => [...from.querySelectorAll(selector)];

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

  function load(address) {
    return new Promise((done, fail) => {
      var style = /\.css/.test(address);
      var node = document.createElement(style ? "link" : "script");
      if (style) node.rel = "stylesheet";
      node[style ? "href" : "src"] = address;
      node.async = false; /* run in the order of asking */
      node.onload = done;
      node.onerror = fail;
      document.head.append(node);
    });
  }

  /* Does a thing once; what has failed may be tried again. */
  var coming = {};
  function once(name, start) {
    if (!coming[name]) {
      coming[name] = start();
      coming[name].catch(() => { coming[name] = null; });
    }
    return coming[name];
  }

  /* Fetches a file of the tools; a tool comes with the styles of all that is opened, and leaves itself in pe[name].
     Those that hold words are there once a language. All lie beside this script, with its version. */
  function file(name) {
    return once(name, () => load(beside(name === "offline" ? name : name + "." + root.lang, "js")));
  }
  function beside(name, kind) { return here.replace(/site(\.\w+\.)js$/, name + "$1" + kind); }
  function tool(name) {
    return Promise.all([file(name), once("opened", () => load(beside("opened", "css")))]).then(() => pe[name]);
  }
  var wanted = new Set(); /* pressed again while its tool comes, a thing is still opened once */
  var acts = {}; /* a tool that is here acts at once: phones bring up the keyboard only then */
  function use(name, hit, failed) {
    if (acts[name]) return acts[name](hit);
    if (wanted.has(hit)) return;
    wanted.add(hit);
    tool(name).then(act => { acts[name] = act; act(hit); }, () => {
      if (hit.href) location.href = hit.href;
      else if (failed) failed();
    }).finally(() => { wanted.delete(hit); });
  }

  /* On a phone a row becomes a sheet; some browsers then forget that it is part of a table, unless it is said. */
  Object.entries({ "": "table", thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", th: "columnheader", "[scope=row]": "rowheader" })
    .forEach(([parts, role]) => all(".pe-table " + parts).forEach(part => part.setAttribute("role", role)));

  /* Depth: how much of the page is shown. */
  var depths = all(".pe-depth input");
  function depth() { return main.getAttribute("data-depth") || "3"; }
  function setDepth(value) {
    depths.forEach(input => { input.checked = input.value === value; });
    if (depths.length && value !== depth()) main.setAttribute("data-depth", value); /* unsaid it is 3: to say so would cost a layout */
  }
  setDepth(recall("depth") || "3");

  /* A link into a part that is folded away opens it first. */
  function target() {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1)) || "main"); } catch (broken) { return null; }
  }
  function unfold() {
    var part = target() && target().closest(".pe-d2, .pe-d3");
    var need = !part ? 1 : part.matches(".pe-d2") ? 2 : 3;
    if (need > +depth() && depths.length) {
      setDepth(String(need));
      target().scrollIntoView();
    }
  }
  addEventListener("hashchange", unfold);
  unfold();

  /* Keep my place: one place, kept only when asked, offered on the next visit to the page. */
  var place = (recall("place") || "").split("#");
  var offer = one("[data-pe-place]");
  if (offer && place[0] === location.pathname && document.getElementById(place[1])) {
    one("a", offer).href = "#" + place[1];
    offer.hidden = false;
  }

  /* Language: the other language opens at the same section; the choice is kept when it is made. */
  function section() {
    var here = target();
    if (here && here !== main && main.contains(here)) return here.id;
    var found = "";
    all("h2[id], h3[id]", main).some(heading => {
      if (!heading.getClientRects().length) return false;
      if (heading.getBoundingClientRect().top > innerHeight / 3) return true;
      found = heading.id;
    });
    return found;
  }
  var language = recall("lang");
  if (language && language !== root.lang) all('[data-pe-offer="' + language + '"]').forEach(line => { line.hidden = false; });

  /* Listen: only where the device itself has a voice for the language; other voices send the text to a server. */
  var listen = one("[data-pe-listen]");
  var speech = window.speechSynthesis;
  function voices() {
    var tongue = listen.closest("[lang]").lang.slice(0, 2);
    listen.hidden = !speech.getVoices().some(voice => voice.localService && voice.lang.slice(0, 2).toLowerCase() === tongue);
  }
  if (listen && speech) {
    voices();
    speech.onvoiceschanged = voices;
  }

  /* A mark leads to its sources at the foot of the page, and these lead back to where one read. */
  var list = one(".pe-sources");
  var back = Object.assign(document.createElement("button"), { className: "pe-button pe-button--quiet pe-js" });
  var mark;
  function offerBack(hit) {
    mark = hit;
    back.textContent = list.dataset.back;
    document.getElementById(hit.hash.slice(1)).append(back);
  }
  function goBack() {
    addEventListener("hashchange", () => { mark.focus(); }, { once: true });
    history.back();
  }

  /* Search: on its own page the field is there already. */
  var find = one('[data-pe-find="page"]');
  function seek() {
    use("ask", find, () => {
      var status = find.nextElementSibling.firstElementChild;
      status.textContent = status.dataset.failed;
    });
  }
  if (find) {
    if (/[?&#]q=[^&]/.test(location.search + location.hash)) seek();
    find.addEventListener("focusin", seek);
  }

  /* What the reader chose before, and what is at hand */
  var share = one(".pe-share");
  if (share) ["pointerover", "focusin"].forEach(kind => { share.addEventListener(kind, () => { file("share"); }); });
  if (share && navigator.share) all('[data-pe-share="send"]').forEach(button => { button.hidden = false; });
  if (recall("country")) file("reading");
  var workers = navigator.serviceWorker;
  if (workers && workers.controller || one("[data-pe-kept]")) file("offline");

  /* Erases at once, whatever can be fetched. reading.js then shows it on the page. */
  function forget(button) {
    try {
      Object.keys(localStorage).forEach(name => { if (!name.indexOf("pe-")) localStorage.removeItem(name); });
    } catch (refused) { /* there is nothing to erase */ }
    if (workers) workers.getRegistration().then(kept => { kept.active.postMessage({ forget: true }); }).catch(() => { /* there is none */ });
    button.textContent = button.dataset.peForget;
    use("reading", button);
  }

  document.addEventListener("change", event => {
    var input = event.target;
    if (depths.includes(input)) setDepth(input.value);
    if (input.name === "country") {
      keep("country", input.value);
      use("reading", input);
    }
  });

  document.addEventListener("click", event => {
    var hit = event.target.closest("a, button");
    if (!hit) return;
    var plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (hit.matches(":is(.pe-langs, .pe-tongues, [data-pe-offer]) a[hreflang]")) {
      var id = section();
      hit.href = hit.href.split("#")[0] + (id ? "#" + id : "");
      keep("lang", hit.hreflang);
    } else if (hit.matches("[data-pe-keep]")) {
      keep("place", location.pathname + "#" + hit.dataset.peKeep);
      hit.textContent = hit.dataset.done;
    } else if (hit.matches("[data-pe-forget]")) forget(hit);
    else if (hit.matches("#reading-button")) use("reading", hit);
    else if (hit.matches("[data-pe-offline], [data-pe-kept] button")) use("offline", hit);
    else if (hit === listen) use("listen", hit);
    else if (hit === back) goBack();
    else if (hit.matches("a.pe-sure") && plain) offerBack(hit);
    else if (hit.matches("#search-button") && window.HTMLDialogElement && plain) {
      event.preventDefault();
      use("ask", hit);
    } else if (hit.matches(".pe-term") && plain) {
      event.preventDefault();
      use("gloss", hit);
    } else if (hit.matches("[data-pe-share]") && plain) {
      if (hit.matches("a[data-pe-share]") && window.HTMLDialogElement) event.preventDefault();
      use("share", hit);
    }
  });

  window.pe = { recall: recall, keep: keep, depth: setDepth, load: load, beside: beside };
  root.classList.add("js");
}))(document.currentScript.src);
