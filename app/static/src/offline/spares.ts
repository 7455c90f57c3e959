import { meta } from "./meta";
import { keyOf, type Sealable, sealed, type Shelf } from "./sealing";
import type { Waiting } from "./shapes";

let last: Promise<void> = Promise.resolve();

/** One after the other: of two copies of one draft the later must win. */
function inOrder(work: () => Promise<void>): Promise<void> {
  last = last.then(work, work);
  return last;
}

/** A second copy of what waits, sealed, in files of its own: a browser whose disk is full to the last byte may throw
 *  its whole database away. Where there are no such files, or no key yet, there is just the first copy. */
export function keepSpare(shelf: Shelf, row: Sealable): Promise<void> {
  return inOrder(() => kept(shelf, row));
}

async function kept(shelf: Shelf, row: Sealable): Promise<void> {
  try {
    const key = await meta<CryptoKey>(`key:${row.user_id}`);
    const folder = key && (await folderOf(row.user_id, true));
    if (!key || !folder) return;
    const { locked, ...rest } = row.locked ? row : await sealed(shelf, row, key);
    const file = await folder.getFileHandle(named(shelf, String(keyOf(row))), { create: true });
    const writable = await file.createWritable();
    await writable.write(packed(rest, locked as ArrayBuffer));
    await writable.close();
  } catch {
    return;
  }
}

/** Of one note, and of its files. */
export function dropSpares({ id, user_id, attachments }: Waiting): Promise<void> {
  const files = attachments.map(({ sha256 }) => named("blobs", `${id}/${sha256}`));
  return inOrder(async () => {
    for (const name of [named("outbox", id), ...files]) await dropSpare(user_id, name);
  });
}

export function dropDraftSpare(userId: string, draftId: string): Promise<void> {
  return inOrder(() => dropSpare(userId, named("drafts", draftId)));
}

export async function dropSpare(userId: string, name: string): Promise<void> {
  const folder = await folderOf(userId).catch(() => null);
  await folder?.removeEntry(name).catch(() => undefined);
}

export interface Spare {
  name: string;
  shelf: Shelf;
  read: () => Promise<Sealable | null>;
}

export async function sparesOf(userId: string): Promise<Spare[]> {
  const found: Spare[] = [];
  try {
    for await (const handle of (await folderOf(userId))?.values() ?? []) {
      if (handle.kind !== "file") continue;
      const file = handle as FileSystemFileHandle;
      found.push({ name: file.name, shelf: file.name.split("_")[0] as Shelf, read: () => unpacked(file) });
    }
  } catch {
    return found;
  }
  return found;
}

/** Null where the browser has no files for us, or none of this user. */
async function folderOf(userId: string, create = false): Promise<FileSystemDirectoryHandle | null> {
  const root = await navigator.storage?.getDirectory?.();
  if (!root) return null;
  return root.getDirectoryHandle(`spares-${userId}`, { create });
}

function named(shelf: Shelf, key: string): string {
  return `${shelf}_${key.replace(/[^\w-]/g, "_")}`;
}

function packed(rest: object, locked: ArrayBuffer): ArrayBuffer {
  const head = new TextEncoder().encode(JSON.stringify(rest, (name, value: unknown) => (name === "bytes" ? null : value)));
  const whole = new Uint8Array(4 + head.length + locked.byteLength);
  new DataView(whole.buffer).setUint32(0, head.length);
  whole.set(head, 4);
  whole.set(new Uint8Array(locked), 4 + head.length);
  return whole.buffer;
}

/** Null for a file that was cut off while it was written. */
async function unpacked(file: FileSystemFileHandle): Promise<Sealable | null> {
  try {
    const bytes = await (await file.getFile()).arrayBuffer();
    const length = new DataView(bytes).getUint32(0);
    const row = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length))) as Sealable;
    return { ...row, bytes: new ArrayBuffer(0), locked: bytes.slice(4 + length) } as Sealable;
  } catch {
    return null;
  }
}
