import { heed } from "../lib/build";
import { deviceId, meta } from "./meta";
import { isJson, type Reply } from "./verdict";

/** What sending needs of the world outside; tests bring their own. */
export interface World {
  fetch: typeof fetch;
  now: () => number;
  random: () => number;
  /** For whom: the server answers nobody else, even when another person signed in a moment ago. */
  user?: string;
}

export const outside: World = {
  fetch: (address, options) => fetch(address, options),
  now: () => Date.now(),
  random: () => Math.random(),
};

const TIMEOUT = 60_000;
/** Bytes per millisecond that the slowest connection still manages. */
const SLOWEST = 4;
const LONGEST_RETRY = 3_600_000;

/** One request of the queue. Null when nobody answered, or not in time. `timeout` in the phone's meta overrules ours. */
export async function ask(
  world: World,
  method: "PUT" | "POST",
  address: string,
  body: ArrayBuffer | string,
  headers: Record<string, string> = {},
): Promise<Reply | null> {
  const size = typeof body === "string" ? body.length : body.byteLength;
  const timeout = (await meta<number>("timeout")) ?? TIMEOUT + Math.round(size / SLOWEST);
  const who = { "klantsafari-device": await deviceId(), ...(world.user ? { "klantsafari-user": world.user } : {}) };
  try {
    const answer = await world.fetch(address, {
      method,
      body,
      headers: { "content-type": "application/json", accept: "application/json", ...who, ...headers },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    heed(answer.headers);
    const type = answer.headers.get("content-type") ?? "";
    const read: unknown = isJson(type) ? await answer.json().catch(() => null) : null;
    return { status: answer.status, type, body: read, retryAfter: retryAfter(answer.headers) };
  } catch {
    return null;
  }
}

/** Seconds, or a moment that is measured against the server's own clock: the phone's may be years off. */
function retryAfter(headers: Headers): number | undefined {
  const said = headers.get("retry-after");
  if (!said) return undefined;
  const wait = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.parse(headers.get("date") ?? "");
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_RETRY) : undefined;
}
