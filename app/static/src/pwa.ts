import "./elements/install-hint";
import { first, offer, tookOver } from "./elements/new-version";
import "./elements/shown-instead";
import "./elements/storage-state";
import { onOtherBuild } from "./lib/build";
import { onSaved } from "./lib/busy";
import { persist } from "./offline/persisting";

const HOUR = 3_600_000;

/** Puts the worker on this phone, and looks for the next one when somebody comes back or the server has changed. */
async function employ(): Promise<void> {
  const { serviceWorker } = navigator;
  let led = Boolean(serviceWorker.controller);
  serviceWorker.addEventListener("controllerchange", () => {
    // The very first worker takes over pages that never had one: nothing changes for their reader.
    if (led) tookOver();
    led = true;
  });
  const found = await serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
  // A browser that refuses workers may answer with nothing at all.
  if (!found) return;
  follow(found);
  // A page that was on its way while the worker began is not its own yet: it asks to be.
  void serviceWorker.ready.then(({ active }) => serviceWorker.controller ?? active?.postMessage({ type: "CLAIM" }));
  let looked = Date.now();
  const look = (atLeast: number): void => {
    if (Date.now() - looked < atLeast) return;
    looked = Date.now();
    found.update().catch(() => undefined);
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") look(HOUR);
  });
  onOtherBuild(() => look(HOUR / 60));
}

function follow(found: ServiceWorkerRegistration): void {
  const ready = (worker: ServiceWorker | null): void => {
    if (worker?.state === "installed" && navigator.serviceWorker.controller) offer(worker);
  };
  ready(found.waiting);
  const next = (): void => {
    const worker = found.installing;
    worker?.addEventListener("statechange", () => ready(worker));
  };
  next();
  found.addEventListener("updatefound", next);
}

function begin(userId: string): void {
  const look = (): void => void persist(userId).catch(() => undefined);
  look();
  onSaved(look);
  if ("serviceWorker" in navigator) void employ().catch(() => undefined);
}

const { user } = document.body.dataset;
if (first && user) begin(user);
