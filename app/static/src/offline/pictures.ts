const LONGEST = 2048;
const QUALITY = 0.85;
export const MOST_BYTES = 15_000_000;

interface Picture {
  bytes: ArrayBuffer;
  type: string;
}

/** Decoded, turned upright, made small enough and written anew, which also drops where it was taken.
 *  Throws an EncodingError for what is no picture to this browser; the server would not know it either. */
export async function smaller(file: Blob): Promise<Picture> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new DOMException("", "EncodingError");
  }
  return (await redrawn(picture)) ?? { bytes: await file.arrayBuffer(), type: file.type };
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
