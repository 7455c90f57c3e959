import { keptPages } from "../offline/pages";
import type { KeptPage } from "../offline/shapes";

/** Where an address that only leads on would lead to, by what this phone has: the safari kept last. */
export function leadingTo(path: string, kept: readonly KeptPage[]): string | null {
  if (path === "/") return kept.some((page) => page.path === "/today") ? "/today" : null;
  if (path !== "/go" && path !== "/go/observation") return null;
  const fields = kept.filter((page) => page.path === `/safaris/${page.safari_id}`);
  const last = fields.reduce<KeptPage | null>((a, b) => (a && a.kept_at > b.kept_at ? a : b), null);
  const wanted = last && (path === "/go" ? last.path : `${last.path}/observations/new`);
  return [wanted, "/safaris/new"].find((to) => kept.some((page) => page.path === to)) ?? null;
}

export async function detour(path: string): Promise<string | null> {
  return path === "/" || path.startsWith("/go") ? leadingTo(path, await keptPages()) : null;
}
