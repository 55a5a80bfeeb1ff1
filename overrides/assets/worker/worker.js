/* Reading without a connection. Published as worker.js at the root of the site, its name never changes, its content does
   with each build. It starts only when a reader asks for pages to be kept (offline.js), and "forget" ends it.
   Pages: the newest first, the copy only where the site cannot be reached. Files named after their content: the copy first.
   To take the worker away from all devices: OFFLINE=no (mkdocs.yml, extra), which publishes gone.js in its place. */
"use strict";
var BUILD = "@@build@@";
var ROOT = self.registration.scope;
var OURS = "pe-kept " + ROOT + " "; /* other sites may share the host */
var CACHE = OURS + BUILD.version;
var PATIENCE = 5000; /* milliseconds; then the copy is shown, and the page goes on asking for the newest */
var AT_ONCE = 6;
var BEGUN = ROOT + "kept/begun"; /* stands among the copies once the first pages are all there; offline.js looks for it */
var forgotten = false; /* until the reader asks again: what was under way must bring no copies back */
var opened = {}; /* what came of keeping each page that was opened, until the worker sleeps */
var LASTING = /^assets\/[^/]+\.[0-9a-f]{6}\.\w+$|^search\/[^/]+\/[0-9a-f]{6}\//;

function plain(address) { return address.split(/[?#]/)[0]; } /* what was searched for is never kept */
function path(address) { return address.slice(ROOT.length); }
function list(language) { return ROOT + "kept/" + language + ".json"; }
function rooted(one) { return ROOT + one; }
function nothing() { return null; }
function isPassed(url) { return BUILD.passed.some(ending => url.endsWith(ending)); } /* never kept, so not looked for */

/* The copies. There are none before the reader asks and after "forget": then nothing is kept. */

async function copies() {
  if (!(await caches.has(CACHE))) return null;
  var cache = await caches.open(CACHE);
  if (!forgotten) return cache;
  await caches.delete(CACHE); /* it went meanwhile, and was made anew by opening it */
  return null;
}

async function copy(url) {
  var cache = await copies().catch(nothing);
  return (cache && (await cache.match(url))) || null;
}

async function put(cache, url, answer) {
  var headers = { "Content-Type": answer.headers.get("Content-Type") || "", "X-Kept": new Date().toISOString() };
  await cache.put(url, new Response(await answer.blob(), { headers: headers }));
}

function isFull(problem) { return !!problem && problem.name === "QuotaExceededError"; }

async function forgetAll(but) {
  forgotten = !but;
  var names = await caches.keys();
  await Promise.all(names.filter(name => !name.indexOf(OURS) && name !== but).map(name => caches.delete(name)));
}

/* Answers */

self.addEventListener("fetch", event => {
  var url = plain(event.request.url);
  if (event.request.method !== "GET" || url.indexOf(ROOT) || isPassed(url)) return;
  event.respondWith(LASTING.test(path(url)) ? lasting(event, url) : newest(event, url));
});

async function lasting(event, url) {
  var found = await copy(url);
  if (found) return found;
  var answer = await fetch(event.request);
  event.waitUntil(settle(url, answer.clone()));
  return answer;
}

async function newest(event, url) {
  var isPage = event.request.mode === "navigate";
  var network = fetch(event.request, { cache: "no-cache" });
  opened[url] = network.then(answer => settle(url, answer.clone()), nothing);
  event.waitUntil(opened[url]);
  var answer = await Promise.race([network.catch(nothing), new Promise(done => { setTimeout(done, PATIENCE); })]);
  if (answer && answer.status < 500) return answer;
  var kept = await copy(url);
  if (kept) return isPage ? noted(kept) : kept;
  answer = answer || (await network.catch(nothing));
  return answer || (isPage && (await copy(ROOT + "not-kept.html"))) || Response.error();
}

/* Keep what came; drop what the site has withdrawn. */
async function settle(url, answer) {
  try {
    var cache = await copies();
    if (!cache) return;
    if (answer.ok && answer.type === "basic" && !answer.redirected) await put(cache, url, answer);
    else if (answer.status === 404 || answer.status === 410) await cache.delete(url);
  } catch (problem) {
    return { full: isFull(problem) && BUILD.full };
  }
}

async function digest(text) {
  var bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(bytes), String).join(".");
}

/* A copy says that it is one, and from which day. */
async function noted(kept) {
  if (!/html/.test(kept.headers.get("Content-Type"))) return kept;
  var html = await kept.text();
  var language = (/<html lang="([^"]*)"/.exec(html) || [])[1];
  var words = BUILD.words[language];
  var when = new Date(kept.headers.get("X-Kept"));
  var day = when.getDate() + " " + words.months[when.getMonth()] + " " + when.getFullYear();
  var note = '<p class="pe-note" role="status" data-pe-copy="' + (await digest(html)) + '">' + words.copy.replace("{day}", day) + "</p>";
  return new Response(html.replace(/<main [^>]*>/, "$&" + note), { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/* What a page asks for */

self.addEventListener("message", event => {
  var asked = event.data || {};
  var port = event.ports[0];
  var say = what => { if (port) port.postMessage(what); };
  if (asked.forget) event.waitUntil(forget().then(say));
  else if (asked.opened) event.waitUntil(Promise.resolve(opened[plain(asked.opened)]).then(say));
  else if (asked.check) event.waitUntil(check(plain(asked.check), asked.shown).then(say, () => { say({}); }));
  else if (asked.keep) event.waitUntil(keep(asked, say).catch(brokenOff).then(say));
});

async function forget() {
  await forgetAll();
  await self.registration.unregister();
  (await self.clients.matchAll()).forEach(client => { client.postMessage({ forgotten: true }); });
  return { forgotten: true };
}

/* Is there something newer than the copy that the page shows? Not asked of the cache: it may have become newer meanwhile. */
async function check(url, shown) {
  var answer = await fetch(url, { cache: "no-cache" });
  if (answer.status >= 500) return {};
  var newer = !answer.ok || (await digest(await answer.clone().text())) !== shown;
  await settle(url, answer);
  return { reached: true, newer: newer };
}

async function keep(asked, say) {
  forgotten = false;
  var cache = await caches.open(CACHE);
  var url = list(asked.language);
  var answer = await fetch(url, { cache: "no-cache" });
  var files = await answer.clone().json();
  var all = asked.keep === "all";
  await fetchAll(cache, BUILD.shared.concat(files.core).map(rooted).concat(plain(asked.page)), await addresses(cache), !all && say);
  await cache.put(BEGUN, new Response());
  if (all) {
    await fetchAll(cache, files.all.map(rooted), await addresses(cache), say);
    await put(cache, url, answer);
  }
  return { kept: asked.keep };
}

/* Half of the first pages is nothing: it would be called kept, and the danger signs might be missing. */
async function brokenOff(problem) {
  if (!(await copy(BEGUN))) {
    await forgetAll();
    await self.registration.unregister();
  }
  return isFull(problem) ? { full: true } : { failed: true };
}

async function addresses(cache) { return (await cache.keys()).map(one => one.url); }

/* Fetch into a cache, some at once. Files named after their content are not fetched again where `had` names them. */
async function fetchAll(cache, urls, had, say) {
  var left = Array.from(new Set(urls)).filter(url => !(LASTING.test(path(url)) && had.indexOf(url) >= 0));
  var all = left.length;
  var done = 0;
  async function work() {
    while (left.length) {
      var url = left.shift();
      try {
        var answer = await fetch(url, { cache: "no-cache" });
        if (answer.ok) await put(cache, url, answer);
        else if (answer.status !== 404 && answer.status !== 410) throw new Error(url);
      } catch (problem) {
        left = [];
        throw problem;
      }
      done += 1;
      if (say) say({ done: done, of: all });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/* A new build: what is kept is fetched anew, whole, before the new takes the place of the old. Where that fails, the old
   stays until the next try; it too shows a copy only where the site cannot be reached. */

self.addEventListener("install", event => {
  event.waitUntil(install().catch(async problem => { await caches.delete(CACHE); throw problem; }));
});

async function install() {
  var names = (await caches.keys()).filter(name => !name.indexOf(OURS) && name !== CACHE);
  var cache = await caches.open(CACHE);
  var wanted = BUILD.shared.map(rooted);
  var lists = names.length ? await Promise.all(Object.keys(BUILD.words).map(readList)) : [];
  var now = new Set();
  lists.forEach(files => { files.all.concat(files.core).forEach(one => { now.add(ROOT + one); }); });
  for (var name of names) {
    var old = await caches.open(name);
    for (var url of await addresses(old)) {
      if (url === BEGUN) await cache.put(url, new Response());
      else if (!LASTING.test(path(url))) wanted.push(url);
      else if (now.has(url)) await cache.put(url, await old.match(url));
      else wanted = wanted.concat(Array.from(now).filter(sameBut(url)));
    }
    for (var files of lists) {
      if (await old.match(list(files.language))) wanted = wanted.concat(files.all.map(rooted));
      else if (await old.match(rooted(files.core[0]))) wanted = wanted.concat(files.core.map(rooted)); /* with what is new among the first */
    }
  }
  await fetchAll(cache, wanted, await addresses(cache)).catch(problem => {
    if (names.length || !isFull(problem)) throw problem; /* at the first time keep() says that there is no room */
  });
  await self.skipWaiting();
}

async function readList(language) {
  var files = await (await fetch(list(language), { cache: "no-cache" })).json();
  if (files.version !== BUILD.version) throw new Error("half of the new build is there: tried again at the next page");
  return files;
}

/* The same script or style as another build named it. */
function sameBut(url) {
  var stem = one => one.replace(/\.[0-9a-f]{6}(\.\w+)$/, "$1");
  return other => stem(other) === stem(url);
}

self.addEventListener("activate", event => {
  event.waitUntil(forgetAll(CACHE).then(() => self.clients.claim()));
});
