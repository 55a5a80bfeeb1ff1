/* Before the first paint: put back what the reader chose on this device.
   Then, on a visit that begins at the top: what lies far below is laid out a moment later, part by part, so that a
   slow phone shows and answers sooner. Not where a place is to be found again, for heights are not known yet. */
(root => {
  try {
    ["theme", "size", "space", "font"].forEach(name => {
      var value = localStorage.getItem("pe-" + name);
      if (value) root.setAttribute(name == "theme" ? "data-md-color-scheme" : "data-pe-" + name, value);
    });
    const visit = performance.getEntriesByType("navigation")[0];
    if (/#/.test(visit.name) || visit.type != "navigate") return; /* the name tells of links to words in the page, the location does not */
    root.classList.add("pe-late");
    root.onclick = () => root.classList.remove("pe-late"); /* a link into the page lands where all is laid out */
    const next = () => {
      let room = 60; /* elements in one picture */
      let part;
      while (room > 0 && (part = document.querySelector(".pe-far"))) {
        part.classList.remove("pe-far");
        room -= part.querySelectorAll("*").length;
      }
      if (part || document.readyState == "loading") setTimeout(next, 30);
    };
    setTimeout(next, 400); /* be all of the page here or not, and site.js still on its way */
  } catch (refused) { /* no storage, or an old browser: all is laid out at once */ }
})(document.documentElement);
