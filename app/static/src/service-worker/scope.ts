/** What TypeScript's DOM library lacks of a service worker: only what we use. */
export interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

export interface Pushed extends Lasting {
  readonly data: { text(): string } | null;
}

export interface Clicked extends Lasting {
  readonly notification: Notification;
}

interface OpenWindow {
  focus(): Promise<unknown>;
  navigate(to: string): Promise<unknown>;
}

interface Clients {
  claim(): Promise<void>;
  matchAll(only: { type: "window" }): Promise<OpenWindow[]>;
  openWindow(to: string): Promise<unknown>;
}

interface Scope {
  readonly location: { readonly origin: string };
  readonly clients: Clients;
  readonly registration: ServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", on: (event: Lasting) => void): void;
  addEventListener(type: "fetch", on: (event: Fetching) => void): void;
  addEventListener(type: "push", on: (event: Pushed) => void): void;
  addEventListener(type: "notificationclick", on: (event: Clicked) => void): void;
  addEventListener(type: "message", on: (event: Lasting & { data: unknown }) => void): void;
}

export const scope = globalThis as unknown as Scope;
