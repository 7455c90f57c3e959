const PATIENCE = 5_000;

/** Posts a plain form by itself. Where it went on to; "asked" when our server has something to say about it first;
 *  null when our server was not reached, does not know who asks, or can keep nothing now. */
export async function posted(form: HTMLFormElement): Promise<string | "asked" | null> {
  if (!navigator.onLine) return null;
  try {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", cache: "no-store", signal });
    void answer.body?.cancel().catch(() => undefined);
    const path = new URL(answer.url).pathname;
    if (!answer.headers.has("klantsafari") || answer.status >= 500 || answer.status === 429 || path === "/login") return null;
    return answer.ok && answer.redirected ? path : "asked";
  } catch {
    return null;
  }
}
