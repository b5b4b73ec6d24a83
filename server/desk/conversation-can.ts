import { type Actor, can } from "@/lib/actor";
import type { Capability } from "@/server/platforms/adapter";
import { capabilities } from "@/server/platforms/capability";
import { type PieceKind, type Sending, sendableOf } from "@/server/platforms/sendable";
import { supportOf } from "@/server/platforms/support";
import type { FoundConversation } from "./conversation";

/** What an operator can do in a conversation: the platform can, as it is switched on and reached, and they may. */
export interface ConversationCan {
  send: boolean;
  /** By kind of piece. */
  pieces: Record<PieceKind, Sending>;
  recall: boolean;
  react: boolean;
  poke: boolean;
  forward: boolean;
  /** Tells the platform that it is read. The desk's own mark works everywhere. */
  read: boolean;
  essence: { add: boolean; remove: boolean };
  mute: boolean;
  /** Older messages can be fetched; without it what is kept is all there is. */
  history: boolean;
}

/** The capabilities of a bot that the operator may use. */
export function usable(actor: Actor, bot: FoundConversation["bot"]): (capability: Capability) => boolean {
  const on = new Set(
    supportOf(bot.platform, (operation) => bot.extras.includes(operation), bot.connection)
      .filter(({ is }) => is === "on")
      .map(({ capability }) => capability),
  );
  return (capability) => on.has(capability) && can(actor, capabilities[capability], bot.id);
}

/** May the account keep order there? Where its rank is not told, the platform is to say. */
export function isRuling(ownRole: string | null): boolean {
  return ownRole !== "member";
}

/** What the operator can do in a conversation, in a group as what the account is there. */
export async function canIn(
  actor: Actor,
  { bot, peer }: FoundConversation,
  ownRole: string | null,
): Promise<ConversationCan> {
  const may = usable(actor, bot);
  const inGroup = peer.to === "group" && isRuling(ownRole);
  return {
    send: may("messages.send"),
    pieces: await sendableOf(bot.platform),
    recall: may("messages.recall"),
    react: may("messages.react"),
    poke: may("messages.poke"),
    forward: may("messages.forward"),
    read: may("messages.read"),
    essence: { add: inGroup && may("essence.add"), remove: inGroup && may("essence.remove") },
    mute: inGroup && may("members.mute"),
    history: may("messages.history"),
  };
}
