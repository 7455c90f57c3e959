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
}

/** A finished note: `bytes` never change again and are what every try sends. */
export interface Waiting {
  id: string;
  revision: 1;
  schema: 1;
  user_id: string;
  safari_id: string;
  kind: Kind;
  held_at: string;
  headline: string;
  literal: boolean;
  declined: boolean;
  bytes: ArrayBuffer;
  sha256: string;
  attachments: (Attachment & { arrived?: boolean })[];
  state: "waiting" | "failed";
  tries: number;
  last_error: string;
}

/** One file of a note; `key` is note id and sha256 together. */
export interface Blobbed {
  key: string;
  note_id: string;
  user_id: string;
  sha256: string;
  part: 0;
  bytes: ArrayBuffer;
}

export interface Receipt {
  id: string;
  revision: number;
  sha256: string;
  server_seq: number;
  received_at: string;
}
