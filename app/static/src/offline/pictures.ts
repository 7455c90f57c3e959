const LONGEST = 2048;
const QUALITY = 0.85;
export const MOST_BYTES = 15_000_000;
/** Files a note; the server's own limit. */
export const MOST_FILES = 30;
/** Bytes: some ten minutes of speech. */
const A_RECORDING = 2_500_000;
export const HEIC = "image/heic";
const HEIC_BRANDS = new Set(["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"]);

interface Picture {
  bytes: ArrayBuffer;
  type: string;
}

/** Decoded, turned upright, made small enough and written anew, which also drops where it was taken.
 *  A HEIC that this browser cannot decode stays as it is: the server can. Throws an EncodingError for anything else. */
export async function smaller(file: Blob): Promise<Picture> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    if (!(await isHeic(file))) throw new DOMException("", "EncodingError");
    return { bytes: await file.arrayBuffer(), type: HEIC };
  }
  return (await redrawn(picture)) ?? { bytes: await file.arrayBuffer(), type: file.type };
}

/** By its content: phones give such files other names and types, or none. */
export async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer());
  return head.startsWith("ftyp") && HEIC_BRANDS.has(head.slice(4));
}

/** Whether a recording has room to grow, twice: as slices and as the file they become. */
export async function hasRoom(): Promise<boolean> {
  const room = await navigator.storage?.estimate?.();
  return !room?.quota || room.quota - (room.usage ?? 0) > A_RECORDING * 2;
}

async function redrawn(picture: ImageBitmap): Promise<Picture | null> {
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const drawing = canvas.getContext("2d");
  if (!drawing) return null;
  drawing.fillStyle = "#fff";
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return drawn && { bytes: await drawn.arrayBuffer(), type: "image/jpeg" };
}
