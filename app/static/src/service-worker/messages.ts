import { scope } from "./scope";

interface Message {
  title: string;
  text: string;
  to: string;
}

/** What the server sent, or only that there is something: a browser wants to see a message for every push. */
export function readMessage(raw: string | undefined): Message {
  try {
    const { title, text, to } = JSON.parse(raw ?? "") as Partial<Message>;
    if (title && text) return { title, text, to: to?.startsWith("/") && !to.startsWith("//") ? to : "/reminders" };
  } catch {
    // Not ours, or cut off.
  }
  return { title: "Klantsafari", text: "", to: "/reminders" };
}

/** One message at a time: the next takes the place of the last. */
export async function show(raw: string | undefined): Promise<void> {
  const { title, text, to } = readMessage(raw);
  await scope.registration.showNotification(title, { body: text, tag: "klantsafari", data: { to } });
}

/** A window that is open goes there; else a new one. */
export async function open(to: string): Promise<void> {
  const windows = await scope.clients.matchAll({ type: "window" });
  const [first] = windows;
  if (!first) return void (await scope.clients.openWindow(to));
  await first.focus();
  await first.navigate(to).catch(() => scope.clients.openWindow(to));
}
