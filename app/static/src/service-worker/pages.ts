import { pageAt } from "../offline/pages";
import { isOurs, OFFLINE, offlinePage } from "./assets";
import { HEADERS } from "./headers";
import { judged, type Reason } from "./judging";
import { detour } from "./shortcuts";

/** How long the server has when this phone has something to show as well, in ms. */
const PATIENCE = 4_000;
/** iOS sometimes never answers from IndexedDB; a page must not wait for that, in ms. */
const LOOKING = 3_000;

type Instead = (reason: Reason) => Response;

/** Network first. Who has the page on the phone waits no longer than PATIENCE, and is not sent away. */
export async function page(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const instead = await soon(standIn(pathname));
  return instead ? patiently(request, instead) : simply(request);
}

async function standIn(path: string): Promise<Instead | null> {
  const kept = await pageAt(path);
  if (kept) return (reason) => new Response(marked(kept.html, reason), { headers: HEADERS });
  const to = await detour(path);
  return to ? () => Response.redirect(to, 302) : null;
}

/** The page itself says why it is shown, by `data-instead` on its body. */
function marked(html: string, reason: Reason): string {
  return html.replace("<body", `<body data-instead="${reason}"`);
}

/** Redirects go back to the browser unread, so that nothing is asked twice. */
async function simply(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    // A portal's own page is shown: that is where you get onto its wifi.
    if (answer.type === "opaqueredirect" || answer.status < 500 || isOurs(answer)) return answer;
  } catch {
    // Said by the page that follows.
  }
  return noInternet();
}

/** In the reader's own language where this phone knows who that is. */
async function noInternet(): Promise<Response> {
  const own = await soon(pageAt(OFFLINE));
  return own ? new Response(marked(own.html, "offline"), { headers: HEADERS }) : offlinePage();
}

/** A navigation's redirect can't be read, and a portal or the sign-in page is only known by it. So it is followed
 *  here, and the browser is sent to where it ended: that one page is asked for twice. */
async function patiently(request: Request, instead: Instead): Promise<Response> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const answer = await fetch(request.url, {
      headers: { accept: request.headers.get("accept") ?? "text/html" },
      mode: "same-origin",
      credentials: "same-origin",
      redirect: "follow",
      signal: patience.signal,
    });
    const movedTo = answer.redirected ? new URL(answer.url).pathname : null;
    const verdict = judged({ status: answer.status, ours: isOurs(answer), movedTo });
    if (verdict === "move") return Response.redirect(answer.url, 302);
    if (verdict !== "give") return instead(verdict);
    // Whole before it is shown: half a page is no page.
    return new Response(await answer.blob(), { status: answer.status, headers: plain(answer.headers) });
  } catch {
    return instead(patience.signal.aborted ? "stalled" : "offline");
  } finally {
    clearTimeout(timer);
    patience.abort();
  }
}

/** The body was unpacked on its way in. */
function plain(headers: Headers): Headers {
  const left = new Headers(headers);
  for (const name of ["content-encoding", "content-length"]) left.delete(name);
  return left;
}

function soon<T>(work: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, LOOKING, null));
  return Promise.race([work.catch(() => null), late]);
}
