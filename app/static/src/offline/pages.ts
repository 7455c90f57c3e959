import { phoneUser } from "./meta";
import type { KeptPage } from "./shapes";
import { reading } from "./store";

/** The kept page of who is signed in on this phone; a query string is not part of `path`. */
export async function pageAt(path: string): Promise<KeptPage | null> {
  const user = await phoneUser();
  if (!user) return null;
  return (await reading(["pages"], (tx) => tx.objectStore("pages").get([user.id, path]))) ?? null;
}

/** Everything kept for who is signed in on this phone. */
export async function keptPages(): Promise<KeptPage[]> {
  const user = await phoneUser();
  if (!user) return [];
  return reading(["pages"], (tx) => tx.objectStore("pages").getAll(IDBKeyRange.bound([user.id], [user.id, []])));
}

/** The addresses of built files that any page on this phone needs, whoever it was kept for. */
export async function assetsNamed(): Promise<Set<string>> {
  const all = await reading(["pages"], (tx) => tx.objectStore("pages").getAll());
  return new Set(all.flatMap((page) => page.assets));
}
