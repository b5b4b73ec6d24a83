import type { Arrival, RequestList, Unlisted } from "../arrival";
import type { Call } from "../client";
import { PlatformError } from "../error";
import type { NapcatCatalogue } from "./catalogue";
import { toFilteredArrival, toGroupArrival } from "./listed";

type C = Call<NapcatCatalogue>;

/** How many of a list are asked for. */
const listCount = 100;
/** The list of filtered join requests has no count: it never shows more. */
const filteredJoinCount = 10;

/** Ordinary friend requests are pushed once; a member's invitation that an admin must approve is pushed as a join request. */
const unlisted: readonly Unlisted[] = ["friend", "member_invite"];

/** One list: what is in it, and since when nothing is missing from it. Undefined: it does not tell. */
interface Reading {
  arrivals: Arrival[];
  reach: Date | "all" | undefined;
}

/**
 * Everything that can be polled: join requests, invitations, the filtered ones of both sorts. A list that fails does
 * not hide the others; only when none can be read does it throw. Ordinary friend requests are listed nowhere.
 */
export async function listRequests(call: C): Promise<RequestList> {
  const readings = [readGroups(call), readFilteredJoins(call), readFilteredFriends(call)];
  const results = await Promise.allSettled(readings);
  const failed = results.find((result) => result.status === "rejected");
  if (failed !== undefined && results.every((result) => result.status === "rejected")) throw failed.reason;
  const [groups, joins, friends] = results.map((result) => (result.status === "fulfilled" ? result.value : null));
  const arrivals = [groups, joins, friends].flatMap((reading) => reading?.arrivals ?? []);
  const join = later(groups?.reach, joins?.reach);
  return {
    arrivals: [...new Map(arrivals.map((arrival) => [arrival.key, arrival])).values()],
    // Group lists show the newest only, ordinary friend requests are listed nowhere.
    complete: friends?.reach === "all" ? ["filtered_friend"] : [],
    reach: {
      ...(groups?.reach === undefined ? {} : { group_invite: groups.reach }),
      ...(join === undefined ? {} : { group_join: join }),
      ...(friends?.reach === undefined ? {} : { filtered_friend: friends.reach }),
    },
    unlisted,
  };
}

/**
 * Join requests and invitations, decided ones included: what is among the newest notices of the account. The others of
 * them (who left a group, who became its admin) are left out, so that a short list does not mean that it is all there is:
 * it goes back to its oldest entry for certain, and no further.
 */
async function readGroups(call: C): Promise<Reading> {
  const lists = await call("get_group_system_msg", { count: listCount });
  const arrivals = [
    ...lists.join_requests.map((notice) => toGroupArrival(notice, "group_join", "")),
    ...lists.invited_requests.map((notice) => toGroupArrival(notice, "group_invite", "")),
  ];
  return { arrivals, reach: oldest(arrivals) };
}

async function readFilteredJoins(call: C): Promise<Reading> {
  const list = await orNull(call("get_group_ignore_add_request", {}));
  const arrivals = (list ?? []).map((notice) => toGroupArrival(notice, "group_join", "filtered"));
  const isAll = list !== null && list.length < filteredJoinCount;
  return { arrivals, reach: isAll ? "all" : oldest(arrivals) };
}

async function readFilteredFriends(call: C): Promise<Reading> {
  const list = await orNull(call("get_doubt_friends_add_request", { count: listCount }));
  const arrivals = (list ?? []).map(toFilteredArrival);
  // One that this version does not have holds nothing that anybody could decide on: as good as empty, but no proof.
  const isAll = list !== null && list.length < listCount;
  return { arrivals, reach: isAll ? "all" : oldest(arrivals) };
}

/** Not every version has every list. */
async function orNull<T>(reading: Promise<T[]>): Promise<T[] | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof PlatformError && error.code === "unknown_operation") return null;
    throw error;
  }
}

function oldest(arrivals: readonly Arrival[]): Date | undefined {
  const times = arrivals.flatMap(({ askedAt }) => askedAt?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

/** Two lists together go back as far as the one that goes back less. */
function later(one: Reading["reach"], other: Reading["reach"]): Reading["reach"] {
  if (one === undefined || other === undefined) return undefined;
  if (one === "all" || other === "all") return one === "all" ? other : one;
  return one > other ? one : other;
}
