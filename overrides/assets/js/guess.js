/* Guesses: what words of the site a typed word may mean, whatever its ending, its slips, its parts. Fetched with find.js. */
window.peGuess = (() => {
  "use strict";
  var MOST = { words: 12, guesses: 6 };
  var LETTERS = { "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i", "ß": "ss" };
  var site = null; /* what find.js unpacked of words.js */

  function fold(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[øæœðþłđıß]/g, one => LETTERS[one]);
  }

  /* As pieces() in pe/search/text.py: can't -> cant, dell'acqua -> dell acqua, D-vitamin -> D vitamin Dvitamin. */
  function cut(text) {
    var found = [];
    (text.match(/[\p{L}\p{M}\p{N}]+(?:[-‐‑'’/][\p{L}\p{M}\p{N}]+)*/gu) || []).forEach(chunk => {
      var parts = chunk.split(/[-‐‑/]/);
      var words = [];
      parts.forEach(part => {
        part.split(/['’]/).forEach((one, at) => {
          if (at && one.length <= 2) words[words.length - 1] += one;
          else words.push(one);
        });
      });
      words = words.map(word => ({ form: fold(word), loud: word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase() }))
        .filter(word => word.form);
      if (parts.length === 2 && words.length > 1) words[0].joined = { form: words.map(word => word.form).join(""), size: words.length, last: words[words.length - 1].form };
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

  /* The words of the site that begin with what was typed, and those that are like it. What was looked through is not looked
     through again when rare words have come. */
  function scan(typed, known) {
    var exact = known.forms.get(typed);
    var kept = site.scanned.get(typed);
    if (!kept || kept.exact !== exact) site.scanned.set(typed, kept = { exact: exact, to: 0, longer: [], near: [] });
    for (; kept.to < known.list.length; kept.to += 1) {
      var form = known.list[kept.to];
      if (form === typed) continue;
      if (form.startsWith(typed)) kept.longer.push(form);
      if (typed.length < 4) continue;
      var value = exact === undefined ? alike(typed, form) : 0.55 * ended(typed, form);
      if (value > 0.45) kept.near.push([value, form]);
    }
    kept.near.sort((a, b) => b[0] - a[0]);
    return kept;
  }

  /* Where no word is like the typed one: those that are, once an ending is taken off it. A slip and another ending in one word. */
  function bent(typed, known) {
    var found = new Map();
    site.endings.forEach(ending => {
      var size = typed.length - ending.length;
      if (size < 4 || !typed.endsWith(ending)) return;
      var rest = typed.slice(0, size);
      known.bases.forEach((id, base) => {
        var value = base.length < 4 || base[0] !== rest[0] ? 0 : alike(rest, base);
        if (value > Math.max(0.6, 1 - 3 / (size + 2)) && 0.9 * value > (found.get(id) || 0)) found.set(id, 0.9 * value);
      });
    });
    var most = Math.max.apply(null, Array.from(found.values()));
    found.forEach((value, id) => { if (value < most - 0.1) found.delete(id); });
    return found;
  }

  /* Where none is like it even so: the longest that it begins or ends with, else those that begin like it, with half of it. */
  function begun(typed, known) {
    var whole = [], alike = [];
    var longest = 4, most = Math.max(4, Math.ceil(typed.length / 3));
    known.list.forEach(form => {
      var size = form.length;
      var shared = start_of(typed, form).length;
      if (size >= longest && (shared === size || typed.endsWith(form))) {
        if (size > longest) { longest = size; whole = []; }
        whole.push(form);
      }
      if (shared > most) { most = shared; alike = []; }
      if (shared === most) alike.push(form);
    });
    return whole.length ? whole : alike;
  }

  /* The words of the site that a typed word may mean, each with how likely. */
  function guess(typed, known, last) {
    var found = new Map();
    function add(form, value) {
      var id = known.forms.get(form);
      if (value > (found.get(id) || 0)) found.set(id, value);
    }
    var sought = scan(typed, known);
    var sure = sought.exact !== undefined;
    if (sure) add(typed, 1);
    if (typed.length > 1 && (last || !sure && typed.length > 3)) {
      sought.longer.forEach(form => { add(form, (sure ? 0.3 : 0.9) * Math.sqrt(typed.length / form.length)); });
    }
    sought.near.forEach(one => { if (one[0] > sought.near[0][0] - 0.13) add(one[1], one[0] * one[0] / sought.near[0][0]); });
    if (!found.size && typed.length > 4) found = bent(typed, known);
    if (!found.size && typed.length > 5) begun(typed, known).forEach(form => { add(form, 0.5); });
    site.meant[typed] = sought.near.length && !sure ? sought.near[0][1] : typed;
    return new Map(Array.from(found).sort((a, b) => b[1] - a[1]).slice(0, MOST.guesses));
  }

  /* The two parts of a compound, as compounds.py cuts it; the parts may have a wrong letter. */
  function split(typed, known) {
    var best = null;
    for (var at = 3; at <= typed.length - 3; at += 1) {
      if (Math.max(at, typed.length - at) < 4) continue;
      var first = head(typed.slice(0, at), known);
      var last = first && tail(typed.slice(at), known);
      if (first && last && (first[0] || last[0]) && (first[0] || typed.length - at > 5) && (last[0] || at > 5)) {
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
    known.list.forEach(form => {
      if (form.length < 4 || form[0] !== part[0]) return;
      var value = alike(part, form);
      if (value > 0.78 && (!best || value > best[1])) best = [known.forms.get(form), value];
    });
    return best;
  }

  /* Where the words of a phrase stand side by side, or -1. */
  function stands(words, parts) {
    return words.findIndex((first, at) => parts.every((part, place) => words[at + place] && alike(words[at + place].form, part) > 0.7));
  }

  /* The longest phrase of small words that leads somewhere: "did too much". One of one word says little among others. */
  function phrase(words) {
    return site.known.phrases.filter(one => (one.parts[1] || words.length < 3) && stands(words, one.parts) >= 0)
      .sort((a, b) => b.parts.length - a.parts.length)[0];
  }

  /* What is looked for: a list of ideas, each with the words that may say it and how much it counts. */
  function ideas(words) {
    var known = site.known;
    var found = [];
    var kept = words.filter(word => word.loud || !site.stops.has(word.form));
    if (!kept.length) {
      var whole = phrase(words);
      if (whole) found.push({ typed: whole.parts.join(" "), ids: new Map([[whole.id, 1]]), weight: 1 });
      else kept = words;
    }
    kept = kept.slice(0, MOST.words);
    for (var at = 0; at < kept.length; at += 1) {
      var word = kept[at];
      var joined = word.joined && known.forms.get(word.joined.form);
      if (joined) {
        found.push({ typed: word.joined.form, ids: new Map([[joined, 1]]), weight: 1, last: word.joined.last });
        at += word.joined.size - 1;
        continue;
      }
      var ids = guess(word.form, known, at === kept.length - 1);
      var sure = Math.max.apply(null, [0].concat(Array.from(ids.values())));
      var parts = word.form.length > 5 && sure < 0.9 || sure === 1 && word.form.length > 6 ? split(word.form, known) : null;
      if (parts && parts.value > sure) {
        parts.parts.forEach(part => { if (part[0]) found.push({ typed: word.form, ids: new Map([part]), weight: 0.75 }); });
      } else {
        /* A slip weighs nothing. A wider guess weighs less: a rare word only somewhat alike must not drown what was typed well. */
        found.push({ typed: word.form, ids: ids, weight: sure > 0.7 ? 1 : sure * sure * sure });
        if (parts) parts.parts.forEach(part => { if (part[0]) found.push({ typed: word.form, ids: new Map([part]), weight: 0.3, extra: true }); });
      }
    }
    found.forEach(idea => { idea.own = new Map(idea.ids); });
    widen(found, words);
    return found;
  }

  /* Words that mean the same to a reader: one of them, or all words of a phrase, stand for the others too. */
  function widen(found, words) {
    site.same.forEach(group => {
      var ids = group[0].map(number => "i" + number);
      found.forEach(idea => {
        var value = Math.max.apply(null, [0].concat(ids.map(id => idea.own.get(id) || 0)));
        if (value > 0.6) add(idea, 0.6 * value);
      });
      group[1].some(phrase => {
        var hits = phrase.split(" ").map(part => words.find(word => alike(word.form, part) > 0.8));
        if (hits.indexOf(undefined) >= 0) return false;
        var idea = found.find(one => hits.some(word => one.typed === word.form));
        if (!idea) found.push(idea = { typed: phrase, ids: new Map(), own: new Map(), weight: 0.8 }); /* small words only */
        add(idea, 0.6);
        return true;
      });
      function add(idea, value) {
        ids.forEach(id => { if (!(idea.ids.get(id) > value)) idea.ids.set(id, value); });
      }
    });
  }

  /* Danger: the query has a phrase of each group of a line. Small words count here: "between my legs".
     What only sounds like a sign of the body is left out: "when I fall asleep". Of a wish to die every word counts. */
  function danger(words) {
    var forms = site.known.forms;
    var all = words.map(word => word.form);
    var said = " " + all.join("  ") + " ";
    site.calm.forEach(phrase => { said = said.split(" " + phrase.replace(/ /g, "  ") + " ").join(" "); });
    var calmed = said.split(" ").filter(Boolean);
    function says(typed, part) {
      if (typed === part || part.length > 3 && typed.length > part.length + 2 && (typed.startsWith(part) || typed.endsWith(part))) return true;
      var known = forms.get(typed);
      return known !== undefined || site.stops.has(typed) ? known !== undefined && known === forms.get(part) : alike(typed, part) > 0.63;
    }
    /* A phrase with a full stop: nothing but small words beside it. */
    function alone(parts) {
      var at = stands(words, parts);
      return at >= 0 && words.every((word, place) => place >= at && place < at + parts.length || site.stops.has(word.form));
    }
    var hits = site.danger.filter(line => {
      var typed = line[0] ? all : calmed;
      return line[1].every(group => group.some(phrase => {
        if (phrase.endsWith(".")) return alone(phrase.slice(0, -1).split(" "));
        return phrase.split(" ").every(part => typed.some(word => says(word, part)));
      }));
    });
    if (!hits.length) return null;
    var place = Math.min.apply(null, hits.map(line => line[2])); /* what cannot wait comes first */
    return { section: hits[0][0], place: place, lines: hits.filter(line => line[2] === place).map(line => line[3]) };
  }

  /* Whether a word stands in another beside a third: rygg, smärta in ryggsmärta; not numb in number, sure in pressure. */
  function within(part, whole) {
    var size = whole.length - part.length;
    if (size < 3) return false;
    var before = whole.slice(0, size), after = whole.slice(part.length);
    var rare = size > 3 && !site.known.forms.has(whole); /* of such the parts may be rare too */
    return whole.startsWith(part) && !site.stops.has(after) && (rare || !!tail(after, site.known)) ||
      whole.endsWith(part) && !site.stops.has(before) && (rare || !!head(before, site.known));
  }

  /* Whether nothing but an ending, of more than a letter, makes one word of the other, and yet another word: number, numb. */
  function grown(one, other) { return Math.abs(one.length - other.length) > 1 && (one.startsWith(other) || other.startsWith(one)); }

  /* Says of a word in a text whether it was looked for: which idea it belongs to, or nothing. */
  function matcher(found) {
    return word => {
      var form = fold(word);
      var id = site.known.forms.get(form);
      for (var at = 0; at < found.length; at += 1) {
        var typed = found[at].typed;
        if (id !== undefined ? (found[at].ids.get(id) || 0) > (grown(typed, form) ? 0.53 : 0.5) : form.length > 3 && alike(typed, form) > 0.7) return typed;
        if (typed.length > 3 && within(typed, form) || form === found[at].last) return typed; /* the vitamin of D-vitamin */
        var meant = site.meant[typed] || typed; /* a part of a compound, with its ending: ryggen in ryggsmärta */
        var shared = start_of(meant, form).length;
        if (form.length > 3 && (within(form, meant) || shared > 3 && site.endings.has(form.slice(shared)) && within(form.slice(0, shared), meant))) return typed;
      }
      return "";
    };
  }

  return { use: function (from) { site = from; }, start_of: start_of, cut: cut, ideas: ideas, danger: danger, matcher: matcher };
})();
