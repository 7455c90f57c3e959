/** What there is to know about a request before anything is done with it. */
export interface Asked {
  method: string;
  mode: string;
  url: URL;
  /** Our own origin. */
  origin: string;
  range: boolean;
}

/** "leave": the browser does it as if we were not there. */
export type Answering = "leave" | "asset" | "page";

export interface Rule {
  when: (asked: Asked) => boolean;
  then: Answering;
}

/** The first rule that fits decides. */
export const RULES: readonly Rule[] = [
  { when: changesSomething, then: "leave" },
  { when: belongsToOthers, then: "leave" },
  { when: wantsAPart, then: "leave" },
  { when: under("/api", "/auth", "/session", "/health"), then: "leave" },
  { when: under("/exports", "/attachments", "/bundles", "/calendars"), then: "leave" },
  { when: namesABuiltFile, then: "asset" },
  { when: opensAPage, then: "page" },
  { when: anything, then: "leave" },
];

export function answering(asked: Asked): Answering {
  return RULES.find((rule) => rule.when(asked))?.then ?? "leave";
}

function changesSomething({ method }: Asked): boolean {
  return method !== "GET";
}

function belongsToOthers({ url, origin }: Asked): boolean {
  return url.origin !== origin;
}

function wantsAPart({ range }: Asked): boolean {
  return range;
}

function under(...folders: string[]): Rule["when"] {
  return ({ url }) => folders.some((folder) => `${decoded(url)}/`.startsWith(`${folder}/`));
}

/** The server reads `/%61pi` as `/api`, and so must we. */
function decoded({ pathname }: URL): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function namesABuiltFile({ url }: Asked): boolean {
  return nameOf(url.pathname) !== null;
}

function opensAPage({ mode }: Asked): boolean {
  return mode === "navigate";
}

function anything(): boolean {
  return true;
}

/** "app.js" for "/static/dist/app.6OCZR5YY.js"; null for what carries no hash. */
export function nameOf(path: string): string | null {
  const parts = /^\/static\/dist\/([\w-]+)\.[A-Za-z0-9]{8}(\.\w+)$/.exec(path);
  return parts ? `${parts[1]}${parts[2]}` : null;
}
