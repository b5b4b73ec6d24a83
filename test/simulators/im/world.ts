export interface Person {
  id: string;
  username: string;
  nickname: string;
  email: string;
  mobile: string;
  password: string;
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
  switches: Record<SwitchName, boolean>;
  owner: string;
  managers: Set<string>;
  members: Set<string>;
}

export interface Message {
  id: string;
  from: string;
  to: string;
  ope: string;
  type: string;
  body: string;
  isPrivate: boolean;
}

/** Whoever and whatever one IM server knows. Ids of people and of groups begin at the same number, as they do there. */
export class World {
  readonly people = new Map<string, Person>();
  readonly friends = new Set<string>();
  readonly applies: Apply[] = [];
  readonly joins: Apply[] = [];
  readonly groups = new Map<string, Group>();
  readonly messages: Message[] = [];
  /** Picture codes by key, sent codes by address. */
  readonly captchas = new Map<string, string>();
  readonly codes = new Map<string, string>();
  private nextPerson = 10_000_000;
  private nextGroup = 10_000_000;
  private moment = 0;

  addPerson(nickname: string, rest: Partial<Person> = {}): Person {
    const id = rest.id ?? String(this.nextPerson++);
    const person = { id, username: `user${id}`, nickname, email: "", mobile: "", password: "", ...rest };
    this.people.set(id, person);
    return person;
  }

  addGroup(name: string, owner: string, members: readonly string[] = []): Group {
    const group: Group = {
      id: String(this.nextGroup++),
      ...{ name, intro: "", owner },
      switches: { disableAddMember: false, disableViewMember: false, disbaleAddGroup: false, enbaleBeforeMsg: false },
      managers: new Set(),
      members: new Set([owner, ...members]),
    };
    this.groups.set(group.id, group);
    return group;
  }

  /** Fractions of different lengths, as the server writes them. */
  private stamp(): string {
    this.moment++;
    return `2026-01-02T09:39:52.${this.moment}+08:00`;
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
