/* Finds: from what a reader typed to pages and sections, in the language of the page. Fetched when the search is first used.
   The files that it reads are made by pe/search: words.js (the words of the site), then pieces of the index and of the text,
   only those that a question needs. They are scripts, because a page opened from a folder may run one but not fetch a file. */
window.peSearch = (() => {
  "use strict";
  var ROOM = 64;
  var MOST = { letters: 400, pages: 8, parts: 3 };
  var guess = window.peGuess;
  var base = "";
  var fetched = {};
  var taken = {};
  var site = null;

  /* Files */

  function load(name, address) {
    fetched[address] = fetched[address] || new Promise((done, fail) => {
      var script = document.createElement("script");
      script.src = address;
      script.onload = () => { script.remove(); done(taken[name]); };
      script.onerror = () => { script.remove(); delete fetched[address]; fail(new Error(address)); };
      document.head.append(script);
    });
    return fetched[address];
  }

  function piece(name) { return load(name, base + site.version + "/" + name + ".js"); }

  /* Gives the words that the page shows. words.js may have come already. */
  function start(from) {
    base = from;
    return Promise.resolve(taken.words || load("words", base + "words.js")).then(words => { use(words); return site.says; });
  }

  /* A page kept by the browser may know only the pieces of the site before the last change: then its words are fetched anew, once. */
  function anew(work) {
    return work().catch(problem => {
      if (fetched.again) throw problem;
      fetched.again = true;
      return load("words", base + "words.js?" + Date.now()).then(words => { use(words); return work(); });
    });
  }

  /* Forms are coded as the number of letters shared with the form before, then the rest. */
  function decode(text) {
    var before = "";
    return text.split(";").map(group => group.split(",").map(one => {
      before = before.slice(0, parseInt(one[0], 36)) + one.slice(1);
      return before;
    }));
  }

  /* Adds words to those that are known: forms and bases (what all forms of a word begin with) lead to the word's id. */
  function learn(known, text, kind) {
    decode(text).forEach((forms, number) => {
      var id = kind + number;
      if (forms[0][0] === " ") { known.phrases.push({ parts: forms[0].trim().split(" "), id: id }); return; } /* of small words */
      forms.forEach(form => { known.forms.set(form, id); known.list.push(form); });
      known.bases.set(guess.start_of(forms[0], forms[forms.length - 1]), id);
    });
    return known;
  }

  /* Rare words are not in words.js: they come with the pieces where a typed word would stand in the alphabet. Until they are
     there, the pieces of the index are fetched that the frequent words need: each wait is long on a bad line. */
  function lookup(words) {
    var wanted = {};
    words.forEach(word => {
      if (site.known.forms.has(word.form) || site.stops.has(word.form)) return;
      var at = site.borders.length - 1;
      while (at >= 0 && site.borders[at] > word.form) at -= 1;
      if (site.borders.length && !site.rare["c" + Math.max(at, 0)]) wanted["c" + Math.max(at, 0)] = true;
    });
    var names = Object.keys(wanted);
    var come = names.map(name => piece(name).then(text => {
      if (site.rare[name]) return;
      var parts = text.split("\n");
      site.rare[name] = parts[1].split("|");
      learn(site.known, parts[0], name + ".");
    }));
    if (names.length) {
      guess.ideas(words).forEach(idea => {
        idea.ids.forEach((value, id) => { if (id[0] === "i") piece(place(id)[0]).catch(() => { /* who needs it is told */ }); });
      });
    }
    return Promise.all(come);
  }

  function use(words) {
    site = {
      version: words.v, starts: words.i, borders: words.c, says: words.w, same: words.a, calm: words.n || [], danger: words.d, help: words.h, lists: words.l,
      stops: new Set(words.s.split(" ")), endings: new Set(words.e.split(" ").concat("")),
      known: learn({ forms: new Map(), bases: new Map(), list: [], phrases: [] }, words.f, "i"),
      rare: {}, meant: Object.create(null), scanned: new Map()
    };
    guess.use(site);
  }

  /* Index */

  function entry(text) {
    var rows = text.split(";").map(row => row.split(",").map(one => parseInt(one, 36)));
    return { rarity: rows[0][0], rows: rows.slice(1) };
  }

  /* The piece of the index in which a word stands, and its number there. */
  function place(id) {
    var number = parseInt(id.slice(1), 10);
    var at = 0;
    while (at + 1 < site.starts.length && site.starts[at + 1] <= number) at += 1;
    return ["i" + at, number - site.starts[at]];
  }

  function entries(id) {
    var rare = id.split(".");
    if (rare[1]) return Promise.resolve(entry(site.rare[rare[0]][rare[1]]));
    var at = place(id);
    return piece(at[0]).then(text => entry(text.split("|")[at[1]]));
  }

  function rank(found) {
    var pages = new Map();
    var total = 0;
    found.forEach((idea, which) => {
      var best = new Map();
      var rarity = 0;
      idea.entries.forEach(one => {
        rarity = Math.max(rarity, one.value * one.entry.rarity);
        one.entry.rows.forEach(row => {
          var worth = one.value * one.entry.rarity * idea.weight;
          var page = best.get(row[0]) || { page: 0, parts: new Map() };
          page.page = Math.max(page.page, worth * row[1]);
          for (var at = 2; at < row.length; at += 2) page.parts.set(row[at], Math.max(page.parts.get(row[at]) || 0, worth * row[at + 1]));
          best.set(row[0], page);
        });
      });
      idea.rarity = (rarity || 30) * idea.weight;
      if (!idea.extra) total += idea.rarity;
      best.forEach((one, page) => {
        var sum = pages.get(page) || { number: page, score: 0, covered: 0, parts: new Map() };
        sum.score += one.page;
        if (!idea.extra) sum.covered += idea.rarity;
        one.parts.forEach((value, part) => {
          var item = sum.parts.get(part) || { number: part, score: 0, covered: 0 };
          item.score += value;
          if (!idea.extra) item.covered += idea.rarity;
          sum.parts.set(part, item);
        });
        pages.set(page, sum);
      });
    });
    var list = Array.from(pages.values());
    list.forEach(page => {
      var parts = Array.from(page.parts.values());
      parts.forEach(part => { part.score *= Math.pow(part.covered / total, 1.2); });
      parts.sort((a, b) => b.score - a.score || a.number - b.number);
      page.parts = parts;
      page.score = page.score * Math.pow(page.covered / total, 1.5) + (parts.length ? parts[0].score : 0);
    });
    list.sort((a, b) => b.score - a.score || a.number - b.number);
    return list.filter(page => page.score >= 0.12 * list[0].score);
  }

  /* For a danger sign: what Get help says of it before any page that may calm, and pages that only list at the end. */
  function helpFirst(list, sign) {
    function lists(page) { return site.lists.indexOf(page.number) >= 0; }
    var others = list.filter(page => page.number !== site.help);
    return [{ number: site.help, parts: [{ number: sign.place, told: sign.lines, score: 1 }] }].concat(
      others.filter(page => !lists(page)), others.filter(lists)
    );
  }

  /* The other passages of a section that came with one: its sentences, the rows of its table. */
  function beside(text, found) {
    return text.slice(3).filter(one => one !== found && one[0] === found[0])
      .map(one => ({ heading: one[1], above: one[2], lines: one.slice(3) }));
  }

  /* The passages of the best pages, with their text, each page when it comes. Of each those that lie in the same piece as the best. */
  function read(list) {
    var first = null; /* the line is free for the first ones, as they are read first */
    return list.slice(0, MOST.pages).map((page, place) => {
      var number = Math.floor(page.parts[0].number / ROOM);
      var name = "t" + page.number + "-" + number;
      var come = place < 2 ? piece(name) : first.then(() => piece(name));
      first = first || come;
      var whole = come.then(text => {
        var seen = {};
        var parts = page.parts.filter(part => {
          var close = Math.floor(part.number / ROOM) === number && part.score > 0.55 * page.parts[0].score;
          var anchor = close && text[3 + part.number % ROOM][0];
          if (!close || seen["#" + anchor]) return false;
          return (seen["#" + anchor] = true);
        }).slice(0, MOST.parts).map(part => {
          var found = text[3 + part.number % ROOM];
          var lines = found.slice(3).filter((line, at) => !part.told || part.told.indexOf(at) >= 0);
          return { anchor: found[0], heading: found[1], above: found[2], lines: lines, told: !!part.told, others: part.told ? [] : beside(text, found) };
        });
        return { title: text[0], path: text[1], answer: text[2], parts: parts };
      });
      whole.catch(() => { /* who waits for it is told */ });
      return whole;
    });
  }

  /* Gives, once the best page is there: the pages in order (each still to come), and what to underline. */
  function find(query) {
    return anew(() => search(query));
  }

  function search(query) {
    var words = guess.cut(query.slice(0, MOST.letters));
    var found;
    return lookup(words).then(() => {
      found = guess.ideas(words);
      return Promise.all(found.map(idea => {
        var entered = one => entries(one[0]).then(entry => ({ value: one[1], entry: entry }));
        return Promise.all(Array.from(idea.ids, entered)).then(list => { idea.entries = list; });
      }));
    }).then(() => {
      var sign = guess.danger(words);
      var pages = read(sign ? helpFirst(rank(found), sign) : rank(found));
      return Promise.resolve(pages[0]).then(() => ({ pages: pages, is: guess.matcher(found) }));
    });
  }

  /* What needs no file beyond words.js: whether a query sounds like a danger sign. */
  function danger(query) { return guess.danger(guess.cut(query.slice(0, MOST.letters))); }

  return { take: function (name, content) { taken[name] = content; }, start: start, find: find, danger: danger };
})();
