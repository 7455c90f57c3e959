import { ask, type World } from "./asking";
import { setMeta } from "./meta";
import { keptFile, update } from "./outbox";
import { putOff, receive, refuse, type Say } from "./settling";
import type { Waiting } from "./shapes";
import { tellUnderway } from "./underway";
import { sendFile } from "./uploading";
import { blobVerdict, type Reply, type Verdict } from "./verdict";

interface Way {
  world: World;
  say: Say;
  seen: (reply: Reply | null) => void;
  goesOn: () => Promise<boolean>;
}

/** The photos and recordings of one note that the server has already. */
export async function sendFiles(row: Waiting, way: Way): Promise<void> {
  for (const file of row.attachments) {
    if (file.arrived) continue;
    const kept = await keptFile(row.id, file.sha256);
    // One file that stayed sealed beside an open note: the next page that is opened opens it.
    if (kept?.locked) return setMeta(`sealed:${row.user_id}`, true);
    if (!(await way.goesOn())) return;
    if (!kept) return refuse(row, { reason: "", code: "attachment.gone" }, way.say);
    const reply = await sendFile(row.id, file, kept.bytes, async (address, body, headers) => {
      if (!(await way.goesOn())) return null;
      const answer = await ask(way.world, "PUT", address, body, headers);
      way.seen(answer);
      if (answer?.status === 202) tellUnderway({ id: row.id, sha256: file.sha256, here: sentWith(headers, body), size: file.size });
      return answer;
    });
    const verdict: Verdict = reply ? blobVerdict(reply, { id: row.id, sha256: file.sha256 }) : { outcome: "later" };
    if (verdict.outcome !== "received") return putOff(row, verdict, way.world, way.say);
    file.arrived = true;
    await update(row);
  }
  await receive(row, way.say);
}

function sentWith(headers: Record<string, string>, body: ArrayBuffer): number {
  return Number(headers["upload-offset"] ?? 0) + body.byteLength;
}
