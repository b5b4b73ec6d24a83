import { maximumFile } from "@/lib/file";
import type { ChatSending } from "../api";

export type Refused = "tooLarge" | "notPicture" | "unreadable" | "empty";

const pictures = /^image\/(?:png|jpeg|gif|webp)$/;
/** What the server takes for a type; a browser that knows none says nothing. */
const known = /^[\w.+-]+\/[\w.+-]+$/;

/** A file chosen, pasted or dropped, as what can be sent: a picture where it is one, else a file. */
export async function toAttachment(
  file: File,
  can: { image: boolean; file: boolean },
): Promise<{ piece: ChatSending } | { refused: Refused }> {
  const isPicture = pictures.test(file.type) && can.image;
  if (!isPicture && !can.file) return { refused: "notPicture" };
  if (file.size === 0) return { refused: "empty" };
  if (file.size > maximumFile) return { refused: "tooLarge" };
  const content = await readContent(file);
  if (content === null) return { refused: "unreadable" };
  if (isPicture) return { piece: { type: "image", source: content } };
  return { piece: { type: "file", source: content, name: toName(file.name) } };
}

/** No path, and nothing that a file system reads as one. */
function toName(name: string): string {
  const clean = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, "_").trim();
  return clean === "" ? "file" : clean.slice(-200);
}

function readContent(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onerror = () => resolve(null);
    reader.onload = () => {
      // Read as a data URL, it is a string.
      const [, base64] = String(reader.result).split(",", 2);
      const type = known.test(file.type) ? file.type : "application/octet-stream";
      resolve(base64 ? `data:${type};base64,${base64}` : null);
    };
    reader.readAsDataURL(file);
  });
}
