/** Why a kept page stands in for the server's. */
export type Reason = "offline" | "stalled" | "portal" | "broken" | "signed_out" | "unheard";

/** What matters of an answer to a navigation: did it come from us, and where did it end. */
export interface Answered {
  status: number;
  ours: boolean;
  /** The path at which redirects ended; null when there were none. */
  movedTo: string | null;
}

/** "give" the answer, "move" the reader to where it was found, or keep to the kept page, and why.
 *  Only for a path that has something kept. */
export function judged({ status, ours, movedTo }: Answered): "give" | "move" | Reason {
  if (status >= 500) return "broken";
  if (!ours) return "portal";
  // A safari that began on this phone, and that the server has yet to hear of.
  if (status === 404) return "unheard";
  if (movedTo === null) return "give";
  return movedTo === "/login" ? "signed_out" : "move";
}
