/** How far a file is that is being sent from this tab: bytes that the server has, of all. */
export interface Underway {
  id: string;
  sha256: string;
  here: number;
  size: number;
}

const listeners = new Set<(underway: Underway) => void>();

export function onUnderway(listener: (underway: Underway) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellUnderway(underway: Underway): void {
  for (const listener of listeners) listener(underway);
}

/** Whole percents; 100 only when everything is there. */
export function percentOf({ here, size }: Pick<Underway, "here" | "size">): number {
  return size > 0 ? Math.max(0, Math.min(100, Math.floor((here / size) * 100))) : 0;
}
