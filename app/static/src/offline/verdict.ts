import type { Receipt } from "./shapes";

/** An answer of whoever answered: our server, or a captive portal. `retryAfter`: milliseconds, when it said so. */
export interface Reply {
  status: number;
  type: string;
  body: unknown;
  retryAfter?: number;
}

/** `code` is the server's own name for why; "" when it gave none. */
export type Verdict =
  | { outcome: "received"; receipt: Receipt }
  | { outcome: "later" }
  | { outcome: "paused" }
  | { outcome: "refused"; reason: string; code: string };

const LATER = new Set([408, 425, 429]);
/** Too much of one note, or of one person's that do not fit: a person must act first, and other work goes on. */
const FULL = new Set(["quarantine.full", "note.too_many_versions"]);
const SHORTEST = 2_000;
export const LONGEST = 300_000;

export function isJson(type: string): boolean {
  return type.split(";")[0]?.trim() === "application/json";
}

/** The server's own refusal, in its words; null when these are not the words of our server. */
export function refusalIn(reply: Reply): { reason: string; code: string } | null {
  if (!isJson(reply.type)) return null;
  const error = (reply.body as { error?: Partial<Fault> } | null)?.error;
  if (typeof error?.message !== "string") return null;
  const fields = Object.values(error.fields ?? {});
  const reason = [error.message, ...fields.map((field) => field.message ?? "")].join(" ").trim();
  // Of something that is wrong with a field, the field says what.
  const code = (error.code === "invalid" && fields.find((field) => field.code)?.code) || error.code;
  return { reason, code: typeof code === "string" ? code : "" };
}

interface Fault {
  code: string;
  message: string;
  fields: Record<string, { code?: string; message?: string }> | null;
}

/** The server can take nothing in now, whatever is sent. */
export function asksRest(reply: Reply | null): reply is Reply {
  return reply !== null && reply.status >= 429 && !FULL.has(refusalIn(reply)?.code ?? "");
}

function judge(reply: Reply, proof: (body: unknown) => Receipt | null): Verdict {
  const { status } = reply;
  const refusal = refusalIn(reply);
  if ((status === 200 || status === 201) && isJson(reply.type) && reply.body) {
    const receipt = proof(reply.body);
    if (receipt) return { outcome: "received", receipt };
  }
  // Somebody else is signed in: nothing is wrong with the note, it waits for its author.
  if (refusal && (status === 401 || refusal.code === "note.wrong_author")) return { outcome: "paused" };
  const passing = LATER.has(status) && !FULL.has(refusal?.code ?? "");
  if (refusal && status >= 400 && status < 500 && !passing) return { outcome: "refused", ...refusal };
  // Everything else is not a word of our server about this note.
  return { outcome: "later" };
}

/** Only a JSON receipt whose id, revision and sha256 are our own counts as proof. */
export function noteVerdict(reply: Reply, sent: { id: string; revision: number; sha256: string }): Verdict {
  return judge(reply, (body) => (proves(body, sent) ? body : null));
}

export function proves(body: unknown, sent: { id: string; revision: number; sha256: string }): body is Receipt {
  const said = body as (Partial<Receipt> & { state?: string }) | null;
  const same = said?.id === sent.id && said.revision === sent.revision && said.sha256 === sent.sha256;
  return same && said.state !== "quarantined";
}

/** A file that the server no longer finds a place for, or that came in damaged, is sent again. */
export function blobVerdict(reply: Reply, sent: { id: string; sha256: string }): Verdict {
  const verdict = judge(reply, (body) => {
    const said = body as { sha256?: string; state?: string };
    const here = said.sha256 === sent.sha256 && said.state === "have";
    return here ? { ...sent, revision: 1, server_seq: 0, received_at: "" } : null;
  });
  const passing = verdict.outcome === "refused" && (reply.status === 404 || verdict.code === "blob.wrong_hash");
  return passing ? { outcome: "later" } : verdict;
}

/** Full jitter: milliseconds until the next try, between 2 seconds and 5 minutes. */
export function pauseBefore(tries: number, random: number = Math.random()): number {
  const most = Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 10));
  return Math.max(SHORTEST, Math.round(random * most));
}
