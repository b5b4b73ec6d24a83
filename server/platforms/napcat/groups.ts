import type { z } from "zod";
import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { Group, GroupChange } from "../entity";
import { PlatformError } from "../error";
import { toRaw } from "../json";
import { notOffered } from "../not-offered";
import { inSteps, type Step } from "../steps";
import type { NapcatCatalogue } from "./catalogue";
import type { GroupEntry } from "./group-rows";

type C = Call<NapcatCatalogue>;

/** -1 while everybody is muted, 0 while not; another number says nothing. */
function isMuted(state: number | null): boolean | null {
  return state === -1 ? true : state === 0 ? false : null;
}

function toGroup(entry: z.output<typeof GroupEntry>): Group {
  return {
    id: entry.group_id,
    name: entry.group_name,
    memberCount: entry.member_count,
    memberLimit: entry.max_member_count,
    ownerId: null,
    avatar: null,
    intro: null,
    remark: entry.group_remark ?? null,
    ownRole: null,
    isMuted: isMuted(entry.group_all_shut),
    raw: toRaw(entry),
  };
}

/** Who owns it stands in another answer, which not every version gives. */
async function findOwner(call: C, groupId: string): Promise<string | null> {
  try {
    const { extInfo } = await call("get_group_info_ex", { group_id: groupId });
    return extInfo?.groupOwnerId?.memberUin ?? null;
  } catch (error) {
    if (error instanceof PlatformError && ["platform_refused", "unknown_operation"].includes(error.code)) return null;
    throw error;
  }
}

async function updateGroup(call: C, groupId: string, change: GroupChange): Promise<void> {
  const { name, remark, avatar, intro } = change;
  if (intro !== undefined) throw notOffered("intro");
  const steps: Step[] = [];
  const group_id = groupId;
  if (name !== undefined)
    steps.push({ name: "name", run: () => call("set_group_name", { group_id, group_name: name }) });
  if (remark !== undefined) steps.push({ name: "remark", run: () => call("set_group_remark", { group_id, remark }) });
  if (avatar !== undefined)
    steps.push({ name: "avatar", run: () => call("set_group_portrait", { group_id, file: avatar }) });
  await inSteps(steps);
}

/** Groups. An owner cannot dissolve one here: the call that claims to only leaves. */
export function groupAdapter(call: C) {
  return {
    "groups.list": async () => (await call("get_group_list", {})).map(toGroup),
    "groups.get": async (groupId) => {
      const group = toGroup(await call("get_group_detail_info", { group_id: groupId }));
      return { ...group, ownerId: await findOwner(call, groupId) };
    },
    "groups.update": (groupId, change) => updateGroup(call, groupId, change),
    "groups.leave": async (groupId) => {
      await call("set_group_leave", { group_id: groupId });
    },
    "groups.muteAll": async (groupId, isOn) => {
      await call("set_group_whole_ban", { group_id: groupId, enable: isOn });
    },
  } satisfies Adapter;
}
