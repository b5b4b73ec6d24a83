import type { Group, Person, Place, World } from "./world";

/** What a handler is given: the account that calls (none before signing in) and what it sent. */
export interface Call {
  world: World;
  me: Person | null;
  text(name: string): string;
  all(name: string): string[];
  /** A push to every socket of an account. */
  push(to: string, message: Record<string, unknown>): void;
  mint(person: Person): string;
}

/** The server's one way to say no: HTTP 200, code 1 and a Chinese text. */
export class Refusal extends Error {}

export interface Action {
  /**
   * Names that must be there and not be empty. One ending in # must be an integer that is not 0; one ending in * is a list
   * of such, under its plain name again and again.
   */
  needs: readonly string[];
  isAnonymous?: true;
  run(call: Call, me: Person): unknown;
}

export type Actions = Readonly<Record<string, Action>>;

/** An id as it travels: digits without quotes, of any length. A JavaScript number would lose some. */
export class Digits {
  constructor(readonly text: string) {}
}

/** JSON as the server writes it: ids are numbers, however long. */
export function toJson(value: unknown): string {
  const mark = "\u0001";
  const marked = JSON.stringify(value, (_key, each: unknown) =>
    each instanceof Digits ? `${mark}${each.text}${mark}` : each,
  );
  return marked.replaceAll(/"\\u0001(\d+)\\u0001"/g, "$1");
}

export const id = (text: string): Digits => new Digits(text);

export function toAccount(person: Person): Record<string, unknown> {
  const { username, email, mobile, nickname, about } = person;
  const empty = { avatar: "", gender: "", birth: "", age: 0, intro: "" };
  return { id: id(person.id), username, email, mobile, nickname, ...empty, ...about };
}

export function toGroup(group: Group): Record<string, unknown> {
  const { name, intro, avatar, switches, members } = group;
  return { id: id(group.id), name, avatar, intro, members: members.size, members_limit: 500, ...switches };
}

/** An empty list is null, as Go writes it. */
export function page(items: readonly unknown[], total = items.length): unknown {
  return { items: items.length === 0 ? null : items, total };
}

export function personOf({ world }: Call, personId: string): Person {
  const person = world.people.get(personId);
  if (!person) throw new Refusal("用户不存在");
  return person;
}

export function groupOf(call: Call, name = "groupId"): Group {
  const group = call.world.groups.get(call.text(name));
  if (!group) throw new Refusal("群不存在");
  return group;
}

export function roleIn(group: Group, personId: string): "owner" | "manager" | "general" {
  if (personId === group.owner) return "owner";
  return group.managers.has(personId) ? "manager" : "general";
}

/** The group, if the caller runs it. */
export function managed(call: Call, me: Person): Group {
  const group = groupOf(call);
  if (roleIn(group, me.id) === "general") throw new Refusal("不是群管理员");
  return group;
}

/** The group, if the caller owns it. */
export function owned(call: Call, me: Person): Group {
  const group = groupOf(call);
  if (group.owner !== me.id) throw new Refusal("不是群主");
  return group;
}

/** The answer to an application; the words are two and no others. */
export function passOrDeny(call: Call): "pass" | "deny" {
  const status = call.text("status");
  if (status !== "pass" && status !== "deny") throw new Refusal("参数错误");
  return status;
}

/** Where to look around; 0 is "missing" to the server, and anything but degrees is refused. */
export function placeIn(call: Call): Place {
  const [latitude, longitude] = [Number(call.text("latitude")), Number(call.text("longitude"))];
  if (!latitude || !longitude || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) throw new Refusal("参数错误");
  return { latitude, longitude };
}

/** A switch of a form: 1 is on, 0 and nothing are off, everything else is refused. */
export function isOn(call: Call, name: string): boolean {
  if (!["", "0", "1"].includes(call.text(name))) throw new Refusal("参数错误");
  return call.text(name) === "1";
}
