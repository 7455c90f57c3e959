import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sha256 } from "../../app/static/src/offline/sha256";
import type { Attachment } from "../../app/static/src/offline/shapes";
import { PART, sendFile } from "../../app/static/src/offline/uploading";
import type { Reply } from "../../app/static/src/offline/verdict";

const NOTE = "0190a000-0000-7000-8000-000000000001";
const photo = new Uint8Array(5 * PART + 123).map((_, i) => (i * 31 + (i >> 9)) % 251).buffer;
const voice = new Uint8Array(1000).map((_, i) => i % 200).buffer;

function reply(status: number, body: unknown): Reply {
  return { status, type: "application/json", body };
}

async function named(bytes: ArrayBuffer): Promise<Attachment> {
  return { sha256: await sha256(bytes), kind: "photo", size: bytes.byteLength, media_type: "image/jpeg" };
}

/** The server's half of the contract; `break_` may cut what comes in, or spoil it. */
class Server {
  here = new Uint8Array(0);
  have = false;
  sent = 0;
  puts = 0;
  constructor(
    readonly file: Attachment,
    readonly cut: (put: number) => "no" | "before" | "half" | "after" | "spoilt" = () => "no",
  ) {}

  put = async (_: string, body: ArrayBuffer, headers: Record<string, string>): Promise<Reply | null> => {
    const cut = this.cut((this.puts += 1));
    this.sent += body.byteLength;
    if (cut === "before") return null;
    const offset = "upload-offset" in headers ? Number(headers["upload-offset"]) : null;
    const came = new Uint8Array(cut === "half" ? body.slice(0, body.byteLength / 2) : body.slice(0));
    if (cut === "spoilt") came[7] = (came[7] ?? 0) ^ 1;
    const answer = await this.take(came, offset);
    return cut === "no" || cut === "spoilt" ? answer : null;
  };

  async take(came: Uint8Array, offset: number | null): Promise<Reply> {
    const { file } = this;
    if (this.have) return reply(200, { sha256: file.sha256, state: "have" });
    if (offset !== null && offset !== this.here.length) return reply(409, { error: { code: "blob.wrong_offset", message: "Al hier." } });
    this.here = new Uint8Array([...(offset === null ? [] : this.here), ...came]);
    if (offset !== null && came.length && this.here.length < file.size) {
      return reply(202, { sha256: file.sha256, state: "partial", offset: this.here.length });
    }
    if ((await sha256(this.here)) !== file.sha256) {
      this.here = new Uint8Array(0);
      return reply(422, { error: { code: "invalid", message: "Klopt niet.", fields: { sha256: { code: "blob.wrong_hash", message: "Stuk." } } } });
    }
    this.have = true;
    return reply(201, { sha256: file.sha256, state: "have" });
  }

  ask = async (): Promise<number | "all"> => (this.have ? "all" : this.here.length);
}

async function untilThere(server: Server, bytes: ArrayBuffer, tries = 40): Promise<number> {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const answer = await sendFile(NOTE, server.file, bytes, server.put, server.ask);
    if (answer && (answer.status === 200 || answer.status === 201)) return attempt;
    assert.equal(answer, null);
  }
  return Infinity;
}

let file: Attachment;
beforeEach(async () => {
  file = await named(photo);
});

test("a small file goes in one piece, without a question before it", async () => {
  const server = new Server(await named(voice));
  const answer = await sendFile(NOTE, server.file, voice, server.put, () => assert.fail("asked"));
  assert.equal(answer?.status, 201);
  assert.equal(server.puts, 1);
});

test("a large file goes in parts that grow while the connection is brisk", async () => {
  const server = new Server(file);
  assert.equal((await sendFile(NOTE, file, photo, server.put, server.ask))?.status, 201);
  assert.equal(server.sent, photo.byteLength);
  assert.equal(server.puts, 3);
});

for (const how of ["before", "half", "after"] as const) {
  for (let at = 1; at <= 4; at += 1) {
    test(`cut off ${how} part ${at} was taken in, it goes on where it stopped`, async () => {
      const server = new Server(file, (put) => (put === at ? how : "no"));
      assert.ok((await untilThere(server, photo)) <= 2);
      assert.equal(await sha256(server.here), file.sha256);
      assert.ok(server.sent <= photo.byteLength + 3 * PART * 2 ** at, `${server.sent} bytes`);
    });
  }
}

test("cut off at every other part it still arrives, whole", async () => {
  const server = new Server(file, (put) => (put % 2 ? "half" : "no"));
  assert.ok((await untilThere(server, photo)) < 40);
  assert.equal(await sha256(server.here), file.sha256);
});

test("spoilt on the way is a matter for later, and begins anew", async () => {
  for (const bytes of [photo, voice]) {
    const server = new Server(await named(bytes), (put) => (put === 1 ? "spoilt" : "no"));
    assert.equal(await untilThere(server, bytes), 2);
    assert.equal(await sha256(server.here), server.file.sha256);
  }
});

test("spoilt on the phone itself is said, and not tried for ever", async () => {
  const server = new Server({ ...(await named(voice)), sha256: "0".repeat(64) });
  assert.equal((await sendFile(NOTE, server.file, voice, server.put, server.ask))?.status, 422);
});

test("a second phone with the same file makes neither of them begin anew", async () => {
  const server = new Server(file);
  const other = server.put;
  server.put = async (address, body, headers) => {
    if (server.puts === 1) await server.take(new Uint8Array(photo.slice(server.here.length, server.here.length + 99)), server.here.length);
    return other(address, body, headers);
  };
  assert.equal((await sendFile(NOTE, file, photo, server.put, server.ask))?.status, 201);
  assert.equal(await sha256(server.here), file.sha256);
});

test("a portal that says yes to everything is not believed", async () => {
  const page: Reply = { status: 200, type: "text/html", body: null };
  const answer = await sendFile(NOTE, file, photo, async () => page, async () => "all");
  assert.deepEqual(answer, page);
});

test("an offset that makes no sense is nobody's word: later", async () => {
  for (const offset of [-1, 0, 1.5, photo.byteLength + 1, "7", null]) {
    const answer = await sendFile(NOTE, file, photo, async () => reply(202, { sha256: file.sha256, state: "partial", offset }), async () => 0);
    assert.equal(answer, null);
  }
  const others = await sendFile(NOTE, file, photo, async () => reply(202, { sha256: "1", offset: PART }), async () => 0);
  assert.equal(others, null);
});

test("told again and again that it begins elsewhere, it leaves it for later", async () => {
  let asked = 0;
  const put = async (): Promise<Reply> => reply(409, { error: { code: "blob.wrong_offset", message: "Al hier." } });
  assert.equal(await sendFile(NOTE, file, photo, put, async () => (asked += 1)), null);
  assert.ok(asked < 6);
});

test("nobody there to ask: later, and not a byte is sent", async () => {
  assert.equal(await sendFile(NOTE, file, photo, () => assert.fail("sent"), async () => null), null);
});

test("a refusal in the server's own words is handed on as it is", async () => {
  const refused = reply(422, { error: { code: "invalid", message: "Er klopt iets niet.", fields: { photo: { code: "photo.broken", message: "Deze foto is stuk." } } } });
  assert.deepEqual(await sendFile(NOTE, file, photo, async () => refused, async () => 0), refused);
});
