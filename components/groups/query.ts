import { type GroupRole, type GroupSort, type GroupTab, groupRoles, groupSorts, groupTabs } from "@/lib/group";
import type { GroupsQuery } from "@/lib/href";

interface Parameters {
  get(name: string): string | null;
}

/** What the API takes to narrow the list of groups. */
export interface GroupFilterInput {
  sort: GroupSort;
  botId?: string;
  text?: string;
  role?: GroupRole;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Reads the address of the groups. What is not of the expected kind is left out, so an old link still opens. */
export function readGroupsQuery(parameters: Parameters): GroupsQuery {
  const bot = parameters.get("bot");
  return {
    bot: bot && uuid.test(bot) ? bot : null,
    text: parameters.get("text"),
    role: groupRoles.find((name) => name === parameters.get("role")) ?? null,
    sort: groupSorts.find((name) => name === parameters.get("sort")) ?? null,
  };
}

/** The address as the API's filter. Server page and browser build it here, so their cache keys are the same. */
export function readGroupFilter(query: GroupsQuery): GroupFilterInput {
  const role = groupRoles.find((name) => name === query.role);
  return {
    sort: groupSorts.find((name) => name === query.sort) ?? "name",
    ...(query.bot ? { botId: query.bot } : {}),
    ...(query.text ? { text: query.text } : {}),
    ...(role ? { role } : {}),
  };
}

/** Which part of a group's page the address names; null: the summary. */
export function readGroupTab(parameters: Parameters): GroupTab | null {
  return groupTabs.find((name) => name === parameters.get("tab")) ?? null;
}

/** What the API is asked for the first rows. Server page and browser ask the same, so their cache keys are the same. */
export const firstGroups = (filter: GroupFilterInput) => ({ ...filter, offset: 0, limit: 100 });
