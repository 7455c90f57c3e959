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

/** Whether our server is there, whoever asks. */
export async function answers(): Promise<boolean> {
  try {
    const answer = await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok && answer.headers.has("klantsafari");
  } catch {
    return false;
  }
}

/** Whether our server is there, and knows who asks as this user: what is posted now comes in. */
export async function admits(userId: string): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    const headers = { "klantsafari-user": userId };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch("/api/v1/me", { headers, credentials: "same-origin", cache: "no-store", redirect: "manual", signal });
    return answer.status === 200 && answer.headers.has("klantsafari");
  } catch {
    return false;
  }
}
