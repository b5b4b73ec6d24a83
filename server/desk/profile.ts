import { DeskError } from "@/lib/errors";
import type { Platform } from "@/lib/platform";
import { forgetsSignIn } from "@/lib/profile";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Connections } from "@/server/gateway/connections";
import type { Adapter } from "@/server/platforms/adapter";
import type { Person, ProfileChange } from "@/server/platforms/entity";
import { PlatformError } from "@/server/platforms/error";
import { sniffBytes, sniffType } from "@/server/platforms/media-type";
import { type Doing, type Done, perform } from "./perform";

interface Parts {
  database: Database;
  connections: Connections;
}

type Result = Promise<{ state: Done }>;

/** The account's own profile. Where what the account tells of itself has no signature, it is looked at as others see it. */
export async function readProfile(bot: Adapter): Promise<Omit<Person, "raw"> | null> {
  const own = await bot["profile.get"]?.();
  if (!own) return null;
  const { raw: _raw, ...profile } = own;
  if (own.signature !== null || !bot["people.get"]) return profile;
  try {
    return { ...profile, signature: (await bot["people.get"](own.id)).signature };
  } catch (cause) {
    // Whoever may not look at people sees the rest.
    if (cause instanceof PlatformError || cause instanceof DeskError) return profile;
    throw cause;
  }
}

/**
 * Changes the account's own profile. Confirmed when a name and a signature that were given are read back; a picture has
 * another address on each platform and proves nothing. A name that was seen is the bot's nickname here from then on.
 * @throws DeskError `invalid_input` for a picture whose bytes are not what it is called.
 */
export async function updateProfile(parts: Parts, doing: Doing<"profile.update">, change: ProfileChange): Result {
  if (change.avatar !== undefined) checkPicture(change.avatar);
  const { state } = await perform(
    parts,
    doing,
    (bot) => bot["profile.update"](change),
    async (bot) => {
      const own = await readProfile(bot);
      if (!own) return null;
      const isName = change.name === undefined || own.name === change.name;
      if (change.name !== undefined && isName) await keepNickname(parts.database, doing.botId, own.name);
      if (change.avatar !== undefined) return null;
      return isName && (change.signature === undefined || (own.signature ?? "") === change.signature);
    },
  );
  return { state };
}

/** Puts the account into one of its platform's states. Whether others see it so, no platform tells. */
export async function setPresence(parts: Parts, doing: Doing<"presence.set">, preset: string): Result {
  const { state } = await perform(parts, doing, (bot) => bot["presence.set"](preset));
  return { state };
}

/** A state in words of one's own, beside a face. Nothing reads it back. */
export async function wordPresence(
  parts: Parts,
  doing: Doing<"presence.word">,
  { words, faceId }: { words: string; faceId: string },
): Result {
  const { state } = await perform(parts, doing, (bot) => bot["presence.word"](words, faceId));
  return { state };
}

/**
 * Ends the client on the other side, or starts it anew. What ends cannot answer any more, so the connection that breaks
 * while it is asked, or is gone afterwards, is the proof. The bot's name has to be typed.
 * @throws DeskError `name_mismatch`; what `perform` does, when it may have happened and the connection still stands.
 */
export async function endClient(
  parts: Parts,
  doing: Doing<"clients.exit"> | Doing<"clients.restart">,
  names: { typed: string; name: string },
): Result {
  if (names.typed.trim() !== names.name) throw new DeskError("name_mismatch");
  const isGone = async (bot: Adapter) => !(await answers(bot));
  try {
    const { state } =
      doing.capability === "clients.exit"
        ? await perform(parts, { ...doing, capability: "clients.exit" }, (bot) => bot["clients.exit"](), isGone)
        : await perform(parts, { ...doing, capability: "clients.restart" }, (bot) => bot["clients.restart"](), isGone);
    return { state };
  } catch (cause) {
    if (!(cause instanceof PlatformError) || cause.isCertain || cause.code !== "connection_lost") throw cause;
    return { state: "confirmed" };
  }
}

/** Does the account's own profile come back? */
async function answers(bot: Adapter): Promise<boolean> {
  try {
    await bot["profile.get"]?.();
    return true;
  } catch (cause) {
    if (cause instanceof DeskError && cause.code === "not_connected") return false;
    if (cause instanceof PlatformError && gone.has(cause.code)) return false;
    throw cause;
  }
}

const gone: ReadonlySet<string> = new Set(["not_connected", "connection_refused", "connection_lost", "unreachable"]);

/**
 * The desk forgets how to sign the account in, and disconnects. On the platform itself nothing is ended: whoever else
 * holds the same credentials stays signed in. The bot's name has to be typed.
 * @throws DeskError `not_found`, `name_mismatch`; `not_possible` where an account is reached without credentials.
 */
export async function forgetSignIn(database: Database, botId: string, typed: string): Promise<void> {
  await database.$transaction(async (tx) => {
    const row = await tx.bot.findUnique({ where: { id: botId } });
    if (!row) throw new DeskError("not_found");
    if (row.name !== typed.trim()) throw new DeskError("name_mismatch");
    // Written by desk/bot-registry.ts only, with a Platform.
    if (!forgetsSignIn[row.platform as Platform]) throw new DeskError("not_possible", { capability: "sign out" });
    const data = { sealed: null, sealedSignIn: null, isEnabled: false, version: { increment: 1 } };
    const { version } = await tx.bot.update({ where: { id: botId }, data });
    await publishIn(tx, { topic: "bot", id: botId, botId, version });
  });
}

async function keepNickname(database: Database, botId: string, nickname: string): Promise<void> {
  await database.$transaction(async (tx) => {
    const { version } = await tx.bot.update({ where: { id: botId }, data: { nickname } });
    await publishIn(tx, { topic: "bot", id: botId, botId, version });
  });
}

/** A picture that comes as its content must be what it is called; one by its address is the platform's to fetch. */
function checkPicture(picture: string): void {
  const [, type, content] = /^data:([\w/]+);base64,(.*)$/.exec(picture) ?? [];
  if (type === undefined || content === undefined) return;
  const head = Buffer.from(content.slice(0, sniffBytes * 2), "base64").subarray(0, sniffBytes);
  if (sniffType(head, "image") !== type) throw new DeskError("invalid_input", { field: "avatar", fault: "no picture" });
}
