const NO_SERVER = ["offline", "stalled", "portal", "broken"];

/** Every `[data-offline]` line shows while the browser knows that there is no connection, and on a page that the
 *  phone had to bring itself. */
function show(): void {
  const reached = !NO_SERVER.includes(document.body.dataset.instead ?? "");
  for (const line of document.querySelectorAll<HTMLElement>("[data-offline]")) line.hidden = navigator.onLine && reached;
}

addEventListener("online", show);
addEventListener("offline", show);
show();
