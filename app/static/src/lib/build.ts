const HEADER = "klantsafari";
const OTHER = "klantsafari:build";

/** Give every answer of the server: says so when another build gave it than the one that made this page. */
export function heed(headers: Headers): void {
  const build = headers.get(HEADER);
  const here = globalThis.document?.body.dataset.build;
  if (build && here && build !== here) dispatchEvent(new Event(OTHER));
}

export function onOtherBuild(tell: () => void): void {
  addEventListener(OTHER, tell);
}
