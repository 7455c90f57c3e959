import { icon } from "../lib/icons";
import { word } from "../lib/words";
import type { Attachment } from "../offline/shapes";

/** A photo or recording that is on the phone: to see or hear, and to take away again. */
export function keptRow(
  file: Attachment,
  name: string,
  bytes: ArrayBuffer | null,
  drop: (file: Attachment) => void,
): HTMLElement {
  const source = URL.createObjectURL(new Blob(bytes ? [bytes] : [], { type: file.media_type }));
  const row = document.createElement("li");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "iconbtn";
  remove.setAttribute("aria-label", word("remove", { what: name }));
  remove.append(icon("trash"));
  remove.addEventListener("click", () => {
    URL.revokeObjectURL(source);
    drop(file);
  });
  row.append(file.kind === "photo" ? picture(source, name) : sound(source, name), remove);
  return row;
}

function picture(source: string, name: string): HTMLElement {
  const image = document.createElement("img");
  image.src = source;
  image.alt = name;
  return image;
}

function sound(source: string, name: string): HTMLElement {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.src = source;
  audio.setAttribute("aria-label", name);
  return audio;
}
