/* Before the first paint: put back what the reader chose on this device.
   Then, on a visit that begins at the top: what lies far below is laid out when the page has come, part by part, so that a
   slow phone shows and answers sooner. Not where a place is to be found again, for heights are not known yet. */
(root => {
  try {
    ["theme", "size", "space", "font"].forEach(name => {
      var value = localStorage.getItem("pe-" + name);
      if (value) root.setAttribute(name == "theme" ? "data-md-color-scheme" : "data-pe-" + name, value);
    });
    if (location.hash || performance.getEntriesByType("navigation")[0].type != "navigate") return;
    root.classList.add("pe-late");
    /* when the text is there, be site.js still on its way or not */
    document.onreadystatechange = () =>
      document.querySelectorAll(".pe-far").forEach((part, place) => setTimeout(() => part.classList.remove("pe-far"), 300 + 30 * place));
  } catch (refused) { /* no storage, or an old browser: all is laid out at once */ }
})(document.documentElement);
