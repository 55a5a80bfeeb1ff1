/* Shows what find.js found: in the dialog of each page and on the search page. Its words come with words.js. */
(() => {
  "use strict";
  var button = document.getElementById("search-button");
  var words = new URL(button.dataset.peSearch, document.baseURI).href;
  var folder = words.slice(0, words.lastIndexOf("/") + 1);
  var root = new URL("../../", folder).href;
  var inFolder = location.protocol === "file:"; /* there a link must name the file */
  var LONG = 190; /* letters of an excerpt */
  var WAIT = 120; /* milliseconds after the last key */
  var says = null;

  function make(tag, parent, text, name) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    if (parent) parent.append(made);
    return made;
  }
  function link(parent, path, text) {
    var made = make("a", parent, text);
    var parts = path.split("#");
    made.href = root + parts[0] + (inFolder ? "index.html" : "") + (parts[1] ? "#" + parts[1] : "");
    return made;
  }

  /* Text with the words that were looked for underlined. */
  function marked(parent, text, is) {
    var last = 0;
    text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word, at) => {
      if (is(word)) {
        parent.append(text.slice(last, at));
        make("mark", parent, word);
        last = at + word.length;
      }
      return word;
    });
    parent.append(text.slice(last));
  }

  /* A query as it stands in an address. Half a sign (a lone surrogate) cannot stand there. */
  /* After a number sign, because what follows a question mark is sent to the host; that is only read. */
  function address(query) { return "#q=" + encodeURIComponent(query.slice(0, 400).replace(/[\ud800-\udfff]/gu, "")); }

  function count(text, is) {
    var seen = {};
    (text.match(/[\p{L}\p{M}\p{N}]+/gu) || []).forEach(word => { if (is(word)) seen[is(word)] = true; });
    return Object.keys(seen).length;
  }

  /* The line of a section that says most of what was looked for, with its headings; nothing where none says any of it. */
  function telling(part, is) {
    var best = "";
    var most = part.told ? -1 : 0; /* of a danger sign its line is shown, whatever its words */
    [part].concat(part.others).forEach(one => {
      one.lines.forEach(line => {
        var hits = count([one.above, one.heading, line].join(" "), is) + (one.above ? 0 : count(line, is) / 100); /* the first cell of a row answers */
        if (hits > most) { most = hits; best = one !== part && one.above ? one.heading + ": " + line : line; }
      });
    });
    return best;
  }

  /* A line, cut round the first word that was looked for where it is long. */
  function excerpt(best, is) {
    if (best.length <= LONG) return best;
    var at = 0;
    var found = false;
    best.replace(/[\p{L}\p{M}\p{N}]+/gu, (word, where) => { if (!found && is(word)) { found = true; at = where; } return word; });
    var from = Math.max(0, Math.min(at - 60, best.length - LONG));
    if (from) from = best.indexOf(" ", from) + 1;
    var to = best.lastIndexOf(" ", from + LONG);
    if (best.length - from <= LONG || to <= from) to = best.length;
    return (from ? "… " : "") + best.slice(from, to) + (to < best.length ? " …" : "");
  }

  /* A tile or line a country, the reader's own first. */
  function numbers(parent, list, name) {
    var mine = pe.recall("country");
    var place = make("ul", parent, "", name);
    list.forEach(one => { /* its country, number, code, and what else to know */
      var item = make("li", null, "", one[2] === mine ? "pe-mine" : "");
      var call = make("a", item);
      call.href = "tel:" + one[1].replace(/ /g, "");
      make("span", call, one[0]);
      make("b", call, one[1]);
      if (one[3]) make("span", item, one[3]);
      if (one[2] === mine) place.insertBefore(item, place.querySelector("li:not(.pe-mine)"));
      else place.append(item);
    });
  }

  function warn(list, danger) {
    var item = make("li", list, "", "pe-found__danger");
    make("strong", make("p", item), says.danger);
    link(make("p", item), says.helppage[1], says.help);
    make("p", item, says.danger_call);
    numbers(item, says.numbers.emergency, "pe-found__numbers");
    (says.instead || []).forEach(one => { make("a", make("p", item, one[0] + " "), one[1]).href = "tel:" + one[1]; });
    if (danger.section) {
      link(make("p", item), says.helppage[1].split("#")[0] + "#" + danger.section, says.danger_talk);
      numbers(item, says.numbers.crisis, "pe-found__talk");
    }
  }

  function show(list, page, is) {
    var item = make("li", list);
    var first = page.parts[0];
    var title = make("p", item, "", "pe-found__title");
    var name = [first.anchor && first.above, first.anchor && first.heading].filter(Boolean).join(": ");
    var to = link(title, page.path + (first.anchor ? "#" + first.anchor : ""), "");
    marked(make("b", to), page.title, is);
    if (name && name !== page.title) { to.append(" "); marked(make("span", to), name, is); }
    var text = excerpt(telling(first, is), is);
    if (text && text !== page.answer) marked(make("p", item), text, is);
    if (page.answer) make("p", item, page.answer, "pe-found__answer");
    if (page.parts.length > 1) {
      var more = make("p", item, says.more + " ", "pe-found__more");
      page.parts.slice(1).forEach((part, place) => {
        if (place) more.append(", ");
        marked(link(more, page.path + (part.anchor ? "#" + part.anchor : ""), ""), part.heading, is);
      });
    }
  }

  /* What is offered where nothing is found: the help page and the topics. */
  function offer(place) {
    var list = make("ul", place);
    [says.helppage].concat(says.pages).forEach(one => { link(make("li", list), one[1], one[0]); });
  }

  function Search(form) {
    var dialog = form.closest("dialog");
    var field = form.elements.q;
    var place = form.nextElementSibling;
    var status = place.firstElementChild;
    var turn = 0;
    var timer = 0;

    function say(text) { status.textContent = text; }
    function answered(query) { place.setAttribute("data-answers", query); } /* all that is found for it stands there */
    function clear() { while (place.lastElementChild !== status) place.lastElementChild.remove(); }

    function run() {
      var query = field.value.trim();
      var mine = ++turn;
      if (!dialog) history.replaceState(history.state, "", location.pathname + (query && address(query)));
      if (!query) { clear(); say(""); return; }
      if (!says) return; /* it is run again when the words are there */
      var danger = peSearch.danger(query);
      if (danger) { /* at once, before anything is fetched */
        clear();
        say(says.danger);
        warn(make("ol", place), danger);
        if (danger.section) { answered(query); return; } /* who may want to die is shown help, and nothing else */
      }
      peSearch.find(query).then(found => { if (mine === turn) fill(query, danger, found); }, () => { if (mine === turn && !danger) fail(); });
    }

    function fill(query, danger, found) {
      var total = found.pages.length;
      if (!danger) clear();
      if (!danger || total) say(!total ? says.nothing : total === 1 ? says.found_one : says.found.replace("{count}", total));
      if (!danger && !total) { offer(place); answered(query); return; }
      var list = danger ? status.nextElementSibling : make("ol", place);
      var mine = turn;
      var inOrder = (before, page) => before.then(() => page).then( /* each as soon as it is there */
        one => { if (mine === turn) show(list, one, found.is); },
        () => { /* one page fewer */ }
      );
      found.pages.reduce(inOrder, Promise.resolve()).then(() => {
        if (mine !== turn) return;
        if (dialog && says.page) link(make("p", place), says.page, says.all).hash = address(query);
        answered(query);
      });
    }

    function fail() {
      clear();
      say(status.getAttribute("data-failed"));
      if (says) offer(place);
      else place.append(pe.pages());
    }

    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, WAIT); });
    form.addEventListener("submit", event => {
      event.preventDefault();
      clearTimeout(timer);
      if (dialog) location.href = button.href + address(field.value.trim());
      else run();
    });

    /* Arrows go through the results and back to the field. */
    (dialog || form.parentElement).addEventListener("keydown", event => {
      if (dialog && event.key === "Escape") { event.preventDefault(); dialog.close(); return; } /* the field would only be emptied */
      var step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      var stops = [field].concat(Array.from(place.querySelectorAll(".pe-found > * > li")).map(one => one.querySelector("a")));
      var at = stops.indexOf(document.activeElement);
      if (!step || at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    });
    function linked() { return new URLSearchParams(location.hash.slice(1)).get("q") || new URLSearchParams(location.search).get("q") || ""; }
    if (!dialog && !field.value) field.value = linked();
    if (!dialog) addEventListener("hashchange", () => {
      if (!linked()) return;
      field.value = linked();
      run();
    });
    /* Safari empties the field a moment after it has brought the page back. */
    if (!dialog) addEventListener("pageshow", event => {
      if (event.persisted) setTimeout(() => { field.value = field.value || linked(); });
    });
    return {
      ready: function () { clear(); say(""); run(); },
      fail: fail
    };
  }

  var all = Array.from(document.querySelectorAll("[data-pe-find]")).map(Search);
  var begun = false;
  pe.search = () => { /* asked for whenever a search is opened: what has failed is tried again */
    if (begun) return;
    begun = true;
    peSearch.start(folder).then(found => {
      says = found;
      all.forEach(one => { one.ready(); });
    }, () => {
      begun = false;
      all.forEach(one => { one.fail(); });
    });
  };
})();
