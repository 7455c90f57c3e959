/** Every `[data-offline]` line shows while the browser knows that there is no connection. */
function show(): void {
  for (const line of document.querySelectorAll<HTMLElement>("[data-offline]")) line.hidden = navigator.onLine;
}

addEventListener("online", show);
addEventListener("offline", show);
show();
