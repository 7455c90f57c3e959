import { keepBundle, keepPhonePages, renewAll, renewSafaris } from "../offline/bundles";
import { phoneUser } from "../offline/meta";
import { keptPage } from "../offline/pages";
import { onProgress } from "../offline/sending";

const SAFARI = /^\/safaris\/([0-9a-f-]{36})(?:\/|$)/;
const SETTLED = 1_500;
const TRIES = 50;
const BETWEEN = 100;

/** Who is signed in is noted down beside us, at the same time. */
async function noted(userId: string): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await phoneUser())?.id === userId) return true;
    await new Promise((done) => setTimeout(done, BETWEEN));
  }
  return false;
}

/** While there is a connection: what this page needs to open again without one, on every visit. */
async function keep(userId: string): Promise<void> {
  if (!(await noted(userId))) return;
  const safari = SAFARI.exec(location.pathname)?.[1];
  if (safari) await keepBundle(safari);
  else await keepRunning(userId);
  if (location.pathname === "/safaris/new") await keepPhonePages();
  await renewAll(document.body.dataset.build ?? "");
  document.dispatchEvent(new CustomEvent("klantsafari:kept"));
}

/** The safari that "Ga verder" leads to: begun elsewhere perhaps, and not on this phone yet. */
async function keepRunning(userId: string): Promise<void> {
  const path = document.querySelector<HTMLAnchorElement>("a.go")?.pathname ?? "";
  const safari = SAFARI.exec(path)?.[1];
  if (safari && !(await keptPage(userId, path))) await keepBundle(safari);
}

/** After something was sent: its counter is right underground too, and what was closed goes. */
async function renew(): Promise<void> {
  await renewSafaris();
  document.dispatchEvent(new CustomEvent("klantsafari:kept"));
}

function keepWhileOnline(userId: string): void {
  let timer = 0;
  const soon = (work: () => Promise<void>): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void work().catch(() => undefined), SETTLED);
  };
  onProgress(({ step }) => step === "sent" && soon(renew));
  addEventListener("online", () => soon(() => keep(userId)));
  if (navigator.onLine) void keep(userId).catch(() => undefined);
}

const { user, keeping } = document.body.dataset;
if (user && keeping === undefined) {
  // Some pages have both bundles of script.
  document.body.dataset.keeping = "";
  keepWhileOnline(user);
}
