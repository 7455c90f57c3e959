import { asset, prune, stock } from "./assets";
import { BUILD } from "./build";
import { open, show } from "./messages";
import { page } from "./pages";
import { answering } from "./rules";
import { scope } from "./scope";

scope.addEventListener("install", (event) => event.waitUntil(stock()));

// The first worker takes over at once: who opens a safari now may go underground next.
scope.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([prune().catch(() => undefined), scope.clients.claim()]));
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { method, mode, headers } = request;
  const url = new URL(request.url);
  const then = answering({ method, mode, url, origin: scope.location.origin, range: headers.has("range") });
  if (then === "asset") event.respondWith(asset(request, (work) => event.waitUntil(work)));
  if (then === "page") event.respondWith(page(request));
});

/** What a page may ask: that a worker that waits goes on, that it looks after the page, which build it is. */
scope.addEventListener("message", (event) => {
  const { type } = (event.data ?? {}) as { type?: string };
  if (type === "SKIP_WAITING") event.waitUntil(scope.skipWaiting());
  if (type === "CLAIM") event.waitUntil(scope.clients.claim());
  if (type === "BUILD") (event as unknown as MessageEvent).ports[0]?.postMessage(BUILD);
});

scope.addEventListener("push", (event) => event.waitUntil(show(event.data?.text())));

scope.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { to } = (event.notification.data ?? {}) as { to?: string };
  event.waitUntil(open(to ?? "/reminders"));
});
