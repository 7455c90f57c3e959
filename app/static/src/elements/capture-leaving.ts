import { discardDraft } from "../offline/drafts";
import { onProgress, startSending } from "../offline/sending";
import type { Draft } from "../offline/shapes";
import { closeSheets, type CapturePage } from "./capture-page";
import { opens } from "./needs-net";

/** Says where the kept note is, and goes back to the safari once the server has it. */
export function seeOff(page: CapturePage, draft: Draft): void {
  closeSheets(page);
  page.screen.done("on_device");
  const stop = onProgress(({ id, step }) => {
    if (id !== draft.id || page.draft.id !== id) return;
    page.screen.done(step === "sent" ? "sent" : step === "failed" ? "failed" : step === "paused" ? "signed_out" : "on_device");
    if (step === "later") return;
    stop();
    if (step !== "paused") location.assign(`/safaris/${draft.safari_id}?saved=1`);
  });
  startSending(draft.user_id);
}

/** Because somebody said so. */
export async function throwAway(page: CapturePage): Promise<void> {
  await page.autosave.stop();
  await discardDraft(page.draft.id).catch(() => undefined);
  const back = `/safaris/${page.draft.safari_id}`;
  if (opens(back)) location.assign(back);
  else page.again();
}
