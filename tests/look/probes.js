/* What a page looks like, measured inside the browser. Each probe gives a list of faults; an empty list is good. */
window.probes = (() => {
  const name = (one) => {
    const text = (one.getAttribute("aria-label") || one.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const kind = typeof one.className === "string" && one.className ? "." + one.className.split(" ")[0] : "";
    const held = one.parentElement && one.parentElement.closest("[id], [class]");
    const where = held ? ` in ${held.id ? "#" + held.id : "." + held.className.toString().split(" ")[0]}` : "";
    return `<${one.localName}${one.id ? "#" + one.id : ""}${kind}> “${text}”${where}`;
  };
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !clipped(one);
  /* Words for screen readers only: cut to nothing, on purpose. */
  const clipped = (one) => {
    for (let at = one; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).clipPath.startsWith("inset(50")) return true;
    }
    return false;
  };
  const boxes = () => [...document.body.querySelectorAll("*")].filter((one) => !one.closest("svg svg, svg > *, script, .pe-skip, .pe-signs") && seen(one));
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const one = walker.currentNode;
      if (one.data.trim() && !one.parentElement.closest("script, style, .pe-skip") && seen(one.parentElement)) found.push(one);
    }
    return found;
  };
  const around = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range;
  };

  /* Boxes and letters that reach past the edge of the window: what scrollWidth does not tell. */
  const pastEdge = () => {
    const wide = document.documentElement.clientWidth;
    const out = (rect) => rect.width > 0 && (rect.right > wide + 0.5 || rect.left < -0.5);
    const faults = [];
    for (const one of boxes()) {
      const rect = one.getBoundingClientRect();
      if (out(rect)) faults.push(`${name(one)} reaches from ${Math.round(rect.left)} to ${Math.round(rect.right)} of ${wide}`);
    }
    for (const node of texts()) {
      const rect = around(node).getBoundingClientRect();
      if (out(rect)) faults.push(`the words “${node.data.trim().slice(0, 40)}” in ${name(node.parentElement)} reach to ${Math.round(rect.right)} of ${wide}`);
    }
    return faults;
  };

  /* Letters cut off by a box that hides what is too much for it, and words printed over each other. */
  const cutOff = () => boxes().filter((one) => {
    const style = getComputedStyle(one);
    return /hidden|clip/.test(style.overflowX + style.overflowY) && !one.closest("svg") && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
  }).map((one) => `${name(one)} hides a part of what is in it`);

  /* 2.5.5: 44 px, but for a link inside a sentence. */
  const TARGETS = "a[href], button, summary, select, textarea, label:has(input), [role=button], [tabindex='0']";
  const inSentence = (one) => {
    if (!getComputedStyle(one).display.startsWith("inline")) return false;
    if (one.matches(".pe-term") && one.parentElement.matches("p, li, td")) return true; /* an item of a list that goes on a sentence */
    const block = one.parentElement.closest("p, li, td, th, dd, dt, h1, h2, h3, caption, figcaption, span.pe-reference, small, div");
    const links = [...block.querySelectorAll("a, button")].map((link) => link.textContent).join("");
    return block.textContent.replace(/\s/g, "").length > links.replace(/\s/g, "").length + 3;
  };
  const targets = () => [...document.querySelectorAll(TARGETS)].filter((one) => seen(one) && !one.matches(".pe-skip") && !inSentence(one)).flatMap((one) => {
    const rect = one.getBoundingClientRect();
    return rect.width < 43.5 || rect.height < 43.5 ? [`${name(one)} is ${rect.width.toFixed(0)} x ${rect.height.toFixed(0)} px`] : [];
  });

  /* 1.4.8: at most 80 letters a line, not justified, lines 1.5 apart, paragraphs 1.5 of that apart. */
  const reading = () => {
    const faults = [];
    const ruler = document.createElement("span");
    ruler.textContent = "0";
    for (const one of document.querySelectorAll("main :is(p, li, dd, td)")) {
      if (!seen(one) || !one.textContent.trim() || one.closest("dialog, .pe-settings")) continue;
      const style = getComputedStyle(one);
      if (style.textAlign === "justify") faults.push(`${name(one)} is justified`);
      if (one.matches("p, li") && parseFloat(style.lineHeight) < 1.4 * parseFloat(style.fontSize)) faults.push(`${name(one)}: lines ${style.lineHeight} apart at ${style.fontSize}`);
      if (!one.matches("p")) continue;
      one.append(ruler);
      const letter = ruler.getBoundingClientRect().width;
      ruler.remove();
      if (letter && one.getBoundingClientRect().width / letter > 80) faults.push(`${name(one)} has lines of ${Math.round(one.getBoundingClientRect().width / letter)} letters`);
    }
    return faults;
  };

  /* Long words part: the language is named, and the text may be hyphenated. */
  const hyphens = () => {
    const faults = document.documentElement.lang ? [] : ["the page names no language"];
    for (const one of document.querySelectorAll("main :is(h1, h2, h3, p, li, td, th)")) {
      if (seen(one) && getComputedStyle(one).hyphens !== "auto") faults.push(`${name(one)} may not be hyphenated`);
    }
    return faults;
  };

  /* Colours of words on what is painted below them: 7:1 (1.4.6). For the plain grounds that the styles use. */
  const parse = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { red, green, blue, alpha };
  };
  const light = ({ red, green, blue }) => [red, green, blue].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.alpha === 1) return colour;
      if (colour.alpha > 0) return null;
    }
    return null;
  };
  const colours = () => {
    const faults = new Set();
    for (const node of texts()) {
      const one = node.parentElement;
      if (one.closest("svg")) continue;
      const back = ground(one);
      const found = back ? ratio(parse(getComputedStyle(one).color), back) : 0;
      if (found < 7) faults.add(`${name(one)}: contrast ${found.toFixed(2)}`);
    }
    return [...faults];
  };

  /* A focused element: its ring, and whether it can be seen. */
  const ring = () => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const ringed = one.matches("input") && one.closest("label") ? one.closest("label") : one;
    const style = getComputedStyle(ringed);
    const rect = ringed.getBoundingClientRect();
    const points = [[rect.left + rect.width / 2, rect.top + rect.height / 2], [rect.left + 3, rect.top + 3], [rect.right - 3, rect.bottom - 3]];
    const covered = points.every(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return !top || !(ringed.contains(top) || top.contains(ringed));
    });
    const wide = document.documentElement.clientWidth;
    const away = rect.bottom <= 0 || rect.top >= innerHeight || rect.right <= 0 || rect.left >= wide;
    const faults = [];
    if (away) faults.push(`${name(one)} is focused off screen`);
    else if (covered) faults.push(`${name(one)} is focused but hidden behind something`);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 3) faults.push(`${name(one)}: ring ${style.outlineStyle} ${style.outlineWidth}, expected 3 px`);
    else {
      const back = ground(ringed.parentElement);
      const halo = style.boxShadow.match(/rgb[^)]*\)/);
      const found = back ? Math.max(ratio(parse(style.outlineColor), back), halo ? ratio(parse(halo[0]), back) : 0) : 21;
      if (found < 3) faults.push(`${name(one)}: ring has contrast ${found.toFixed(2)} to what is around it`);
    }
    return faults;
  };
  /* Everything that Tab should reach, in the order of the page; of a group of radio buttons one. */
  const stops = () => {
    const groups = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((one) => {
      if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
      if (one.type !== "radio") return true;
      const key = [...document.forms].indexOf(one.form) + one.name;
      const first = !groups.has(key);
      groups.add(key);
      return first;
    });
  };
  const watch = () => {
    window.walked = { order: [], faults: [] };
    document.addEventListener("focusin", (event) => {
      const one = event.target;
      walked.order.push(one);
      walked.faults.push(...(ring() || []));
    });
  };
  const walk = () => {
    const expected = stops();
    const place = (one) => expected.findIndex((other) => other === one || (one.type === "radio" && other.name === one.name && other.form === one.form));
    const order = walked.order.map(place);
    const faults = walked.faults.slice();
    walked.order.forEach((one, at) => { if (order[at] < 0) faults.push(`${name(one)} is reached, but is no control`); });
    expected.forEach((one, at) => { if (!order.includes(at)) faults.push(`${name(one)} is never reached`); });
    for (let at = 1; at < order.length; at += 1) {
      if (order[at] >= 0 && order[at - 1] >= 0 && order[at] < order[at - 1]) faults.push(`${name(walked.order[at])} comes after ${name(walked.order[at - 1])}`);
    }
    return [...new Set(faults)];
  };
  const ahead = () => stops().length - 1 - stops().indexOf(document.activeElement);
  const behind = () => stops().indexOf(document.activeElement);
  const state = () => [location.href, localStorage.length, [...document.querySelectorAll("[hidden], [aria-expanded=true], dialog[open]")].length, document.activeElement.outerHTML.slice(0, 80)].join(" ");
  const openAll = async () => {
    const button = document.getElementById("reading-button");
    if (button && button.getAttribute("aria-expanded") === "false") button.click();
    while (button && button.getAttribute("aria-expanded") === "false") await new Promise((done) => setTimeout(done, 5));
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
    document.querySelectorAll("[data-pe-place], [data-pe-offer], [data-pe-listen], .pe-listen").forEach((one) => { one.hidden = false; });
    document.body.tabIndex = -1; /* so that Tab starts at the top */
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
  };
  const words = () => texts().map((one) => one.data.trim()).join("\n");
  const moving = () => [
    ...document.getAnimations().map(() => "an animation runs"),
    ...[...document.querySelectorAll("video, audio, marquee, blink, animate, animateTransform")].map(name),
    ...(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["it scrolls smoothly"] : []),
  ];

  /* In forced colours: a drawing that nobody sees, a choice that looks like the others, a frame that is gone. */
  const lost = () => {
    const faults = [];
    const canvas = getComputedStyle(document.body).backgroundColor;
    const drawn = (one) => {
      const style = getComputedStyle(one);
      return one.localName === "use" || (style.stroke !== "none" && style.stroke !== canvas) || (style.fill !== "none" && style.fill !== canvas);
    };
    for (const one of document.querySelectorAll("svg:not(.pe-signs)")) {
      const shapes = [...one.querySelectorAll("path, circle, rect, line, ellipse, use")];
      if (seen(one) && !shapes.some(drawn)) faults.push(`${name(one.parentElement)}: nothing of its drawing is seen`);
    }
    const looks = (label) => {
      const input = getComputedStyle(label.querySelector("input"));
      return [getComputedStyle(label).outlineStyle, getComputedStyle(label).fontWeight, input.borderTopWidth].join();
    };
    for (const one of document.querySelectorAll("label:has(input:checked)")) {
      const other = one.closest("fieldset").querySelector("label:not(:has(:checked))");
      if (seen(one) && other && looks(one) === looks(other)) faults.push(`${name(one)}: that it is chosen is not seen`);
    }
    for (const one of document.querySelectorAll(".pe-danger, .pe-step--now, .pe-pem, .pe-button:not(.pe-button--quiet), .pe-now")) {
      const style = getComputedStyle(one);
      const framed = ["Top", "Left"].some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
      if (seen(one) && !framed) faults.push(`${name(one)}: its frame is not seen`);
    }
    return faults;
  };

  /* A word too long for its line is parted, in the language of the page. */
  const parted = (word) => {
    const one = document.createElement("p");
    one.style.width = "9em";
    one.textContent = word;
    document.querySelector("main").append(one);
    const lines = Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight));
    const fits = one.scrollWidth <= one.clientWidth;
    one.remove();
    return fits ? lines : 0;
  };
  /* Short words that stand on two lines, torn where the line ended. Hyphens are off: a test browser may have none. */
  const torn = (where, letters) => {
    const off = document.createElement("style");
    off.textContent = "* { hyphens: manual !important }";
    document.head.append(off);
    const faults = new Set();
    for (const node of texts()) {
      const held = node.parentElement.closest(where);
      if (!held || node.parentElement.closest(".pe-unseen, thead")) continue;
      for (const found of node.data.matchAll(/[\p{L}\p{N}]+[.,;:!?)]*/gu)) {
        const range = document.createRange();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const tops = [...range.getClientRects()].filter((one) => one.width > 0).map((one) => one.top);
        if (found[0].length <= letters && Math.max(...tops) - Math.min(...tops) > 4) faults.add(`“${found[0]}” is torn in ${name(node.parentElement)}`);
      }
    }
    off.remove();
    return [...faults];
  };
  /* Words that stick out of the foot of their cell, over what comes next. */
  const overprinted = () => texts().flatMap((node) => {
    const cell = node.parentElement.closest("main :is(td, th, li, dt, dd, p)");
    const over = cell ? around(node).getBoundingClientRect().bottom - cell.getBoundingClientRect().bottom : 0;
    return over > 8 ? [`“${node.data.trim().slice(0, 40)}” sticks ${Math.round(over)} px out of ${name(cell)}`] : [];
  });
  /* The list of what is on the page. */
  const contents = (beside) => {
    const [list, ...more] = [...document.querySelectorAll(".pe-toc")].filter(seen);
    if (!list || more.length) return [`${list ? 2 : 0} lists of what is on the page`];
    const box = list.getBoundingClientRect();
    const faults = [...document.querySelectorAll("main > .pe-text > *:not(.pe-toc)")].filter((one) => {
      const rect = one.getBoundingClientRect();
      return rect.width && rect.left < box.right && rect.right > box.left && rect.top < box.bottom && rect.bottom > box.top;
    }).map((one) => `${name(one)} stands over the list`);
    const parts = [...document.querySelectorAll("main h2[id]:not(#share)")].map((one) => one.id);
    const listed = [...list.querySelectorAll("a")].map((one) => one.hash.slice(1));
    if (parts.join() !== listed.join()) faults.push(`it lists ${listed} of ${parts}`);
    const danger = document.querySelector(".pe-danger").getBoundingClientRect();
    if (beside ? box.right > danger.left || box.top > innerHeight : box.top < danger.bottom || box.top > danger.bottom + 100) faults.push("the list is not where it belongs");
    return faults;
  };
  const largest = () => {
    for (const [what, value] of [["size", 150], ["space", "wide"], ["font", "clear"]]) document.documentElement.setAttribute(`data-pe-${what}`, value);
  };
  const axe = async (only) => {
    const rules = { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
    const runOnly = only ? { type: "rule", values: only } : { type: "tag", values: [...tags, "wcag2aaa"] };
    const found = await window.axe.run(document, { resultTypes: ["violations"], runOnly, rules: only ? {} : rules });
    return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1).join(" ").trim().slice(0, 200)}`));
  };
  return { pastEdge, cutOff, targets, reading, hyphens, colours, watch, walk, stops, ahead, behind, state, openAll, words, moving, lost, parted, torn, overprinted, contents, largest, axe, name };
})();
