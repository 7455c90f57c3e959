import { phoneUser } from "./meta";
import type { KeptPage } from "./shapes";
import { reading, writing } from "./store";

/** Where built files are kept for pages that open without a connection; also by the service worker. */
export const ASSETS = "assets";
const BUILT = /\/static\/dist\/[\w.-]+/g;

/** The built files that a page names. */
export function assetsIn(html: string): string[] {
  return [...new Set(html.match(BUILT) ?? [])].sort();
}

/** Keeps pages by path, in place of those of before; nothing for who signed out meanwhile. */
export function keepPages(userId: string, safariId: string, pages: Record<string, string>): Promise<void> {
  const kept_at = new Date().toISOString();
  return writing(["pages", "meta"], async (tx) => {
    const user = await tx.objectStore("meta").get("user");
    if ((user?.value as { id?: string } | undefined)?.id !== userId) return;
    for (const [path, html] of Object.entries(pages)) {
      const row: KeptPage = { user_id: userId, path, safari_id: safariId, html, assets: assetsIn(html), kept_at };
      await tx.objectStore("pages").put(row);
    }
  });
}

/** The page at this address, whatever its query, for who is signed in on this phone. */
export async function pageAt(address: string): Promise<KeptPage | null> {
  const user = await phoneUser();
  const path = address.split(/[?#]/)[0] ?? "";
  return user ? keptPage(user.id, path) : null;
}

export async function keptPage(userId: string, path: string): Promise<KeptPage | null> {
  return (await reading(["pages"], (tx) => tx.objectStore("pages").get([userId, path]))) ?? null;
}

/** Everything kept for who is signed in on this phone. */
export async function keptPages(): Promise<KeptPage[]> {
  const user = await phoneUser();
  return user ? pagesOf(user.id) : [];
}

export function pagesOf(userId: string): Promise<KeptPage[]> {
  return reading(["pages"], (tx) => tx.objectStore("pages").getAll(allOf(userId)));
}

export function dropPages(userId: string): Promise<void> {
  return writing(["pages"], (tx) => tx.objectStore("pages").delete(allOf(userId)));
}

export async function dropSafari(userId: string, safariId: string): Promise<void> {
  const rows = (await pagesOf(userId)).filter((row) => row.safari_id === safariId);
  await writing(["pages"], async (tx) => {
    for (const { path } of rows) await tx.objectStore("pages").delete([userId, path]);
  });
}

/** Every built file that a kept page of anybody names: none of these may be let go of. */
export async function assetsNamed(): Promise<Set<string>> {
  const rows = await reading(["pages"], (tx) => tx.objectStore("pages").getAll());
  return new Set(rows.flatMap((row) => row.assets));
}

function allOf(userId: string): IDBKeyRange {
  // An array comes after every text, so this ends behind the user's last path.
  return IDBKeyRange.bound([userId], [userId, []]);
}
