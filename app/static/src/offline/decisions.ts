import type { Decision } from "./shapes";
import { reading, writing } from "./store";

/** Resolves once it is stored; sending comes after. */
export function keepDecision(decision: Decision): Promise<void> {
  return writing(["decisions"], (tx) => tx.objectStore("decisions").add(decision));
}

/** What this user decided and the server has not answered yet, in the order in which it was decided. */
export function decisionsOf(userId: string): Promise<Decision[]> {
  return reading(["decisions"], (tx) => tx.objectStore("decisions").index("user_id").getAll(userId));
}

/** Those that the server answered, whatever it said. */
export function answered(decisions: Decision[]): Promise<void> {
  return writing(["decisions"], async (tx) => {
    for (const { seq } of decisions) if (seq !== undefined) await tx.objectStore("decisions").delete(seq);
  });
}

/** At signing out, after a last try to send them. */
export async function dropDecisions(userId: string): Promise<void> {
  await answered(await decisionsOf(userId));
}
