import { mostPictureBytes } from "@/lib/group";

/** How much of a file is read at all. */
const mostFileBytes = 30 * 1024 * 1024;

/**
 * A picture from a file as a data URL that is small enough to be sent; null when it is none that can be shown.
 * @param side the longer side it needs at most, px.
 */
export async function readPicture(file: File, side = 640): Promise<string | null> {
  if (!file.type.startsWith("image/") || file.size > mostFileBytes) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext("2d");
    if (!context) return null;
    // A JPEG has no transparency: what shows through is white, not black.
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const address = canvas.toDataURL("image/jpeg", 0.88);
    return address.length <= (mostPictureBytes * 4) / 3 ? address : null;
  } catch {
    return null;
  }
}
