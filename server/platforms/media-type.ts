import type { MediaKind } from "@/lib/media";

/** So many bytes from the beginning are enough to know what something is. */
export const sniffBytes = 64;

interface Known {
  kind: Exclude<MediaKind, "file">;
  type: string;
  matches: (head: Buffer) => boolean;
}

const begins = (text: string, at = 0) => {
  const bytes = Buffer.from(text, "latin1");
  return (head: Buffer) => head.subarray(at, at + bytes.length).equals(bytes);
};
const all =
  (...tests: Known["matches"][]) =>
  (head: Buffer) =>
    tests.every((test) => test(head));
/** An ISO container by its brand. */
const brand = (pattern: RegExp) =>
  all(begins("ftyp", 4), (head) => pattern.test(head.subarray(8, 12).toString("latin1")));
/** The sync word of MPEG audio, layer III, and of ADTS. */
const isMpeg = (head: Buffer) => head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2;
const isAdts = (head: Buffer) => head[0] === 0xff && ((head[1] ?? 0) & 0xf6) === 0xf0;

/**
 * All that is shown, by its first bytes: what a server calls it is not asked. Nothing that can hold a script is among it,
 * so no SVG, no HTML and no XML.
 */
const known: readonly Known[] = [
  { kind: "image", type: "image/png", matches: begins("\x89PNG\r\n\x1a\n") },
  { kind: "image", type: "image/jpeg", matches: begins("\xff\xd8\xff") },
  { kind: "image", type: "image/gif", matches: begins("GIF8") },
  { kind: "image", type: "image/webp", matches: all(begins("RIFF"), begins("WEBP", 8)) },
  { kind: "image", type: "image/avif", matches: brand(/^avi[fs]$/) },
  // Two letters alone are any text's beginning: the reserved fields are zero as well.
  { kind: "image", type: "image/bmp", matches: all(begins("BM"), begins("\0\0\0\0", 6)) },
  { kind: "audio", type: "audio/mp4", matches: brand(/^M4[AB] $/) },
  { kind: "video", type: "video/mp4", matches: brand(/^(isom|iso\d|mp4[12]|avc1|M4V |MSNV|dash|mmp4|3gp\w|qt {2})$/) },
  { kind: "video", type: "video/webm", matches: begins("\x1a\x45\xdf\xa3") },
  { kind: "audio", type: "audio/ogg", matches: begins("OggS") },
  { kind: "audio", type: "audio/wav", matches: all(begins("RIFF"), begins("WAVE", 8)) },
  { kind: "audio", type: "audio/flac", matches: begins("fLaC") },
  { kind: "audio", type: "audio/amr", matches: begins("#!AMR") },
  { kind: "audio", type: "audio/silk", matches: (head) => begins("#!SILK_V3")(head) || begins("#!SILK_V3", 1)(head) },
  { kind: "audio", type: "audio/mpeg", matches: (head) => begins("ID3")(head) || isMpeg(head) },
  { kind: "audio", type: "audio/aac", matches: isAdts },
];

/** Containers that hold sound alone as well. */
const soundToo: ReadonlySet<string> = new Set(["video/mp4", "video/webm"]);

/** The content type to call it by, or null for what is not shown as that kind. */
export function sniffType(head: Buffer, kind: MediaKind): string | null {
  if (kind === "file") return "application/octet-stream";
  const found = known.find(({ matches }) => matches(head));
  if (!found) return null;
  if (kind === "audio" && soundToo.has(found.type)) return found.type.replace("video/", "audio/");
  return found.kind === kind ? found.type : null;
}
