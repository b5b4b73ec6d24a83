import type { z } from "zod";
import type { Friend, Member, Person } from "../entity";
import { toRaw } from "../json";
import { fromSeconds } from "../moment";
import type { FriendEntry, Stranger } from "./friend-rows";
import type { MemberEntry } from "./group-rows";

/** Not for everybody who may see a friend list; the console shows them to who may see everything. */
const secrets = ["phone_num", "email"];

type Sex = "male" | "female" | "unknown" | undefined;

function toSex(word: Sex | string): Person["sex"] {
  return word === "male" || word === "female" ? word : null;
}

export function toFriend(friend: z.output<typeof FriendEntry>): Friend {
  return {
    id: friend.user_id,
    name: friend.nickname,
    avatar: null,
    signature: null,
    sex: toSex(friend.sex),
    remark: friend.remark,
    label: null,
    isOnline: null,
    raw: toRaw(friend, secrets),
  };
}

export function toPerson(person: z.output<typeof Stranger>): Person {
  return {
    id: person.user_id,
    name: person.nickname,
    avatar: null,
    signature: person.long_nick,
    sex: toSex(person.sex),
    raw: toRaw(person, secrets),
  };
}

export function toMember(entry: z.output<typeof MemberEntry>): Member {
  // The second a mute ends, kept when it is over; 0 while there never was one.
  const end = entry.shut_up_timestamp;
  return {
    id: entry.user_id,
    name: entry.nickname,
    avatar: null,
    signature: null,
    sex: toSex(entry.sex),
    card: entry.card,
    role: entry.role,
    title: entry.title ?? null,
    level: entry.level,
    isMuted: end === 0 ? false : null,
    mutedUntil: fromSeconds(end),
    joinedAt: fromSeconds(entry.join_time),
    lastSpokeAt: fromSeconds(entry.last_sent_time),
    raw: toRaw(entry),
  };
}
