import { z } from "zod";
import { type Actor, can } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { type MediaKind, mediaKinds, mediaPath } from "@/lib/media";
import { type Permission, permissionNames } from "@/lib/permissions";
import type { Platform } from "@/lib/platform";
import { SealError } from "@/server/auth/seal";
import { type AddressSealer, createAddressSealer } from "@/server/auth/seal-address";
import type { Database } from "@/server/db/client";
import { hostKey } from "@/server/platforms/destination";

const dayMs = 24 * 3_600_000;
/** A sealed address is good on the day it was made and the following ones, so that no page left open goes blank. */
const goodDays = 3;

/** What stands in a sealed address. The names are short: a page holds hundreds. */
const Sealed = z.strictObject({
  b: z.uuid(),
  p: z.enum(permissionNames),
  k: z.enum(mediaKinds),
  d: z.int(),
  u: z.url({ protocol: /^https?$/ }),
  n: z.string().optional(),
});

/** Something to fetch for somebody who may see it. */
export interface MediaSource {
  url: URL;
  kind: MediaKind;
  /** What a downloaded file is to be called. */
  name: string | null;
  /** Hosts with port that may be reached although they are not public: the bot's own. */
  ownHosts: readonly string[];
  /** What the platform's media want to be asked with. */
  headers: Readonly<Record<string, string>>;
}

/** Makes addresses of the desk's own out of those of platforms, and reads them again. Keeps nothing. */
export class MediaAddresses {
  private readonly sealer: AddressSealer;

  constructor(secret: string) {
    this.sealer = createAddressSealer(secret);
  }

  /**
   * The desk's own address for what lies at `url`; null for what nothing can be fetched from. The same within a day.
   * @param permission what whoever uses it must hold on that bot.
   */
  seal(
    botId: string,
    url: string | null,
    kind: MediaKind,
    permission: Permission = "messages.view",
    name?: string | null,
  ): string | null {
    if (url === null) return null;
    const day = Math.floor(Date.now() / dayMs);
    const plain = { b: botId, p: permission, k: kind, d: day, u: url, ...(name ? { n: name } : {}) };
    return Sealed.safeParse(plain).success ? mediaPath + this.sealer.seal(plain) : null;
  }

  /** A face: small, and seen by whoever may see the list it stands in. */
  face(botId: string, url: string | null, permission: Permission): string | null {
    return this.seal(botId, url, "image", permission);
  }

  /** Throws DeskError `not_found` for what the desk did not make, `media_gone` for what is too old. */
  open(token: string): z.output<typeof Sealed> {
    const sealed = Sealed.safeParse(this.read(token));
    if (!sealed.success) throw new DeskError("not_found");
    if (Math.floor(Date.now() / dayMs) - sealed.data.d >= goodDays) throw new DeskError("media_gone");
    return sealed.data;
  }

  private read(token: string): unknown {
    try {
      return this.sealer.open(token);
    } catch (cause) {
      if (cause instanceof SealError) return null;
      throw cause;
    }
  }
}

interface Parts {
  database: Database;
  media: MediaAddresses;
}

/** The desk's own address for what lies at an address of a bot's platform, as `MediaAddresses.seal` makes it. */
export function sealMedia(
  { media }: Pick<Parts, "media">,
  botId: string,
  url: string | null,
  kind: MediaKind,
  permission?: Permission,
  name?: string | null,
): string | null {
  return media.seal(botId, url, kind, permission, name);
}

/**
 * What a sealed address stands for, for whoever asks. Throws DeskError `not_found` where it is none of the desk's, or of a
 * bot that is gone or on which they may not; `media_gone` when it is too old.
 */
export async function findMedia({ database, media }: Parts, actor: Actor, token: string): Promise<MediaSource> {
  const { b: botId, p: permission, k: kind, u, n } = media.open(token);
  if (!can(actor, permission, botId)) throw new DeskError("not_found");
  const bot = await database.bot.findUnique({ where: { id: botId }, select: { platform: true, connection: true } });
  if (!bot) throw new DeskError("not_found");
  // Written by desk/bot-registry.ts only, with a Platform.
  const platform = bot.platform as Platform;
  const url = new URL(u);
  return {
    url,
    kind,
    name: n ?? null,
    ownHosts: ownHosts(platform, bot.connection),
    headers: headersFor(platform, url),
  };
}

/** Platforms whose HTTP server does nothing for who shows no token: to ask it for a picture is harmless. */
const guarded: ReadonlySet<Platform> = new Set(["im", "yunhu"]);

/**
 * The hosts of a bot's connection from which pictures may come though they are private. What somebody writes into a
 * message decides the address, so a server that carries out what a plain GET says (68chat's helper, a NapCat without
 * token) is left out; the WebSocket port of either has no such calls.
 */
function ownHosts(platform: Platform, connection: unknown): string[] {
  const values: unknown[] = typeof connection === "object" && connection !== null ? Object.values(connection) : [];
  return values.flatMap((value) => {
    const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : null;
    if (url === null) return [];
    const isSocket = url.protocol === "ws:" || url.protocol === "wss:";
    return isSocket || guarded.has(platform) ? [hostKey(url)] : [];
  });
}

/** Yunhu's media are kept from everybody who does not come from its app. */
function headersFor(platform: Platform, url: URL): Record<string, string> {
  const isYunhu = platform === "yunhu" && /(^|\.)jwznb\.com$/.test(url.hostname);
  return isYunhu ? { referer: "http://myapp.jwznb.com" } : {};
}
