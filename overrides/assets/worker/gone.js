/* Takes the place of worker.js where the site no longer wants pages kept (OFFLINE=no), and while it is being edited.
   A browser that has the worker fetches this at its next visit: what was kept is erased, and the worker takes itself away.
   Leave it published for as long as devices with the old worker may come back: a missing worker.js would remove nothing. */
"use strict";
self.addEventListener("install", event => { event.waitUntil(self.skipWaiting()); });
self.addEventListener("activate", event => {
  var ours = "pe-kept " + self.registration.scope + " ";
  event.waitUntil(
    caches.keys()
      .then(names => Promise.all(names.filter(name => !name.indexOf(ours)).map(name => caches.delete(name))))
      .then(() => self.registration.unregister())
  );
});
