export type Kind = "interview" | "observation";
export type Fields = Record<string, string[]>;

export interface Answer {
  value: string | number | boolean | string[];
  literal?: boolean;
}

export interface Attachment {
  sha256: string;
  kind: "photo" | "voice";
  size: number;
  media_type: string;
}

/** What is being written; `screen` is where the writer was. */
export interface Draft {
  id: string;
  user_id: string;
  safari_id: string;
  kind: Kind;
  held_at: string;
  screen: number;
  fields: Fields;
  headline: string;
  literal: boolean;
  attachments: Attachment[];
  locked?: ArrayBuffer;
}

/** What can wait in the outbox: a note, or word that a safari began or ended. */
export type Errand = Kind | "opening" | "closure";

/** Something finished: `bytes` never change again and are what every try sends.
 *  `sent` means that a matching receipt is stored; the row goes after a later manifest has confirmed it. */
export interface Waiting {
  id: string;
  revision: number;
  schema: 1;
  user_id: string;
  safari_id: string;
  kind: Errand;
  held_at: string;
  headline: string;
  literal: boolean;
  declined: boolean;
  bytes: ArrayBuffer;
  sha256: string;
  attachments: (Attachment & { arrived?: boolean })[];
  state: "waiting" | "failed" | "sent";
  tries: number;
  last_error: string;
  /** The server's own code for why it refused, such as photo.broken: it decides what the person can do. */
  last_code?: string;
  /** Device time, ms: when the next try by itself may be. Rows of the first version have none. */
  next_at?: number;
  /** Set while the writer is signed out: everything they wrote is sealed with their own key. */
  locked?: ArrayBuffer;
}

/** One file of a note; `key` is note id and sha256 together. */
export interface Blobbed {
  key: string;
  note_id: string;
  user_id: string;
  sha256: string;
  part: 0;
  bytes: ArrayBuffer;
  locked?: ArrayBuffer;
}

/** Two seconds of a recording, stored at once; `recording` is the id under which its slices belong together. */
export interface Slice {
  recording: string;
  part: number;
  note_id: string;
  user_id: string;
  media_type: string;
  bytes: ArrayBuffer;
  locked?: ArrayBuffer;
}

/** A whole page of the server as it was rendered for this user, to open without a connection.
 *  `assets` are the addresses of the built files it names; `safari_id` is "" for a page of no safari. */
export interface KeptPage {
  user_id: string;
  path: string;
  safari_id: string;
  html: string;
  assets: string[];
  kept_at: string;
}

export interface Receipt {
  id: string;
  revision: number;
  sha256: string;
  server_seq: number;
  received_at: string;
}

/** How a label was meant; "as_read" takes that back. */
export type Tone = "positive" | "neutral" | "negative" | "as_read";
export type Verdict = "accept" | "reject" | "other" | "undo" | Tone;

/** What somebody decided about a suggested label: ids only, nobody's words. `seq` is the phone's own order. */
export interface Decision {
  seq?: number;
  user_id: string;
  tagging_id: string;
  verdict: Verdict;
  /** With "other": the label that does fit. */
  tag_id: string | null;
}
