/* Finds: from what a reader typed to pages and sections, in the language of the page. Fetched when the search is first used.
   The files that it reads are made by pe/search: words.js (the words of the site), then pieces of the index and of the text,
   only those that a question needs. They are scripts, because a page opened from a folder may run one but not fetch a file. */
window.peSearch = (function () {
  "use strict";
  var ROOM = 64;
  var MOST = { letters: 400, words: 12, pages: 8, parts: 3, guesses: 6 };
  var LETTERS = { "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "ß": "ss" };
  var base = "";
  var fetched = {};
  var taken = {};
  var site = null;

  /* Files */

  function load(name, address) {
    fetched[address] = fetched[address] || new Promise(function (done, fail) {
      var script = document.createElement("script");
      script.src = address;
      script.onload = function () { script.remove(); done(taken[name]); };
      script.onerror = function () { script.remove(); delete fetched[address]; fail(new Error(address)); };
      document.head.append(script);
    });
    return fetched[address];
  }

  function piece(name) { return load(name, base + site.version + "/" + name + ".js"); }

  /* Gives the words that the page shows. words.js may have come already. */
  function start(from) {
    base = from;
    return Promise.resolve(taken.words || load("words", base + "words.js")).then(function (words) { site = unpack(words); return site.says; });
  }

  /* A page kept by the browser may know only the pieces of the site before the last change: then its words are fetched anew, once. */
  function anew(work) {
    return work().catch(function (problem) {
      if (fetched.again) throw problem;
      fetched.again = true;
      return load("words", base + "words.js?" + Date.now()).then(function (words) { site = unpack(words); return work(); });
    });
  }

  /* Forms are coded as the number of letters shared with the form before, then the rest. */
  function decode(text) {
    var before = "";
    return text.split(";").map(function (group) {
      return group.split(",").map(function (one) {
        before = before.slice(0, parseInt(one[0], 36)) + one.slice(1);
        return before;
      });
    });
  }

  /* Adds words to those that are known: forms and bases (what all forms of a word begin with) lead to the word's id. */
  function learn(known, text, kind) {
    decode(text).forEach(function (forms, number) {
      var id = kind + number;
      forms.forEach(function (form) { known.forms.set(form, id); known.list.push(form); });
      known.bases.set(start_of(forms[0], forms[forms.length - 1]), id);
    });
    return known;
  }

  /* Rare words are not in words.js: they come with the pieces where a typed word would stand in the alphabet. */
  function lookup(words) {
    var wanted = {};
    words.forEach(function (word) {
      if (site.known.forms.has(word.form)) return;
      var at = site.borders.length - 1;
      while (at >= 0 && site.borders[at] > word.form) at -= 1;
      if (site.borders.length) wanted["c" + Math.max(at, 0)] = true;
    });
    return Promise.all(Object.keys(wanted).map(function (name) {
      return piece(name).then(function (text) {
        if (site.rare[name]) return;
        var parts = text.split("\n");
        site.rare[name] = parts[1].split("|");
        learn(site.known, parts[0], name + ".");
      });
    }));
  }

  function unpack(words) {
    return {
      version: words.v, starts: words.i, borders: words.c, says: words.w, same: words.a, danger: words.d,
      stops: new Set(words.s.split(" ")), endings: new Set(words.e.split(" ").concat("")),
      known: learn({ forms: new Map(), bases: new Map(), list: [] }, words.f, "i"),
      rare: {}, meant: Object.create(null)
    };
  }

  /* Words */

  function fold(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[øæœðþłđıß]/g, function (one) { return LETTERS[one]; });
  }

  /* As pieces() in pe/search/text.py: can't -> cant, dell'acqua -> dell acqua, D-vitamin -> D vitamin Dvitamin. */
  function cut(text) {
    var found = [];
    (text.match(/[\p{L}\p{M}\p{N}]+(?:[-‐‑'’/][\p{L}\p{M}\p{N}]+)*/gu) || []).forEach(function (chunk) {
      var parts = chunk.split(/[-‐‑/]/);
      var words = [];
      parts.forEach(function (part) {
        part.split(/['’]/).forEach(function (one, at) {
          if (at && one.length <= 2) words[words.length - 1] += one;
          else words.push(one);
        });
      });
      words = words.map(function (word) { return { form: fold(word), loud: word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase() }; })
        .filter(function (word) { return word.form; });
      if (parts.length === 2 && words.length > 1) words[0].joined = { form: words.map(function (word) { return word.form; }).join(""), size: words.length };
      found = found.concat(words);
    });
    return found;
  }

  function start_of(one, other) {
    var at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return one.slice(0, at);
  }

  /* How many letters are wrong, left out, added or swapped (Damerau, optimal string alignment); more than `most` counts as many.
     A letter doubled or not, and letters that sound alike, are the slips of people who know the word: they count less. */
  var ALIKE = { a: 1, e: 1, i: 1, o: 1, u: 1, y: 1, c: 2, k: 2, q: 2, s: 3, z: 3, f: 4, v: 4, w: 4 };
  function distance(one, other, most) {
    var wide = other.length;
    if (Math.abs(one.length - wide) > most) return 99;
    var before = [], last = [0], now = [], i, j, least;
    for (j = 1; j <= wide; j += 1) last[j] = last[j - 1] + 1;
    for (i = 1; i <= one.length; i += 1) {
      var letter = one[i - 1];
      now = [i];
      least = i;
      for (j = 1; j <= wide; j += 1) {
        var facing = other[j - 1];
        var cost = letter === facing ? 0 : ALIKE[letter] && ALIKE[letter] === ALIKE[facing] ? 0.8 : 1;
        now[j] = Math.min(
          last[j] + (i > 1 && letter === one[i - 2] ? 0.7 : 1),
          now[j - 1] + (j > 1 && facing === other[j - 2] ? 0.7 : 1),
          last[j - 1] + cost
        );
        if (i > 1 && j > 1 && letter === other[j - 2] && one[i - 2] === facing) now[j] = Math.min(now[j], before[j - 2] + 1);
        if (now[j] < least) least = now[j];
      }
      if (least > most) return 99;
      before = last;
      last = now;
    }
    return last[wide];
  }

  function allowed(length) { return length < 4 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3; }

  /* Whether two words differ in nothing but their ending, as endings go in this language: how likely they mean the same. */
  function ended(typed, form) {
    var shared = start_of(typed, form).length;
    if (shared < 3) return 0;
    var rest = typed.slice(shared), other = form.slice(shared);
    var fits = (shared > 3 || !rest || !other) && shared * 2 >= form.length && site.endings.has(rest) && site.endings.has(other);
    return fits ? 0.96 - 0.025 * (rest.length + other.length) : 0;
  }

  /* How alike a typed word and a word of the site are: 1 the same, 0 not at all. */
  function alike(typed, form) {
    if (typed === form) return 1;
    var same = ended(typed, form);
    if (same) return same;
    var most = allowed(Math.min(typed.length, form.length));
    if (!most) return 0;
    var wrong = distance(typed, form, most);
    if (wrong > most) return 0;
    return 1 - (0.6 + 1.6 * wrong) / (typed.length + 2) - (typed[0] === form[0] ? 0 : 0.03);
  }

  /* The words of the site that a typed word may mean, each with how likely. */
  function guess(typed, known, last) {
    var found = new Map();
    function add(id, value) { if (value > (found.get(id) || 0)) found.set(id, value); }
    var exact = known.forms.get(typed);
    if (exact !== undefined) add(exact, 1);
    if (typed.length > 1 && (exact === undefined || last)) {
      known.list.forEach(function (form) {
        if (form !== typed && form.startsWith(typed) && (last || typed.length > 3)) {
          add(known.forms.get(form), (exact === undefined ? 0.9 : 0.3) * Math.sqrt(typed.length / form.length));
        }
      });
    }
    var near = [];
    if (typed.length > 3) {
      known.list.forEach(function (form) {
        var value = exact === undefined ? alike(typed, form) : 0.55 * ended(typed, form);
        if (value > 0.45) near.push([value, form]);
      });
      near.sort(function (a, b) { return b[0] - a[0]; });
      near.forEach(function (one) { if (one[0] > near[0][0] - 0.13) add(known.forms.get(one[1]), one[0]); });
    }
    site.meant[typed] = near.length && exact === undefined ? near[0][1] : typed;
    return new Map(Array.from(found).sort(function (a, b) { return b[1] - a[1]; }).slice(0, MOST.guesses));
  }

  /* The two parts of a compound, as compounds.py cuts it; the parts may have a wrong letter. */
  function split(typed, known) {
    var best = null;
    for (var at = 3; at <= typed.length - 3; at += 1) {
      if (Math.max(at, typed.length - at) < 4) continue;
      var first = head(typed.slice(0, at), known);
      var last = first && tail(typed.slice(at), known);
      if (first && last && (first[0] || last[0]) && (first[0] || typed.length - at > 3) && (last[0] || at > 3)) {
        var short = Math.min(at, typed.length - at);
        var value = Math.min(first[1], last[1]) * (short < 4 ? 0.72 : 0.86) + 0.005 * short;
        if (!best || value > best.value) best = { value: value, parts: [first, last] };
      }
    }
    return best;
  }
  function head(part, known) {
    var tries = [part, part + "a", part + "e"];
    if (part.endsWith("s") && part.length > 4) tries.push(part.slice(0, -1));
    if (site.stops.has(part)) return ["", 1];
    for (var at = 0; at < tries.length; at += 1) {
      if (known.forms.has(tries[at])) return [known.forms.get(tries[at]), 1];
    }
    return part.length > 3 && known.bases.has(part) ? [known.bases.get(part), 0.95] : null;
  }
  function tail(part, known) {
    if (site.stops.has(part)) return ["", 1];
    if (known.forms.has(part)) return [known.forms.get(part), 1];
    if (part.length < 5) return null;
    var best = null;
    known.list.forEach(function (form) {
      if (form.length < 4 || form[0] !== part[0]) return;
      var value = alike(part, form);
      if (value > 0.78 && (!best || value > best[1])) best = [known.forms.get(form), value];
    });
    return best;
  }

  /* What is looked for: a list of ideas, each with the words that may say it and how much it counts. */
  function ideas(words, known) {
    var found = [];
    var kept = words.filter(function (word) { return word.loud || !site.stops.has(word.form); });
    if (!kept.length) kept = words;
    kept = kept.slice(0, MOST.words);
    for (var at = 0; at < kept.length; at += 1) {
      var word = kept[at];
      var joined = word.joined && known.forms.get(word.joined.form);
      if (joined) {
        found.push({ typed: word.joined.form, ids: new Map([[joined, 1]]), weight: 1 });
        at += word.joined.size - 1;
        continue;
      }
      var ids = guess(word.form, known, at === kept.length - 1);
      var sure = Math.max.apply(null, [0].concat(Array.from(ids.values())));
      var parts = word.form.length > 5 && sure < 0.9 || sure === 1 && word.form.length > 6 ? split(word.form, known) : null;
      if (parts && parts.value > sure) {
        parts.parts.forEach(function (part) { if (part[0]) found.push({ typed: word.form, ids: new Map([part]), weight: 0.75 }); });
      } else {
        /* A guess weighs less the wider it is: a rare word that is only somewhat alike must not drown what was typed well. */
        found.push({ typed: word.form, ids: ids, weight: sure < 0.9 ? sure * sure * sure : 1 });
        if (parts) parts.parts.forEach(function (part) { if (part[0]) found.push({ typed: word.form, ids: new Map([part]), weight: 0.3, extra: true }); });
      }
    }
    found.forEach(function (idea) { idea.own = new Map(idea.ids); });
    widen(found, words);
    return found;
  }

  /* Words that mean the same to a reader: one of them, or all words of a phrase, stand for the others too. */
  function widen(found, words) {
    site.same.forEach(function (group) {
      var ids = group[0].map(function (number) { return "i" + number; });
      found.forEach(function (idea) {
        var value = Math.max.apply(null, [0].concat(ids.map(function (id) { return idea.own.get(id) || 0; })));
        if (value > 0.6) add(idea, 0.6 * value);
      });
      group[1].some(function (phrase) {
        var hits = phrase.split(" ").map(function (part) { return words.findIndex(function (word) { return alike(word.form, part) > 0.8; }); });
        var idea = hits.indexOf(-1) < 0 && found.find(function (one) { return one.typed === words[hits[0]].form; });
        if (idea) add(idea, 0.6);
        return idea;
      });
      function add(idea, value) {
        ids.forEach(function (id) { if (!(idea.ids.get(id) > value)) idea.ids.set(id, value); });
      }
    });
  }

  /* Danger: the query has a phrase of each group of a line. Small words count here: "between my legs". */
  function danger(words) {
    var forms = site.known.forms;
    function says(typed, part) {
      if (typed === part) return true;
      var known = forms.get(typed);
      return known !== undefined || site.stops.has(typed) ? known !== undefined && known === forms.get(part) : alike(typed, part) > 0.63;
    }
    var hit = site.danger.find(function (line) {
      return line[1].every(function (group) {
        return group.some(function (phrase) {
          return phrase.split(" ").every(function (part) { return words.some(function (word) { return says(word.form, part); }); });
        });
      });
    });
    return hit ? { section: hit[0] } : null;
  }

  /* Index */

  function entry(text) {
    var rows = text.split(";").map(function (row) { return row.split(",").map(function (one) { return parseInt(one, 36); }); });
    return { rarity: rows[0][0], rows: rows.slice(1) };
  }

  function entries(id) {
    var rare = id.split(".");
    if (rare[1]) return Promise.resolve(entry(site.rare[rare[0]][rare[1]]));
    var number = parseInt(id.slice(1), 10);
    var at = 0;
    while (at + 1 < site.starts.length && site.starts[at + 1] <= number) at += 1;
    return piece("i" + at).then(function (text) { return entry(text.split("|")[number - site.starts[at]]); });
  }

  function rank(found) {
    var pages = new Map();
    var total = 0;
    found.forEach(function (idea, which) {
      var best = new Map();
      var rarity = 0;
      idea.entries.forEach(function (one) {
        rarity = Math.max(rarity, one.value * one.entry.rarity);
        one.entry.rows.forEach(function (row) {
          var worth = one.value * one.entry.rarity * idea.weight;
          var page = best.get(row[0]) || { page: 0, parts: new Map() };
          page.page = Math.max(page.page, worth * row[1]);
          for (var at = 2; at < row.length; at += 2) page.parts.set(row[at], Math.max(page.parts.get(row[at]) || 0, worth * row[at + 1]));
          best.set(row[0], page);
        });
      });
      idea.rarity = (rarity || 30) * idea.weight;
      if (!idea.extra) total += idea.rarity;
      best.forEach(function (one, page) {
        var sum = pages.get(page) || { number: page, score: 0, covered: 0, parts: new Map() };
        sum.score += one.page;
        if (!idea.extra) sum.covered += idea.rarity;
        one.parts.forEach(function (value, part) {
          var item = sum.parts.get(part) || { number: part, score: 0, covered: 0 };
          item.score += value;
          if (!idea.extra) item.covered += idea.rarity;
          sum.parts.set(part, item);
        });
        pages.set(page, sum);
      });
    });
    var list = Array.from(pages.values());
    list.forEach(function (page) {
      var parts = Array.from(page.parts.values());
      parts.forEach(function (part) { part.score *= Math.pow(part.covered / total, 1.2); });
      parts.sort(function (a, b) { return b.score - a.score || a.number - b.number; });
      page.parts = parts;
      page.score = page.score * Math.pow(page.covered / total, 1.5) + (parts.length ? parts[0].score : 0);
    });
    list.sort(function (a, b) { return b.score - a.score || a.number - b.number; });
    return list.filter(function (page) { return page.score >= 0.12 * list[0].score; });
  }

  /* The passages of the best pages, with their text, each page when it comes. Of each those that lie in the same piece as the best. */
  function read(list) {
    var first = null; /* the line is free for the first ones, as they are read first */
    return list.slice(0, MOST.pages).map(function (page, place) {
      var number = Math.floor(page.parts[0].number / ROOM);
      var name = "t" + page.number + "-" + number;
      var come = place < 2 ? piece(name) : first.then(function () { return piece(name); });
      first = first || come;
      var whole = come.then(function (text) {
        var seen = {};
        var parts = page.parts.filter(function (part) {
          var close = Math.floor(part.number / ROOM) === number && part.score > 0.55 * page.parts[0].score;
          var anchor = close && text[3 + part.number % ROOM][0];
          if (!close || seen["#" + anchor]) return false;
          return (seen["#" + anchor] = true);
        }).slice(0, MOST.parts).map(function (part) {
          var found = text[3 + part.number % ROOM];
          return { anchor: found[0], heading: found[1], above: found[2], lines: found.slice(3) };
        });
        return { title: text[0], path: text[1], answer: text[2], parts: parts };
      });
      whole.catch(function () { /* who waits for it is told */ });
      return whole;
    });
  }

  /* Says of a word in a text whether it was looked for: which idea it belongs to, or nothing. */
  function matcher(found) {
    return function (word) {
      var form = fold(word);
      var id = site.known.forms.get(form);
      for (var at = 0; at < found.length; at += 1) {
        var typed = found[at].typed;
        if (id !== undefined ? (found[at].ids.get(id) || 0) > 0.5 : form.length > 3 && alike(typed, form) > 0.7) return typed;
        if (typed.length > 3 && form.includes(typed)) return typed;
        var meant = site.meant[typed] || typed; /* a part of a compound: ryggen, smärta in ryggsmärta */
        var shared = start_of(meant, form).length;
        if (form.length > 3 && meant.length > form.length && (meant.endsWith(form) || shared > 3 && site.endings.has(form.slice(shared)))) return typed;
      }
      return "";
    };
  }

  /* Gives, once the best page is there: a danger sign or nothing, the pages in order (each still to come), and what to underline. */
  function find(query) {
    return anew(function () { return search(query); });
  }

  function search(query) {
    var words = cut(query.slice(0, MOST.letters));
    var found;
    return lookup(words).then(function () {
      found = ideas(words, site.known);
      return Promise.all(found.map(function (idea) {
        return Promise.all(Array.from(idea.ids, function (one) {
          return entries(one[0]).then(function (entry) { return { value: one[1], entry: entry }; });
        })).then(function (list) { idea.entries = list; });
      }));
    }).then(function () {
      var pages = read(rank(found));
      return Promise.resolve(pages[0]).then(function () { return { danger: danger(words), pages: pages, is: matcher(found) }; });
    });
  }

  return { take: function (name, content) { taken[name] = content; }, start: start, find: find, cut: cut };
})();
