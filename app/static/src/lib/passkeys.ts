/** Passkeys between the browser's bytes and the server's base64url. `toJSON` and `parse…FromJSON` came to Safari in 18.4. */

export interface Question {
  publicKey: Record<string, unknown>;
  ticket: string;
}

interface Named {
  id: string;
}

export function bytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

export function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** The options with bytes where the browser wants them. */
export function opened(options: Record<string, unknown>): Record<string, unknown> {
  const made: Record<string, unknown> = { ...options, challenge: bytes(String(options.challenge)) };
  const user = options.user as Named | undefined;
  if (user) made.user = { ...user, id: bytes(user.id) };
  for (const name of ["allowCredentials", "excludeCredentials"]) {
    const known = options[name] as Named[] | undefined;
    if (known) made[name] = known.map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return made;
}

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"] as const;

export function written(credential: PublicKeyCredential): string {
  const given = credential.response as unknown as Record<string, ArrayBuffer | null | undefined>;
  const response: Record<string, string> = {};
  for (const part of PARTS) {
    const found = given[part];
    if (found) response[part] = text(found);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}
