import { keepBundle, keepPhonePages, renewAll } from "../offline/bundles";
import { onProgress } from "../offline/sending";

const SAFARI = /^\/safaris\/([0-9a-f-]{36})(?:\/|$)/;
const SETTLED = 1_500;

/** While there is a connection: what this page needs to open again without one, on every visit. */
async function keep(): Promise<void> {
  const safari = SAFARI.exec(location.pathname)?.[1];
  if (safari) await keepBundle(safari);
  if (location.pathname === "/safaris/new") await keepPhonePages();
  await renewAll(document.body.dataset.build ?? "");
  document.dispatchEvent(new CustomEvent("klantsafari:kept"));
}

/** Once a page, and again after something was sent, so that its counter is right underground too. */
export function keepWhileOnline(): void {
  let timer = 0;
  const soon = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void keep().catch(() => undefined), SETTLED);
  };
  onProgress(({ step }) => step === "sent" && soon());
  addEventListener("online", soon);
  if (navigator.onLine) void keep().catch(() => undefined);
}

if (document.body.dataset.user) keepWhileOnline();
