import type { Receipt } from "./shapes";

/** An answer of whoever answered: our server, or a captive portal. */
export interface Reply {
  status: number;
  type: string;
  body: unknown;
}

export type Verdict =
  | { outcome: "received"; receipt: Receipt }
  | { outcome: "later" }
  | { outcome: "paused" }
  | { outcome: "refused"; reason: string };

const LATER = new Set([408, 425, 429]);
const SHORTEST = 2_000;
const LONGEST = 300_000;

function isJson(type: string): boolean {
  return type.split(";")[0]?.trim() === "application/json";
}

function reasonIn(body: unknown): string | null {
  const error = (body as { error?: { message?: unknown; fields?: Record<string, { message?: string }> } } | null)?.error;
  const fields = Object.values(error?.fields ?? {}).map((field) => field.message ?? "");
  return typeof error?.message === "string" ? [error.message, ...fields].join(" ").trim() : null;
}

function judge<T>(reply: Reply, received: (body: T) => Receipt | null): Verdict {
  const { status } = reply;
  const json = isJson(reply.type);
  const reason = json ? reasonIn(reply.body) : null;
  if ((status === 200 || status === 201) && json && reply.body) {
    const receipt = received(reply.body as T);
    if (receipt) return { outcome: "received", receipt };
  }
  if (status === 401 && reason !== null) return { outcome: "paused" };
  if (status >= 400 && status < 500 && !LATER.has(status) && reason !== null) return { outcome: "refused", reason };
  // Everything else is not a word of our server about this note.
  return { outcome: "later" };
}

/** Only a JSON receipt whose id and sha256 are our own counts as proof. */
export function noteVerdict(reply: Reply, sent: { id: string; sha256: string }): Verdict {
  return judge<Receipt>(reply, (body) => (body.id === sent.id && body.sha256 === sent.sha256 ? body : null));
}

export function blobVerdict(reply: Reply, sent: { id: string; sha256: string }): Verdict {
  return judge<{ sha256?: string }>(reply, (body) =>
    body.sha256 === sent.sha256
      ? { id: sent.id, revision: 1, sha256: sent.sha256, server_seq: 0, received_at: "" }
      : null,
  );
}

/** Full jitter: milliseconds until the next try, between 2 seconds and 5 minutes. */
export function pauseBefore(tries: number, random: number = Math.random()): number {
  const most = Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10));
  return Math.max(SHORTEST, Math.round(random * most));
}
