import htmx from "htmx.org";

// Another script of ours put parts of the server in the page: their hx-attributes work from here on.
document.addEventListener("fresh-parts", ({ target }) => {
  if (target instanceof Element) htmx.process(target);
});
