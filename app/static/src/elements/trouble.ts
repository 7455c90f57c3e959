/** Shows the server-written `#trouble` notice when a request of htmx never got a usable answer. */
const notice = (): HTMLElement | null => document.getElementById("trouble");

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, () => {
    const trouble = notice();
    if (trouble) trouble.hidden = false;
  });
}

document.addEventListener("htmx:beforeRequest", () => {
  const trouble = notice();
  if (trouble) trouble.hidden = true;
});
