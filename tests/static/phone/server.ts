import { sha256 } from "../../../app/static/src/offline/sha256";
import { step } from "./browser";

/** What may stand between the phone and an honest answer. */
export const MOODS = [
  "honest", "cut before", "cut after", "portal", "html 404", "html 502", "no body", "wrong hash", "wrong id",
  "other revision", "no state", "lies", 401, 403, 404, 409, 410, 413, 422, 429, 500, 503,
] as const;
export type Mood = (typeof MOODS)[number];

interface Held {
  user: string;
  revision: number;
  sha256: string;
  announced: string[];
  files: Set<string>;
}

export interface Request {
  method: string;
  path: string;
  user: string | null;
  ids: string[];
}

/** Keeps what comes in and says what it has, unless its mood is otherwise. `cookie` is who is signed in. */
export class Server {
  cookie: string | null = null;
  moods: Mood[] = [];
  held = new Map<string, Held>();
  safaris = new Map<string, Held>();
  /** Notes that it refuses, whatever its mood: the status. */
  refused = new Map<string, number>();
  requests: Request[] = [];
  /** What the phone was told of each note, and by which request. */
  said: { at: number; id: string; state: string; sha256: string; revision: number; missing: number }[] = [];

  readonly fetch = async (address: string, options: RequestInit): Promise<Response> => {
    step();
    const mood = this.moods.shift() ?? "honest";
    const { method = "GET", body } = options;
    const path = new URL(address, "http://phone").pathname;
    if (mood === "cut before") throw new TypeError("cut");
    if (mood === "portal") return new Response("<h1>Gratis wifi</h1>", { headers: { "content-type": "text/html" } });
    if (typeof mood === "string" && mood.startsWith("html")) {
      return new Response("<h1>Nee</h1>", { status: Number(mood.slice(5)), headers: { "content-type": "text/html" } });
    }
    const at = this.requests.length + 1;
    const meant = (options.headers as Record<string, string> | undefined)?.["klantsafari-user"] ?? this.cookie;
    const [status, answer] =
      meant === this.cookie
        ? await this.#answer(method, path, body ?? "", mood)
        : [401, problem("not_signed_in")];
    step();
    if (mood === "cut after") throw new TypeError("cut");
    if (mood === "no body") return new Response(null, { status: status < 300 ? status : 200, headers: { "content-type": "application/json" } });
    if (path.endsWith("/manifest")) this.#note(at, answer);
    return new Response(JSON.stringify(answer), {
      status,
      headers: { "content-type": "application/json", ...(status === 429 ? { "retry-after": "30" } : {}) },
    });
  };

  async #answer(method: string, path: string, body: BodyInit, mood: Mood): Promise<[number, object]> {
    const bytes = typeof body === "string" ? body : new TextDecoder().decode(body as ArrayBuffer);
    const asked = path.endsWith("/manifest") || path.endsWith("/sync") ? (JSON.parse(bytes) as never) : null;
    const list: { id: string }[] = path.endsWith("/sync") ? (asked as unknown as { notes: { id: string }[] }).notes : (asked ?? []);
    const ids = asked ? list.map((one) => one.id) : [path.split("/")[4] ?? ""];
    this.requests.push({ method, path, user: this.cookie, ids });
    if (!this.cookie) return [401, problem("not_signed_in")];
    if (typeof mood === "number") return [mood, problem(`code.${mood}`)];
    if (path.endsWith("/phone-key")) return [200, { key: keyFor(this.cookie), user_id: this.cookie }];
    if (path.endsWith("/manifest")) return [200, { notes: list.map((one) => this.#state(one as never, mood)) }];
    if (path.endsWith("/sync")) {
      const results = [];
      for (const one of list as { id: string; bytes: string }[]) {
        const [status, said] = await this.#keep(this.held, one.id, one.bytes, mood);
        results.push({ id: one.id, status, receipt: status < 300 ? said : null, error: status < 300 ? null : (said as { error: object }).error });
      }
      return [200, { results }];
    }
    if (path.includes("/blobs/")) return this.#file(path, body as ArrayBuffer);
    return this.#keep(path.includes("/safaris/") ? this.safaris : this.held, path.replace(/.*(field-notes|safaris)\//, ""), bytes, mood);
  }

  async #keep(shelf: Map<string, Held>, id: string, bytes: string, mood: Mood): Promise<[number, object]> {
    const note = JSON.parse(bytes) as { author_id?: string; revision?: number; attachments?: { sha256: string }[] };
    const hash = await sha256(new TextEncoder().encode(bytes));
    if (note.author_id && note.author_id !== this.cookie) return [403, problem("note.wrong_author")];
    const refusal = this.refused.get(id);
    if (refusal) return [refusal, problem(`code.${refusal}`)];
    const there = shelf.get(id);
    if (there && there.sha256 !== hash) return [409, problem("note.differs")];
    const announced = (note.attachments ?? []).map((file) => file.sha256);
    const held = there ?? { user: this.cookie ?? "", revision: note.revision ?? 1, sha256: hash, announced, files: new Set<string>() };
    shelf.set(id, held);
    return [there ? 200 : 201, bent(receiptOf(id.replace("/closure", ""), held), mood)];
  }

  async #file(path: string, body: ArrayBuffer): Promise<[number, object]> {
    const [id = "", hash = ""] = path.replace(/.*field-notes\//, "").split("/blobs/");
    const note = this.held.get(id);
    if (!note) return [404, problem("not_found")];
    if ((await sha256(body)) !== hash) return [422, problem("blob.wrong_hash")];
    note.files.add(hash);
    return [201, { sha256: hash, state: "have" }];
  }

  #state({ id, revision, sha256: hash }: { id: string; revision: number; sha256: string }, mood: Mood): object {
    const held = this.held.get(id);
    if (mood === "lies") return { id, state: "have", missing: [], receipt: { id, revision, sha256: "0".repeat(64) } };
    if (mood === "no state") return { id };
    if (!held) return { id, state: "unknown", missing: [], receipt: null };
    if (held.sha256 !== hash || held.revision !== revision) return { id, state: "differs", missing: [], receipt: null };
    const missing = held.announced.filter((file) => !held.files.has(file));
    return { id, state: "have", missing, receipt: bent(receiptOf(id, held), mood) };
  }

  #note(at: number, answer: object): void {
    for (const one of (answer as { notes?: { id: string; state?: string; missing?: string[]; receipt?: Held }[] }).notes ?? []) {
      const { id, state = "", missing = [], receipt } = one;
      this.said.push({ at, id, state, sha256: receipt?.sha256 ?? "", revision: receipt?.revision ?? 0, missing: missing.length });
    }
  }
}

function keyFor(user: string): string {
  return Buffer.from(user.padEnd(32, "#")).toString("base64");
}

function receiptOf(id: string, { revision, sha256: hash }: Held): object {
  return { id, revision, sha256: hash, server_seq: 1, received_at: "2026-11-24T10:00:00Z", state: "recorded", attachments: [] };
}

function bent(receipt: object, mood: Mood): object {
  if (mood === "wrong hash") return { ...receipt, sha256: "f".repeat(64) };
  if (mood === "wrong id") return { ...receipt, id: "0190a000-0000-7000-8000-00000000dead" };
  return mood === "other revision" ? { ...receipt, revision: 9 } : receipt;
}

function problem(code: string): object {
  return { error: { code, message: "Dat lukt zo niet.", fields: {} } };
}
