/* Share panel: copies the link, opens the device's own share sheet, shows the code in full view, names a part of the page.
   Fetched when a reader turns to the panel. It sends nothing and stores nothing. */
(() => {
  "use strict";
  var panel = document.querySelector(".pe-share");
  var status = panel.querySelector("[role=status]");
  var part = panel.querySelector("select");
  panel.insertAdjacentHTML("beforeend", "@@words@@");
  var view = panel.querySelector("dialog");
  var all = (selector, from) => Array.from(from.querySelectorAll(selector));

  /* One entry a language: its links as they were made, for the whole page. */
  var ways = all(".pe-share__to", panel).map(box => {
    var address = box.querySelector(".pe-share__address");
    var says = new URLSearchParams(box.querySelector('a[href^="mailto:"]').search);
    return {
      input: box.querySelector("input"),
      address: address,
      whole: address.getAttribute("href"),
      title: says.get("subject"),
      text: says.get("body").replace(address.getAttribute("href"), "").trim(),
      links: all("a:not([data-pe-share])", box).map(link => ({ link: link, href: link.getAttribute("href") }))
    };
  });
  function way() { return ways.find(one => one.input.checked); }

  /* Parts: the sections of the page, by the ids that they have in every language. The code stays that of the page. */
  all("h2[id]", document.querySelector("main")).forEach(heading => {
    if (panel.contains(heading)) return;
    var option = document.createElement("option");
    option.value = heading.id;
    option.textContent = heading.textContent;
    part.append(option);
  });
  panel.addEventListener("change", () => {
    ways.forEach(one => {
      var address = one.whole + (part.value && "#" + part.value);
      one.links.forEach(each => {
        each.link.href = each.href.split(encodeURIComponent(one.whole)).join(encodeURIComponent(address));
      });
      one.address.href = one.address.textContent = address;
    });
    restore();
  });

  function say(text) {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50); /* announced again, also when the words are the same */
  }
  function fail() { say(view.getAttribute("data-failed")); }

  /* Copying: the new way, the old way, or words that say how to do it by hand. */
  var copied;
  function restore() {
    if (copied) copied.node.textContent = copied.text;
    copied = null;
  }
  function done(node) {
    restore();
    copied = { node: node, text: node.textContent };
    node.textContent = view.getAttribute("data-copied");
    say(node.textContent);
  }
  function oldWay(text) {
    var field = document.createElement("textarea");
    var back = document.activeElement;
    var fine = false;
    field.value = text;
    field.style.cssText = "position: fixed; opacity: 0";
    panel.append(field);
    field.select();
    try { fine = document.execCommand("copy"); } catch (refused) { /* told by hand */ }
    field.remove();
    back.focus();
    return fine;
  }
  function copy(text, node) {
    function other() {
      if (oldWay(text)) done(node);
      else fail();
    }
    if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(text).then(() => { done(node); }, other);
    else other();
  }

  function send(one) {
    navigator.share({ title: one.title, text: one.text, url: one.address.href }).catch(problem => {
      if (problem.name !== "AbortError") fail();
    });
  }

  /* The code in full view, with the title in the language of the page that it leads to. */
  var picture = document.createElement("img");
  function show(one, link) {
    var title = view.querySelector("b");
    title.parentNode.after(picture);
    title.textContent = one.title;
    title.lang = one.input.value;
    picture.src = link.href;
    picture.alt = view.querySelector(".pe-small").textContent = one.whole;
    view.showModal();
  }
  view.addEventListener("click", event => { if (event.target === view) view.close(); });

  pe.share = hit => {
    var what = hit.getAttribute("data-pe-share");
    if (what === "copy") copy(way().address.href, hit);
    else if (what === "send") send(way());
    else if (what === "code" && view.showModal) show(way(), hit);
    else if (what === "close") view.close();
  };
})();
