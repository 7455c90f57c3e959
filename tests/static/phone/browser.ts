import "fake-indexeddb/auto";
import FDBIndex from "fake-indexeddb/lib/FDBIndex";
import FDBObjectStore from "fake-indexeddb/lib/FDBObjectStore";

/** As much of a browser as the queue needs; no timer of its own goes off, so a test decides when something is sent. */
const LONG = 1_000;
const real = { setTimeout: globalThis.setTimeout, now: Date.now };
let offset = 0;

class Silent {
  onmessage = null;
  postMessage(): void {}
}

Object.defineProperty(globalThis, "navigator", { configurable: true, value: { onLine: true } });
Object.assign(globalThis, {
  BroadcastChannel: Silent,
  addEventListener: () => undefined,
  document: { addEventListener: () => undefined, visibilityState: "visible", body: { dataset: {} } },
  setTimeout: (work: () => void, wait: number, ...rest: unknown[]) =>
    wait >= LONG ? 0 : real.setTimeout(work, wait, ...rest),
});
Date.now = () => real.now() + offset;

/** The phone's clock, so many milliseconds off. */
export function setClock(by: number): void {
  offset = by;
}

let left = Infinity;
let watcher: (shelf: string, id: string) => void = () => undefined;

/** Hears of everything that is put on the phone, the moment that it is. */
export function watchPuts(hear: typeof watcher): void {
  watcher = hear;
}

/** The phone dies after so many steps: every step of storage or network beyond throws, and what was begun is undone. */
export function dieAfter(steps: number): void {
  left = steps;
}

export function step(): void {
  left -= 1;
  if (left < 0) throw new Error("the phone is dead");
}

for (const [shelf, names] of [
  [FDBObjectStore, ["put", "add", "delete", "get", "getAll", "getAllKeys"]],
  [FDBIndex, ["getAllKeys"]],
] as const) {
  const methods = shelf.prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  for (const name of names) {
    const method = methods[name]!;
    methods[name] = function (this: unknown, ...given) {
      step();
      if (name === "put") watcher((this as unknown as IDBObjectStore).name, (given[0] as { id: string }).id);
      return method.apply(this, given);
    };
  }
}

/** An empty phone. Whoever has the database open lets go of it. */
export function wipe(): Promise<void> {
  dieAfter(Infinity);
  return new Promise((done, failed) => {
    const request = indexedDB.deleteDatabase("klantsafari");
    request.onsuccess = () => done();
    request.onerror = () => failed(request.error);
  });
}

/** The database as the first version of the app made it, with these rows. */
export function firstVersion(rows: Record<string, object[]>): Promise<void> {
  return new Promise((done, failed) => {
    const request = indexedDB.open("klantsafari", 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      for (const name of ["drafts", "outbox", "receipts"]) db.createObjectStore(name, { keyPath: "id" });
      db.createObjectStore("blobs", { keyPath: "key" }).createIndex("note_id", "note_id");
      db.createObjectStore("meta", { keyPath: "name" });
      for (const [name, some] of Object.entries(rows)) {
        for (const row of some) request.transaction?.objectStore(name).add(row);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      done();
    };
    request.onerror = () => failed(request.error);
  });
}
