import type { z } from "zod";
import type { Adapter, Left } from "../adapter";
import type { Call } from "../client";
import type { Group, NewNotice } from "../entity";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import { fromMillis } from "../moment";
import { notOffered } from "../not-offered";
import { inSteps, type Step } from "../steps";
import type { Chat68Catalogue } from "./catalogue";
import type { GroupEntry } from "./group-rows";

type C = Call<Chat68Catalogue>;

/** An invitation link lets in whoever has it. */
const secrets = ["qrUrl"];

/** What neither the list nor the detail tells is not known; of the account's own rank only that of a manager. */
function asGroup(known: Omit<Group, "memberLimit" | "intro" | "remark" | "ownRole">, memberType: unknown): Group {
  const ownRole = memberType === "MANAGE" ? "admin" : null;
  return { ...known, memberLimit: null, intro: null, remark: null, ownRole };
}

function toGroup(group: z.output<typeof GroupEntry>): Group {
  const { id, name, memberCount, hostId: ownerId, pic, bfShutup: isMuted } = group;
  const raw = toRaw(group, secrets);
  return asGroup({ id, name, memberCount, ownerId, avatar: pic || null, isMuted, raw }, group.memberType);
}

async function getGroup(call: C, groupId: string): Promise<Group> {
  const detail = await call("GroupDetail", { groupId });
  const { groupId: id, name, memberCount, hostId: ownerId, pic } = detail.group;
  // Whether everybody is muted stands in the list only.
  const listed = (await call("getGroups", {})).find((each) => each.id === groupId);
  const isMuted = listed?.bfShutup ?? null;
  const raw = toRaw(detail, secrets);
  return asGroup({ id, name, memberCount, ownerId, avatar: pic || null, isMuted, raw }, detail.memberType);
}

/** The invitation that its picture holds. Throws `platform_refused` where there is none, or none that still leads there. */
async function linkTo(call: C, groupId: string): Promise<string> {
  const { qrUrl, qrExpire } = await call("GroupDetail", { groupId });
  const end = fromMillis(qrExpire);
  const isLink = /^https?:\/\//i.test(qrUrl) && (end === null || end.getTime() > Date.now());
  if (!isLink) throw new PlatformError("platform_refused", { isSent: true, detail: { field: "qrUrl" } });
  return qrUrl;
}

/** An act that happens in silence, and the message that tells of it. With `left` only the message. */
async function announced(act: Step, announce: () => Promise<unknown>, left: Left | undefined): Promise<void> {
  const message = { name: "announce", run: announce };
  await inSteps(left === "announce" ? [message] : [act, message]);
}

/** The message claims a mute: it is sent after the mute, or for one that is known to be made, and never alone. */
async function muteAll(call: C, groupId: string, isMuted: boolean, left?: Left): Promise<void> {
  const groupParam = { groupId, shutup: isMuted };
  const content = isMuted ? "已开启全员禁言" : "已解除全员禁言";
  const list = [{ values: { chatType: 50 as const, content, bfShutup: isMuted } }];
  await announced(
    { name: "mute", run: () => call("GroupUpdate#11", { groupParam }) },
    () => call("sendMsg#50", { id: groupId, list }),
    left,
  );
}

async function publish(call: C, groupId: string, notice: NewNotice, left?: Left): Promise<void> {
  if (notice.image !== undefined) throw notOffered("image");
  if (notice.isPinned) throw notOffered("isPinned");
  if (notice.needsConfirmation) throw notOffered("needsConfirmation");
  const { text, callsAll: bfAll = false } = notice;
  const list = [{ values: { chatType: 8 as const, content: text, bfAll } }];
  await announced(
    { name: "notice", run: () => call("GroupUpdate#12", { groupParam: { groupId, notice: text, bfAll } }) },
    () => call("sendMsg#8", { id: groupId, list }),
    left,
  );
}

/** Groups and their one notice. */
export function groupAdapter(call: C) {
  return {
    "groups.list": async () => (await call("getGroups", {})).map(toGroup),
    "groups.get": (groupId) => getGroup(call, groupId),
    "groups.link": (groupId) => linkTo(call, groupId),
    "groups.muteAll": (groupId, isMuted, left) => muteAll(call, groupId, isMuted, left),
    "notices.list": async (groupId) => {
      const { groupNotice } = await call("GroupDetail", { groupId });
      if (groupNotice === null || groupNotice.notice === "") return [];
      const { notice: text, editUser, releaseTime } = groupNotice;
      const authorId = editUser?.user.uid ?? null;
      return [{ id: null, text, authorId, at: fromMillis(releaseTime), raw: toRaw(groupNotice) }];
    },
    "notices.publish": (groupId, notice, left) => publish(call, groupId, notice, left),
  } satisfies Adapter;
}
