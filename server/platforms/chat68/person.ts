import type { z } from "zod";
import type { Friend, Member, Person } from "../entity";
import { toRaw } from "../json";
import type { Contact } from "./account-rows";
import type { Person as Known } from "./field";

export function toPerson(person: z.output<typeof Known>): Person {
  const { uid: id, nickName: name, icon, signature } = person;
  return { id, name, avatar: icon || null, signature, sex: null, raw: toRaw(person) };
}

/** Whoever is known and not said to be online is offline; of whom nothing is said, nothing is known. */
export function toFriend({ userInfo }: z.output<typeof Contact>): Friend {
  const isOnline = userInfo.userOnOrOffline?.online ?? null;
  return { ...toPerson(userInfo), remark: null, label: null, isOnline };
}

/** Who owns the group is told by the group, and nothing tells who else runs it. */
export function toMember(person: z.output<typeof Known>, ownerId: string): Member {
  return {
    ...toPerson(person),
    card: null,
    role: person.uid === ownerId ? "owner" : "unknown",
    title: null,

    level: null,
    isMuted: null,
    mutedUntil: null,
    joinedAt: null,
    lastSpokeAt: null,
  };
}
