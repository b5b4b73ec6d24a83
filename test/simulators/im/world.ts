export interface Person {
  id: string;
  username: string;
  nickname: string;
  email: string;
  mobile: string;
  password: string;
  /** What else the profile says, under the wire's names. */
  about?: Record<string, string>;
  place?: Place;
}

/** Degrees. */
export interface Place {
  latitude: number;
  longitude: number;
}

/** Within a thousand kilometres, as the server is set unless somebody changes it. */
export function isNear(place: Place | undefined, about: Place): boolean {
  if (place === undefined) return false;
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [from, to] = [radians(place.latitude), radians(about.latitude)];
  const turn = radians(place.longitude - about.longitude);
  const cosine = Math.sin(from) * Math.sin(to) + Math.cos(from) * Math.cos(to) * Math.cos(turn);
  return Math.acos(Math.min(1, Math.max(-1, cosine))) * 6_371 < 1_000;
}

export interface Apply {
  from: string;
  /** A person for friendship, a group for joining. */
  to: string;
  createdAt: string;
  reason: string;
  denyReason: string;
  status: "wait" | "pass" | "deny";
}

export const switchNames = ["disableAddMember", "disableViewMember", "disbaleAddGroup", "enbaleBeforeMsg"] as const;
export type SwitchName = (typeof switchNames)[number];

export interface Group {
  id: string;
  name: string;
  intro: string;
  avatar: string;
  switches: Record<SwitchName, boolean>;
  /** "" after it was handed to somebody who is not in it. */
  owner: string;
  managers: Set<string>;
  members: Set<string>;
  /** Until when somebody is muted, by the world's clock. */
  mutedUntil: Map<string, number>;
  place?: Place;
}

export interface Message {
  id: string;
  from: string;
  to: string;
  ope: string;
  type: string;
  body: string;
  isPrivate: boolean;
  /** By the world's clock. */
  sentAt: number;
  createdAt: string;
  isRecalled: boolean;
  isRead: boolean;
}

/** A drawer of somebody's friends. */
export interface Category {
  id: string;
  owner: string;
  name: string;
  members: Set<string>;
}

/** Whoever and whatever one IM server knows. Ids of people and of groups begin at the same number, as they do there. */
export class World {
  readonly people = new Map<string, Person>();
  /** `one-other`: the other is in the one's list. Each side has its own. */
  readonly friends = new Set<string>();
  /** `one-other`: the one has blocked the other. */
  readonly blocked = new Set<string>();
  readonly notes = new Map<string, { remark: string; label: string }>();
  readonly categories = new Map<string, Category>();
  readonly applies: Apply[] = [];
  readonly joins: Apply[] = [];
  readonly groups = new Map<string, Group>();
  readonly messages: Message[] = [];
  /** Picture codes by key, sent codes by address. */
  readonly captchas = new Map<string, string>();
  readonly codes = new Map<string, string>();
  /** What the server's clock says, in milliseconds; it stands still until a test moves it. */
  clock = Date.parse("2026-01-02T01:39:52Z");
  private nextPerson = 10_000_000;
  private nextGroup = 10_000_000;
  private nextCategory = 17;
  private moment = 0;

  addPerson(nickname: string, rest: Partial<Person> = {}): Person {
    const id = rest.id ?? String(this.nextPerson++);
    const person = { id, username: `user${id}`, nickname, email: "", mobile: "", password: "", ...rest };
    this.people.set(id, person);
    return person;
  }

  addGroup(name: string, owner: string, members: readonly string[] = [], groupId?: string): Group {
    const group: Group = {
      id: groupId ?? String(this.nextGroup++),
      ...{ name, intro: "", avatar: "", owner },
      switches: { disableAddMember: false, disableViewMember: false, disbaleAddGroup: false, enbaleBeforeMsg: false },
      managers: new Set(),
      members: new Set([owner, ...members]),
      mutedUntil: new Map(),
    };
    this.groups.set(group.id, group);
    return group;
  }

  addCategory(owner: string, name: string, members: readonly string[] = []): Category {
    const category: Category = { id: String(this.nextCategory++), owner, name, members: new Set(members) };
    this.categories.set(category.id, category);
    return category;
  }

  /** Somebody said something; where nobody may, it is the caller who looks. */
  say(message: Pick<Message, "from" | "to" | "ope" | "type" | "body"> & { isPrivate?: boolean }): Message {
    const said: Message = {
      isPrivate: false,
      ...message,
      id: String(this.messages.length + 1),
      ...{ sentAt: this.clock, createdAt: this.stamp(), isRecalled: false, isRead: false },
    };
    this.messages.push(said);
    return said;
  }

  /** Fractions of different lengths and the server's own zone, as it writes them. */
  private stamp(): string {
    this.moment++;
    return `${new Date(this.clock + 8 * 3_600_000).toISOString().slice(0, 19)}.${this.moment}+08:00`;
  }

  askFriend(from: string, to: string, reason: string): Apply {
    const apply: Apply = { from, to, createdAt: this.stamp(), reason, denyReason: "", status: "wait" };
    this.applies.push(apply);
    return apply;
  }

  askJoin(from: string, group: string, reason: string): Apply {
    const apply: Apply = { from, to: group, createdAt: this.stamp(), reason, denyReason: "", status: "wait" };
    this.joins.push(apply);
    return apply;
  }

  befriend(one: string, other: string): void {
    this.friends.add(`${one}-${other}`);
    this.friends.add(`${other}-${one}`);
  }

  areFriends(one: string, other: string): boolean {
    return this.friends.has(`${one}-${other}`);
  }
}
