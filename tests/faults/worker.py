"""Waits on the phone for the service worker and for pages that are kept."""

from playwright.sync_api import Page

AT_WORK = """async wanted => {
  const { serviceWorker } = navigator;
  const build = `data-build="${document.body.dataset.build}"`;
  const until = Date.now() + 60000;
  const kept = () => new Promise(done => {
    const asked = indexedDB.open("klantsafari");
    asked.onsuccess = () => {
      const all = asked.result.transaction("pages").objectStore("pages").getAll();
      all.onsuccess = () => {
        asked.result.close();
        done(all.result.filter(page => page.html.includes(build)).map(page => page.path));
      };
    };
  });
  for (;;) {
    const found = await kept();
    if (serviceWorker.controller?.state === "activated" && wanted.every(path => found.includes(path))) return;
    if (Date.now() > until) throw new Error(`worker: ${serviceWorker.controller?.state}, kept: ${found}`);
    await new Promise(later => setTimeout(later, 50));
  }
}"""


def await_worker(page: Page, *paths: str) -> None:
    """The worker looks after this page, and `paths` are kept as the build of this page makes them."""
    page.evaluate(AT_WORK, list(paths))
