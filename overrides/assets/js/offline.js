/* Keeps pages for reading without a connection, when a reader asks. Fetched then, and on the pages of those who have asked.
   The work is done by worker.js; the words stand in the page (partials/offline.html) and in the reading panel. */
(() => {
  "use strict";
  var workers = navigator.serviceWorker;
  var address = new URL("../worker.js", document.currentScript.src).href;
  var language = document.documentElement.lang;
  var kept = false;
  var box = document.querySelector("[data-pe-kept]");

  function active(registration) {
    return new Promise((done, fail) => {
      var worker = registration.installing || registration.waiting;
      if (registration.active) done(registration.active);
      else worker.addEventListener("statechange", () => {
        if (worker.state === "activated") done(worker);
        else if (worker.state === "redundant") fail(new Error("not installed"));
      });
    });
  }
  function ask(worker, what, progress) {
    return new Promise(done => {
      var channel = new MessageChannel();
      channel.port1.onmessage = event => {
        if (event.data && event.data.of) { if (progress) progress(event.data); } else done(event.data);
      };
      worker.postMessage(what, [channel.port2]);
    });
  }
  function keep(what, progress) {
    if (!workers) return Promise.resolve({ unable: true });
    return workers.register(address).then(active)
      .then(worker => ask(worker, { keep: what, language: language, page: location.href }, progress))
      .catch(() => ({ failed: true }));
  }
  function registered() {
    var ours = found => found && found.active && found.active.scriptURL === address ? found : null;
    return workers ? workers.getRegistration().then(ours, () => null) : Promise.resolve(null);
  }

  /* The button in the reading panel: one press, for the pages that are opened from now on. Where it fails, the page about it says why. */
  function keepOpened(button) {
    keep("visited").then(reply => {
      if (reply.kept) done(true);
      else location.href = button.nextElementSibling.href + "#keep-pages";
    });
  }
  function done(now) { kept = now; pe.kept(); }
  pe.kept = () => { /* asked again when the panel is there, which is fetched when it is opened */
    var button = document.querySelector("[data-pe-offline]");
    if (!button) return;
    button.textContent = button.getAttribute(kept ? "data-done" : "data-ask");
    button.disabled = kept;
  };

  /* The page about it */
  function says(key) { return box.getAttribute("data-" + key); }
  function say(text) { if (box) box.querySelector("[role=status]").textContent = text; }
  function act(name) { return box.querySelector('[data-pe-do="' + name + '"]'); }
  function show(told) {
    registered().then(found => {
      if (!box) return;
      var list = box.querySelector("ul");
      if (!found) { list.parentNode.hidden = act("erase").hidden = true; say(told || says(workers ? "none" : "unable")); return; }
      return copies(found.scope).then(kept => {
        var has = name => kept.indexOf(found.scope + "kept/" + name) >= 0;
        list.textContent = "";
        Array.from(document.querySelectorAll("#pages a")).forEach(link => {
          if (kept.indexOf(link.href) < 0) return;
          list.append(document.createElement("li"));
          list.lastChild.append(link.cloneNode(true));
        });
        list.parentNode.hidden = !list.firstChild;
        act("erase").hidden = false;
        say(told || says(has(language + ".json") ? "all" : has("begun") ? "visited" : "failed"));
      });
    });
  }
  function copies(scope) {
    return caches.keys().then(names => {
      names = names.filter(name => !name.indexOf("pe-kept " + scope + " "));
      return Promise.all(names.map(name => caches.open(name).then(cache => cache.keys())));
    }).then(found => [].concat.apply([], found).map(one => one.url));
  }
  function start(what) {
    say(says("wait"));
    keep(what, step => { say(says("working").replace("{done}", step.done).replace("{of}", step.of)); }).then(reply => {
      show(reply.kept ? "" : says(reply.full ? "full" : reply.unable ? "unable" : "failed"));
      if (reply.kept) done(true);
    });
  }
  function erase() {
    registered().then(found => { if (found) found.active.postMessage({ forget: true }); });
  }
  if (box) show();

  /* A page that is a copy asks for the newest, at once and whenever a connection may be back, and shows it as soon as it is there. */
  var note = document.querySelector("[data-pe-copy]");
  function check() {
    if (!note || document.hidden) return;
    registered().then(found => found && ask(found.active, { check: location.href, shown: note.getAttribute("data-pe-copy") })).then(reply => {
      if (!reply || !reply.reached || !note) return;
      if (reply.newer) location.reload();
      note.remove();
      note = null;
    });
  }
  if (note) {
    check();
    addEventListener("online", check);
    document.addEventListener("visibilitychange", check);
  }

  /* What the worker tells */
  if (workers) workers.addEventListener("message", event => {
    var told = event.data || {};
    if (told.forgotten) {
      done(false);
      if (box) show(says("erased"));
    }
  });
  registered().then(found => {
    if (!found) return;
    copies(found.scope).then(kept => { if (kept.indexOf(found.scope + "kept/begun") >= 0) done(true); }); /* else it broke off */
    ask(found.active, { opened: location.href }).then(reply => {
      if (!reply || !reply.full) return;
      var full = document.createElement("p");
      full.id = "full";
      full.className = "pe-note";
      full.setAttribute("role", "status");
      full.textContent = reply.full[language];
      document.querySelector("main").prepend(full);
    });
  });
  pe.offline = hit => {
    var what = hit.getAttribute("data-pe-do");
    if (!what) keepOpened(hit);
    else if (what === "erase") erase();
    else start(what);
  };
})();
