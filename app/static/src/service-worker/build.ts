declare const __BUILD__: string;
declare const __NAMES__: Record<string, string>;
declare const __NEEDED__: string[];

/** Filled in by app/static/build.mjs: the build this worker belongs to, its files by plain name,
 *  and the names of those that the pages for in the field need. */
export const BUILD = __BUILD__;
export const NAMES = __NAMES__;
export const NEEDED = __NEEDED__;

export function addressOf(file: string): string {
  return `/static/dist/${file}`;
}
