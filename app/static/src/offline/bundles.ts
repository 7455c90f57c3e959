import { draftsOf } from "./drafts";
import { meta, type PhoneUser, phoneUser, setMeta } from "./meta";
import { outboxOf } from "./outbox";
import { ASSETS, assetsIn, dropSafari, keepPages, keptPage, keptPages } from "./pages";

interface Bundle {
  version: string;
  pages: Record<string, string>;
  guides?: Record<string, Record<string, string>>;
}

/** What was kept for this user: by which build, in which language, and when (ISO). */
interface Kept {
  build: string;
  language: string;
  at: string;
}

const PATIENCE = 20_000;
const FRESH = 12 * 3_600_000;

/** Where a guide's page is kept: no address, so it never answers one. */
export function guidePath(versionId: string, screen: string): string {
  return `guide/${versionId}/${screen}`;
}

/** The pages of no safari, and of each guide. False when they could not be had; those of before then stay. */
export async function keepPhonePages(): Promise<boolean> {
  const user = await phoneUser();
  const found = user && (await ask("/bundles/phone", user));
  if (!user || !found || found === "gone") return false;
  const pages = { ...found.pages };
  for (const [version, screens] of Object.entries(found.guides ?? {})) {
    for (const [screen, html] of Object.entries(screens)) pages[guidePath(version, screen)] = html;
  }
  await keepPages(user.id, "", pages);
  await setMeta(`kept:${user.id}`, { build: found.version, language: user.language, at: new Date().toISOString() } satisfies Kept);
  return true;
}

/** The pages of one safari. Once it is over they go, unless something on this phone still needs them. */
export async function keepBundle(safariId: string): Promise<boolean> {
  const user = await phoneUser();
  const found = user && (await ask(`/bundles/safaris/${safariId}`, user));
  if (!user || !found) return false;
  if (found === "gone" || !Object.keys(found.pages).length) {
    if (!(await needed(user, safariId))) await dropSafari(user.id, safariId);
    return false;
  }
  await keepPages(user.id, safariId, found.pages);
  return true;
}

/** Everything again when another build is served, in another language, or when it was long ago. */
export async function renewAll(build: string): Promise<void> {
  const user = await phoneUser();
  if (!user) return;
  const kept = await meta<Kept>(`kept:${user.id}`);
  const stale = kept?.build !== build || kept.language !== user.language || Date.now() - Date.parse(kept.at) > FRESH;
  if (!stale && (await keptPage(user.id, "/offline"))) return;
  await renewSafaris();
  await keepPhonePages();
}

/** Those that are on this phone already. */
export async function renewSafaris(): Promise<void> {
  const safaris = new Set((await keptPages()).map((page) => page.safari_id).filter(Boolean));
  for (const safari of safaris) await keepBundle(safari);
}

async function needed(user: PhoneUser, safariId: string): Promise<boolean> {
  const waiting = (await outboxOf(user.id)).filter((row) => row.safari_id === safariId && row.state !== "sent");
  return waiting.length > 0 || (await draftsOf(user.id, safariId)).length > 0;
}

async function ask(path: string, user: PhoneUser): Promise<Bundle | "gone" | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(path, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal });
    if (!answer.headers.has("klantsafari")) return null;
    if (answer.status === 404) return "gone";
    const json = answer.headers.get("content-type")?.startsWith("application/json");
    const found = answer.ok && json ? ((await answer.json()) as Bundle) : null;
    return found && (await complete(found, user)) ? found : null;
  } catch {
    return null;
  }
}

/** Made for this user, and every built file that it names is here too: half a page is no page. */
async function complete(found: Bundle, user: PhoneUser): Promise<boolean> {
  const pages = [found.pages, ...Object.values(found.guides ?? {})].flatMap((some) => Object.values(some));
  if (!pages.every((html) => html.includes(`data-user="${user.id}"`))) return false;
  const files = await Promise.all([...new Set(pages.flatMap(assetsIn))].map(stocked));
  return files.every(Boolean);
}

/** Put by hand: the first page of all stands there before its worker does. */
async function stocked(file: string): Promise<boolean> {
  const cache = await globalThis.caches?.open(ASSETS);
  if (await cache?.match(file, { ignoreVary: true })) return true;
  const answer = await fetch(file);
  const ours = answer.status === 200 && answer.headers.has("klantsafari");
  if (ours) await cache?.put(file, answer);
  return ours;
}
