import { sha256 } from "./sha256";
import type { Blobbed, Draft, Slice, Waiting } from "./shapes";

export type Sealable = Draft | Waiting | Blobbed | Slice;
export type Shelf = "drafts" | "outbox" | "blobs" | "slices";

const IV = 12;
const NOTHING = { bytes: new ArrayBuffer(0), fields: {}, headline: "", attachments: [], last_error: "" };
type Personal = keyof typeof NOTHING;

export function keyFrom(base64: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** What a row says of people goes into `locked`; who, where and when stay, so that it can be counted and kept. */
export async function sealed(shelf: Shelf, row: Sealable, key: CryptoKey): Promise<Sealable> {
  const personal = Object.keys(NOTHING).filter((name) => name in row) as Personal[];
  const { bytes = NOTHING.bytes, ...words } = Object.fromEntries(
    personal.map((name) => [name, (row as unknown as Record<Personal, unknown>)[name]]),
  ) as { bytes?: ArrayBuffer };
  const head = new TextEncoder().encode(JSON.stringify(words));
  const plain = new Uint8Array(4 + head.length + bytes.byteLength);
  new DataView(plain.buffer).setUint32(0, head.length);
  plain.set(head, 4);
  plain.set(new Uint8Array(bytes), 4 + head.length);
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: place(shelf, row) }, key, plain);
  const locked = new Uint8Array(IV + closed.byteLength);
  locked.set(iv);
  locked.set(new Uint8Array(closed), IV);
  const blank = Object.fromEntries(personal.map((name) => [name, NOTHING[name]]));
  return { ...row, ...blank, locked: locked.buffer };
}

/** Throws an OperationError under a wrong key, and a DataError when other bytes come out than went in. */
export async function opened(shelf: Shelf, row: Sealable, key: CryptoKey): Promise<Sealable> {
  const { locked, ...rest } = row;
  if (!locked) return row;
  const iv = new Uint8Array(locked, 0, IV);
  const way = { name: "AES-GCM", iv, additionalData: place(shelf, row) };
  const plain = await crypto.subtle.decrypt(way, key, new Uint8Array(locked, IV));
  const length = new DataView(plain).getUint32(0);
  const words = JSON.parse(new TextDecoder().decode(new Uint8Array(plain, 4, length))) as Partial<Sealable>;
  const bytes = plain.slice(4 + length);
  const whole = { ...rest, ...words, ...("bytes" in rest ? { bytes } : {}) } as Sealable;
  if ("sha256" in whole && (await sha256(bytes)) !== whole.sha256) throw new DOMException("", "DataError");
  return whole;
}

/** Ties what is sealed to its place and its owner: it opens nowhere else. */
function place(shelf: Shelf, row: Sealable): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify([shelf, keyOf(row), row.user_id]));
}

export function keyOf(row: Sealable): string | [string, number] {
  if ("key" in row) return row.key;
  return "recording" in row ? [row.recording, row.part] : row.id;
}
