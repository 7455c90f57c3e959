const LONGEST = 2048;
const QUALITY = 0.85;
export const MOST_BYTES = 15_000_000;

/** Decoded, turned upright, made small enough and written anew, which also drops where it was taken.
 *  What this browser cannot decode goes as it is, when it is a picture at all: the server has the last word. */
export async function smaller(file: Blob): Promise<{ bytes: ArrayBuffer; type: string }> {
  try {
    return await redrawn(file);
  } catch {
    if (!file.type.startsWith("image/")) throw new DOMException("", "EncodingError");
    return { bytes: await file.arrayBuffer(), type: file.type };
  }
}

async function redrawn(file: Blob): Promise<{ bytes: ArrayBuffer; type: string }> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const drawn = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!drawn) throw new DOMException("", "EncodingError");
  return { bytes: await drawn.arrayBuffer(), type: "image/jpeg" };
}
