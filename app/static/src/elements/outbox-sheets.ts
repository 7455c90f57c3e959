import { discardRefused } from "../offline/discarding";
import { exportFile, exportName } from "../offline/export";
import type { Waiting } from "../offline/shapes";
import { titleOf } from "./outbox-row";

const LONG_ENOUGH = 60_000;
let asked = "";

/** Asks before something goes that the server may not have. */
export function askToThrowAway(row: Waiting): void {
  const dialog = document.querySelector<HTMLDialogElement>("#throw-away");
  const what = dialog?.querySelector<HTMLElement>("[data-what]");
  if (!dialog || !what) return;
  asked = row.id;
  what.textContent = titleOf(row);
  what.classList.toggle("q", row.literal);
  dialog.showModal();
}

/** The answer was yes. Gives the id of what went, "" when it stayed. */
export async function throwAway(userId: string): Promise<string> {
  document.querySelector<HTMLDialogElement>("#throw-away")?.close();
  return (await discardRefused(asked, userId).catch(() => false)) ? asked : "";
}

/** Gives the file to the browser to keep; false when it could not be made. */
export async function saveAsFile(userId: string): Promise<boolean> {
  const file = await exportFile(userId).catch(() => null);
  if (!file) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = exportName();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LONG_ENOUGH);
  return true;
}
