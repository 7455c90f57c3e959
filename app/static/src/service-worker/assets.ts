import { ASSETS, assetsNamed } from "../offline/pages";
import { NAMES, NEEDED, addressOf } from "./build";
import { nameOf } from "./rules";

export const OFFLINE = "/offline";
const SHELL = "shell";

/** At install: everything for in the field, and the one page that stands in for any other. Nothing personal:
 *  the page is asked for by nobody in particular. Fails as a whole, so that a worker never has half. */
export async function stock(): Promise<void> {
  const [assets, shell] = await Promise.all([caches.open(ASSETS), caches.open(SHELL)]);
  await Promise.all(
    NEEDED.map(async (name) => {
      const address = addressOf(NAMES[name] ?? name);
      if (await assets.match(address, { ignoreVary: true })) return;
      await assets.put(address, await ours(address, { credentials: "omit" }));
    }),
  );
  await shell.put(OFFLINE, await ours(OFFLINE, { credentials: "omit", cache: "reload" }));
}

async function ours(address: string, how: RequestInit): Promise<Response> {
  const answer = await fetch(address, how);
  if (!isOurs(answer) || answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/** A wifi portal answers 200 to anything, but does not know this header. */
export function isOurs(answer: Response): boolean {
  return answer.headers.has("klantsafari");
}

export async function offlinePage(): Promise<Response> {
  return (await (await caches.open(SHELL)).match(OFFLINE, { ignoreVary: true })) ?? Response.error();
}

/** A hashed file never changes, so a kept one is as good as any. One that nobody has any more gets the file
 *  that is called the same today: a page with slightly newer looks is better than a bare one. */
export async function asset(request: Request, later: (work: Promise<unknown>) => void): Promise<Response> {
  const cache = await caches.open(ASSETS);
  const kept = await cache.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    if (answer.status === 200 && isOurs(answer)) {
      later(cache.put(request.url, answer.clone()).catch(() => undefined));
      return answer;
    }
  } catch {
    // No connection: the same as not there.
  }
  return (await namesake(cache, nameOf(new URL(request.url).pathname) ?? "")) ?? Response.error();
}

async function namesake(cache: Cache, name: string): Promise<Response | undefined> {
  const own = NAMES[name] && (await cache.match(addressOf(NAMES[name]), { ignoreVary: true }));
  if (own) return own;
  const older = (await cache.keys()).find(({ url }) => nameOf(new URL(url).pathname) === name);
  return (older && (await cache.match(older, { ignoreVary: true }))) ?? (await current(name).catch(() => undefined));
}

/** From the server, by its own list of today. */
async function current(name: string): Promise<Response | undefined> {
  const names = (await (await ours("/static/dist/manifest.json", { cache: "no-store" })).json()) as Record<string, string>;
  return names[name] ? await ours(addressOf(names[name]), {}) : undefined;
}

/** Lets go of what neither this build nor any page kept on this phone names. */
export async function prune(): Promise<void> {
  const named = await assetsNamed();
  for (const file of Object.values(NAMES)) named.add(addressOf(file));
  const cache = await caches.open(ASSETS);
  for (const request of await cache.keys()) {
    if (!named.has(new URL(request.url).pathname)) await cache.delete(request);
  }
}
