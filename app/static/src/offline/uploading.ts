import { deviceId } from "./meta";
import { sha256 } from "./sha256";
import type { Attachment } from "./shapes";
import type { Reply } from "./verdict";

/** A file of at most this many bytes goes in one piece. It gets through within a minute on the slowest connection. */
export const PART = 256_000;
const LARGEST_PART = 4_000_000;
/** Milliseconds: a part that took less may be followed by one twice as large. */
const BRISK = 4_000;
const MOST_STUMBLES = 3;
const TIMEOUT = 20_000;

type Put = (address: string, body: ArrayBuffer, headers: Record<string, string>) => Promise<Reply | null>;
/** How many bytes the server has; null when nobody answers. */
type Ask = (address: string) => Promise<number | "all" | null>;

/** Sends one file of a note and goes on where an earlier try was cut off.
 *  Gives the server's last word, for `blobVerdict`; null when there was none, or none that made sense: try later. */
export async function sendFile(
  noteId: string,
  file: Attachment,
  bytes: ArrayBuffer,
  put: Put,
  ask: Ask = askOffset,
): Promise<Reply | null> {
  const address = `/api/v1/field-notes/${noteId}/blobs/${file.sha256}`;
  const headers = { "content-type": file.media_type || "application/octet-stream" };
  const whole = bytes.byteLength <= PART;
  const reply = whole ? await put(address, bytes, headers) : await inParts(address, file.sha256, bytes, headers, put, ask);
  const damaged = reply !== null && isWrongHash(reply) && (await sha256(bytes)) === file.sha256;
  // Damaged on the way, not here: the next try begins anew.
  return damaged ? null : reply;
}

async function inParts(
  address: string,
  hash: string,
  bytes: ArrayBuffer,
  headers: Record<string, string>,
  put: Put,
  ask: Ask,
): Promise<Reply | null> {
  let size = PART;
  for (let stumbles = 0, asks = true, offset = 0; stumbles <= MOST_STUMBLES; ) {
    if (asks) {
      const here = await ask(address);
      if (here === null) return null;
      // An empty last part makes the server say in its own words that it has the file: no portal can.
      offset = here === "all" ? bytes.byteLength : Math.min(here, bytes.byteLength);
    }
    const began = performance.now();
    const body = bytes.slice(offset, offset + size);
    const reply = await put(address, body, { ...headers, "upload-offset": String(offset) });
    asks = reply?.status === 409;
    if (asks) stumbles += 1;
    else if (reply?.status === 202) {
      const next = offsetIn(reply, hash);
      if (next === null || next <= offset || next > bytes.byteLength) return null;
      offset = next;
      size = performance.now() - began < BRISK ? Math.min(size * 2, LARGEST_PART) : PART;
    } else return reply;
  }
  return null;
}

function offsetIn({ body }: Reply, sha256: string): number | null {
  const said = body as { sha256?: unknown; offset?: unknown } | null;
  const known = said?.sha256 === sha256 && Number.isSafeInteger(said.offset) && Number(said.offset) >= 0;
  return known ? Number(said.offset) : null;
}

function isWrongHash({ status, body }: Reply): boolean {
  const fields = (body as { error?: { fields?: { sha256?: { code?: string } } } } | null)?.error?.fields;
  return status === 422 && fields?.sha256?.code === "blob.wrong_hash";
}

async function askOffset(address: string): Promise<number | "all" | null> {
  try {
    const answer = await fetch(address, {
      method: "HEAD",
      headers: { "klantsafari-device": await deviceId() },
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.status === 200) return "all";
    const offset = Number(answer.headers.get("upload-offset") ?? 0);
    return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
  } catch {
    return null;
  }
}
