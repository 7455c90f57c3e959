import { reading, writing } from "./store";
import { uuid7 } from "./uuid";

/** Who is signed in on this phone, as the last page said; null after signing out. */
export interface PhoneUser {
  id: string;
  name: string;
  language: string;
}

export async function meta<T>(name: string): Promise<T | null> {
  const row = await reading(["meta"], (tx) => tx.objectStore("meta").get(name));
  return (row?.value as T | undefined) ?? null;
}

export function setMeta(name: string, value: unknown): Promise<void> {
  return writing(["meta"], (tx) => tx.objectStore("meta").put({ name, value }));
}

export function dropMeta(name: string): Promise<void> {
  return writing(["meta"], (tx) => tx.objectStore("meta").delete(name));
}

export function phoneUser(): Promise<PhoneUser | null> {
  return meta<PhoneUser>("user");
}

/** This browser's own id: made once, never a person's. */
export async function deviceId(): Promise<string> {
  let id = await meta<string>("device");
  if (id) return id;
  await writing(["meta"], async (tx) => {
    const store = tx.objectStore("meta");
    const known = await store.get("device");
    id = known ? (known.value as string) : uuid7();
    if (!known) await store.put({ name: "device", value: id });
  });
  return id ?? "";
}
