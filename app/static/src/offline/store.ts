import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Blobbed, Decision, Draft, KeptPage, Receipt, Slice, Waiting } from "./shapes";

interface Stores extends DBSchema {
  drafts: { key: string; value: Draft };
  outbox: { key: string; value: Waiting };
  blobs: { key: string; value: Blobbed; indexes: { note_id: string } };
  receipts: { key: string; value: Receipt & { user_id: string } };
  slices: { key: [string, number]; value: Slice; indexes: { note_id: string } };
  pages: { key: [string, string]; value: KeptPage };
  decisions: { key: number; value: Decision; indexes: { user_id: string } };
  meta: { key: string; value: { name: string; value: unknown } };
}

type Name = StoreNames<Stores>;
type Database = IDBPDatabase<Stores>;
export type Writing = IDBPTransaction<Stores, Name[], "readwrite">;
type Reading = IDBPTransaction<Stores, Name[], "readonly">;

const TRIES = 3;
const LONGEST_OPENING = 4_000;
/** Trying again changes nothing about these. */
const FINAL = new Set(["ConstraintError", "QuotaExceededError", "DataError", "DataCloneError", "VersionError"]);
let connection: Promise<Database> | null = null;

function open(): Promise<Database> {
  connection ??= inTime(
    openDB<Stores>("klantsafari", 3, {
      upgrade(db, from) {
        if (from < 1) {
          db.createObjectStore("drafts", { keyPath: "id" });
          db.createObjectStore("outbox", { keyPath: "id" });
          db.createObjectStore("blobs", { keyPath: "key" }).createIndex("note_id", "note_id");
          db.createObjectStore("receipts", { keyPath: "id" });
          db.createObjectStore("meta", { keyPath: "name" });
        }
        if (from < 2) {
          db.createObjectStore("slices", { keyPath: ["recording", "part"] }).createIndex("note_id", "note_id");
          db.createObjectStore("pages", { keyPath: ["user_id", "path"] });
        }
        if (from < 3) {
          db.createObjectStore("decisions", { keyPath: "seq", autoIncrement: true }).createIndex("user_id", "user_id");
        }
      },
      blocking: forget,
      terminated: forget,
    }),
  );
  return connection;
}

/** A tab of an older version, or iOS, can keep us waiting for ever: the writer must hear that nothing is kept. */
async function inTime(opening: Promise<Database>): Promise<Database> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      void opening.then((db) => db.close()).catch(() => undefined);
      reject(new DOMException("", "TimeoutError"));
    }, LONGEST_OPENING);
  });
  return Promise.race([opening, late]).finally(() => clearTimeout(timer));
}

/** An opening that failed, on a full phone for one, must not stand as the answer for ever. */
async function opened(): Promise<boolean> {
  return (await connection?.catch(() => null)) != null;
}

function forget(): void {
  const old = connection;
  connection = null;
  void old?.then((db) => db.close()).catch(() => undefined);
}

// iOS drops connections behind our back: open again, and only then give up.
async function tried<T>(work: (db: Database) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(await open());
    } catch (error) {
      const broken = error instanceof DOMException && !FINAL.has(error.name);
      if (broken || !(error instanceof DOMException) || !(await opened())) forget();
      if (attempt === TRIES || !broken) throw error;
    }
  }
}

/** Reads; resolves with what `work` gives. */
export function reading<T>(stores: Name[], work: (tx: Reading) => Promise<T>): Promise<T> {
  return tried((db) => work(db.transaction(stores, "readonly")));
}

/** Writes; resolves only after the transaction is committed, and flushed when the row is the only copy there is.
 *  When `work` throws, nothing of it is written. */
export function writing(stores: Name[], work: (tx: Writing) => Promise<unknown>): Promise<void> {
  const durability = stores.some((name) => name !== "drafts") ? "strict" : "relaxed";
  return tried(async (db) => {
    const tx = db.transaction(stores, "readwrite", { durability });
    await Promise.all([work(tx).catch((error: unknown) => stop(tx, error)), tx.done]);
  });
}

function stop(tx: Writing, error: unknown): never {
  tx.done.catch(() => undefined);
  try {
    tx.abort();
  } catch {
    // A failed request has ended it already.
  }
  throw error;
}

/** No room on the phone, which its owner can do something about. */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
