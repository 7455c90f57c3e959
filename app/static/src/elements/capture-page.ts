import type { Draft } from "../offline/shapes";
import type { Autosave } from "./capture-autosave";
import type { CaptureMedia } from "./capture-media";
import type { Asked } from "./capture-review";
import type { Screen } from "./capture-screen";

/** The page that is open, for what keeps, leaves or throws away its note. */
export interface CapturePage extends HTMLElement {
  readonly form: HTMLFormElement;
  readonly screen: Screen;
  readonly media: CaptureMedia;
  readonly autosave: Autosave;
  readonly draft: Draft;
  readonly asked: Asked[];
  /** The draft with everything that is in the form now. */
  collected(): Draft;
  /** False when something is still missing; it then says so beside the field. */
  complete(): boolean;
  /** A new note on the same page. */
  again(): void;
}

export function closeSheets(page: CapturePage): void {
  for (const open of page.querySelectorAll<HTMLDialogElement>("dialog[open]")) open.close();
}
