import { icon } from "../lib/icons";
import { word } from "../lib/words";
import { HEIC } from "../offline/pictures";
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
  row.append(shown(file, source, name), remove);
  return row;
}

function shown(file: Attachment, source: string, name: string): HTMLElement {
  if (file.kind === "voice") return sound(source, name);
  return file.media_type === HEIC ? unseen(name, file.size) : picture(source, name);
}

/** This browser cannot show it. */
function unseen(name: string, size: number): HTMLElement {
  const line = document.createElement("p");
  const title = document.createElement("b");
  const why = document.createElement("small");
  const large = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(Math.max(0.1, size / 1_000_000));
  line.className = "unseen";
  title.textContent = `${name}, HEIC, ${large} MB`;
  why.textContent = word("photo_unseen");
  line.append(icon("photo"), title, why);
  return line;
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
