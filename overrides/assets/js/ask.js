/* The search is opened: a dialog over the page, or the field of the search page. What finds is fetched now, and told where it does not come. */
(() => {
  "use strict";
  var button = document.getElementById("search-button");
  document.body.insertAdjacentHTML("beforeend", "@@words@@");
  var dialog = document.getElementById("search");
  if (location.protocol === "file:") button.href = button.href.replace(/\/$/, "/index.html"); /* in a folder a link must name the file */
  var served;
  var coming;

  function fetchSearch() {
    if (!coming) {
      var files = [pe.beside("guess", "js"), pe.beside("find", "js"), button.dataset.peSearch];
      served = served || pe.load(pe.beside("search", "js")); /* it serves the forms, so it runs once; the others may run again */
      coming = Promise.all(files.map(pe.load).concat(served));
      served.catch(() => { served = null; });
      coming.catch(() => { coming = null; });
    }
    coming.then(() => { pe.search(); }, () => { /* the list of pages is at hand */
      Array.from(document.querySelectorAll("[data-pe-found]")).forEach(place => {
        var status = place.firstElementChild;
        status.textContent = status.getAttribute("data-failed");
        if (!status.nextElementSibling) place.append(pe.pages()); /* the search page has them */
      });
    });
  }

  /* The list of pages at the foot of this one, Get help first. */
  pe.pages = () => {
    var help = document.querySelector(".pe-langs__help").href;
    var list = document.querySelector("#pages ul").cloneNode(true);
    var first = Array.from(list.querySelectorAll("a")).find(one => one.href.split("#")[0] === help.split("#")[0]);
    if (first) {
      first.href = help;
      list.prepend(first.parentNode);
    }
    return list;
  };

  /* Enter before its script is there: the words go to the search page as they will then. */
  dialog.addEventListener("submit", event => {
    if (event.defaultPrevented || !event.target.matches("[data-pe-find]")) return;
    event.preventDefault();
    location.href = button.href + "#" + new URLSearchParams(new FormData(event.target));
  });

  pe.ask = hit => {
    fetchSearch();
    if (hit !== button) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").focus(); /* autofocus would be told in the console of each page with a fragment */
  };
})();
