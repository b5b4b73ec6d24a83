import type { Piece } from "./piece";
import type { Platform } from "./row";
import { createAdapterOf } from "./support";

export type PieceKind = Piece["type"];

/** How a kind of piece can be sent: `address` only as a public address, not as content that comes along. */
export type Sending = "yes" | "address" | "no";

const content = "data:image/png;base64,iVBORw0KGgo=";
const address = "https://example.org/picture.png";

const samples: Record<PieceKind, (source: string) => Piece> = {
  text: () => ({ type: "text", text: "text" }),
  mention: () => ({ type: "mention", userId: "1" }),
  mention_all: () => ({ type: "mention_all" }),
  reply: () => ({ type: "reply", messageId: "1" }),
  face: () => ({ type: "face", id: "1" }),
  image: (source) => ({ type: "image", source }),
  voice: (source) => ({ type: "voice", source }),
  video: (source) => ({ type: "video", source }),
  file: (source) => ({ type: "file", source, name: "file" }),
};
// Object.keys forgets the literal keys; the table above is the only source of them.
const kinds = Object.keys(samples) as PieceKind[];

/** Thrown where the platform would be called: everything before it let the pieces pass. */
class Passed extends Error {}

async function passes(platform: Platform, pieces: readonly Piece[]): Promise<boolean> {
  const adapter = createAdapterOf(platform)(
    () => Promise.reject(new Passed()),
    () => true,
  );
  const send = adapter["messages.send"];
  if (!send) return false;
  try {
    await send({ to: "group", id: "1", pieces });
    return true;
  } catch (cause) {
    return cause instanceof Passed;
  }
}

const known = new Map<Platform, Promise<Record<PieceKind, Sending>>>();

/**
 * Which kinds of pieces a platform can send, read off its adapter: what it refuses with nothing sent it cannot. Beside a
 * text where they can stand beside one, else alone.
 */
export function sendableOf(platform: Platform): Promise<Record<PieceKind, Sending>> {
  const before = known.get(platform);
  if (before) return before;
  const found = find(platform);
  known.set(platform, found);
  return found;
}

async function find(platform: Platform): Promise<Record<PieceKind, Sending>> {
  const each = await Promise.all(
    kinds.map(async (kind): Promise<[PieceKind, Sending]> => {
      const sample = samples[kind];
      if (await passes(platform, [sample(content)])) return [kind, "yes"];
      return [kind, (await passes(platform, [sample(address)])) ? "address" : "no"];
    }),
  );
  // One entry a kind.
  return Object.fromEntries(each) as Record<PieceKind, Sending>;
}
