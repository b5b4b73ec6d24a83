import type { GroupQuery } from "@/lib/href";
import { type MemberSort, memberPage, memberSorts } from "@/lib/member";

interface Parameters {
  get(name: string): string | null;
}

/** Whom the list is narrowed to. */
export const memberWho = ["owner", "admin", "member", "muted", "online"] as const;
export type MemberWho = (typeof memberWho)[number];
export const memberWhen = ["joined-1", "joined-7", "silent-30", "silent-90"] as const;
export type MemberWhen = (typeof memberWhen)[number];

const dayMs = 86_400_000;

/**
 * Reads the address of a group's members: as it is kept, and as the API takes it. Server page and browser build it here,
 * so their cache keys are the same. What is not of the expected kind is left out.
 */
export function readMembersQuery(parameters: Parameters) {
  const who = memberWho.find((name) => name === parameters.get("role")) ?? null;
  const when = memberWhen.find((name) => name === parameters.get("when")) ?? null;
  const text = parameters.get("text");
  const [word = "", direction] = (parameters.get("sort") ?? "").split(".");
  const by: MemberSort = memberSorts.find((name) => name === word) ?? "role";
  const open = parameters.get("open");
  const query: GroupQuery = { tab: "members", text, role: who, when, sort: parameters.get("sort"), open };
  return {
    ...{ query, who, when, text, open },
    filter: {
      ...(text ? { text } : {}),
      ...(who === "owner" || who === "admin" || who === "member" ? { role: who } : {}),
      ...(who === "muted" ? { isMuted: true } : {}),
      ...(who === "online" ? { isOnline: true } : {}),
      ...toRange(when),
    },
    order: { by, isDescending: direction === "down" },
  };
}

type MembersQuery = ReturnType<typeof readMembersQuery>;

/** What the API is asked for the first rows. */
export function firstMembers(
  group: { botId: string; groupId: string },
  { filter, order }: Pick<MembersQuery, "filter" | "order">,
) {
  return { ...group, filter, order, offset: 0, limit: memberPage };
}

/** To the day, so that the same address asks for the same thing from one drawing to the next. */
function toRange(when: MemberWhen | null) {
  const [what, days] = when?.split("-") ?? [];
  if (what === undefined) return {};
  const at = new Date(Math.floor(Date.now() / dayMs) * dayMs - Number(days) * dayMs);
  return what === "joined" ? { joinedFrom: at } : { spokeTo: at };
}
