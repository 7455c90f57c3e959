import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Blobbed, Draft, KeptPage, Receipt, Slice, Waiting } from "./shapes";

interface Stores extends DBSchema {
  drafts: { key: string; value: Draft };
  outbox: { key: string; value: Waiting };
  blobs: { key: string; value: Blobbed; indexes: { note_id: string } };
  receipts: { key: string; value: Receipt & { user_id: string } };
  slices: { key: [string, number]; value: Slice; indexes: { note_id: string } };
  pages: { key: [string, string]; value: KeptPage };
  meta: { key: string; value: { name: string; value: unknown } };
}

type Name = StoreNames<Stores>;
type Writing = IDBPTransaction<Stores, Name[], "readwrite">;
type Reading = IDBPTransaction<Stores, Name[], "readonly">;

const TRIES = 3;
let connection: Promise<IDBPDatabase<Stores>> | null = null;

function open(): Promise<IDBPDatabase<Stores>> {
  connection ??= openDB<Stores>("klantsafari", 2, {
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
    },
    blocking: forget,
    terminated: forget,
  });
  return connection;
}

function forget(): void {
  const old = connection;
  connection = null;
  void old?.then((db) => db.close()).catch(() => undefined);
}

// iOS drops connections behind our back: open again, and only then give up.
async function tried<T>(work: (db: IDBPDatabase<Stores>) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(await open());
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (attempt === TRIES || name === "ConstraintError" || name === "QuotaExceededError") throw error;
      forget();
    }
  }
}

/** Reads; resolves with what `work` gives. */
export function reading<T>(stores: Name[], work: (tx: Reading) => Promise<T>): Promise<T> {
  return tried((db) => work(db.transaction(stores, "readonly")));
}

/** Writes; resolves only after the transaction is committed, and flushed when the row is the only copy there is. */
export function writing(stores: Name[], work: (tx: Writing) => Promise<unknown>): Promise<void> {
  const durability = stores.some((name) => name !== "drafts") ? "strict" : "relaxed";
  return tried(async (db) => {
    const tx = db.transaction(stores, "readwrite", { durability });
    await Promise.all([work(tx), tx.done]);
  });
}
