import type { Permission } from "@/lib/permissions";
import type { Risk } from "@/lib/risk";
import type { Capability } from "./adapter";

/**
 * Every capability with the permission it takes, in the order screens show them. The rows that one goes through ask the
 * same of who uses it: a test says so.
 */
export const capabilities = {
  "profile.get": "bots.view",
  "profile.update": "profile.manage",
  "profile.likes": "friends.view",
  "presence.get": "bots.view",
  "presence.presets": "bots.view",
  "presence.set": "profile.manage",
  "presence.word": "profile.manage",
  "clients.exit": "platform.manage",
  "clients.restart": "platform.manage",
  "friends.list": "friends.view",
  "friends.search": "friends.view",
  "friends.add": "friends.manage",
  "friends.remove": "friends.remove",
  "friends.remark": "friends.manage",
  "friends.label": "friends.manage",
  "friends.blocked": "friends.view",
  "friends.block": "friends.remove",
  "friends.unblock": "friends.remove",
  "friends.oneWay": "friends.view",
  "people.get": "friends.view",
  "people.like": "friends.manage",
  "people.groups": "groups.view",
  "people.nearby": "friends.view",
  "categories.list": "friends.view",
  "categories.create": "friends.manage",
  "categories.rename": "friends.manage",
  "categories.remove": "friends.manage",
  "categories.assign": "friends.manage",
  "categories.unassign": "friends.manage",
  "requests.list": "requests.view",
  "requests.answer": "requests.decide",
  "requests.check": "requests.view",
  "groups.list": "groups.view",
  "groups.search": "groups.view",
  "groups.nearby": "groups.view",
  "groups.get": "groups.view",
  "groups.create": "groups.manage",
  "groups.update": "groups.manage",
  "groups.join": "groups.manage",
  "groups.invite": "groups.manage",
  "groups.leave": "groups.leave",
  "groups.dissolve": "groups.leave",
  "groups.transfer": "groups.leave",
  "groups.muteAll": "members.mute",
  "groups.muted": "members.view",
  "groups.joinRule": "groups.manage",
  "groups.findable": "groups.manage",
  "groups.robots": "groups.manage",
  "groups.honors": "members.view",
  "groups.link": "groups.view",
  "members.list": "members.view",
  "members.get": "members.view",
  "members.kick": "members.kick",
  "members.mute": "members.mute",
  "members.promote": "members.promote",
  "members.card": "members.edit",
  "members.title": "members.edit",
  "members.presence": "members.view",
  "conversations.list": "messages.view",
  "messages.send": "messages.send",
  "messages.recall": "messages.recall",
  "messages.history": "messages.view",
  "messages.get": "messages.view",
  "messages.read": "messages.send",
  "messages.forward": "messages.send",
  "messages.react": "messages.send",
  "messages.poke": "messages.send",
  "notices.list": "groups.view",
  "notices.publish": "notices.manage",
  "notices.remove": "notices.manage",
  "essence.list": "messages.view",
  "essence.add": "notices.manage",
  "essence.remove": "notices.manage",
  "files.list": "files.view",
  "files.upload": "files.manage",
  "files.link": "files.view",
  "files.rename": "files.manage",
  "files.move": "files.manage",
  "files.remove": "files.remove",
  "files.keep": "files.manage",
  "files.space": "files.view",
  "folders.create": "files.manage",
  "folders.remove": "files.remove",
} as const satisfies Record<Capability, Permission>;

/** All names, in table order. */
// Object.keys forgets the literal keys; the table above is the only source of them.
export const capabilityNames = Object.keys(capabilities) as Capability[];

/** What cannot be taken back by the same means, or hits others hard. */
const destructive: ReadonlySet<Capability> = new Set([
  "clients.exit",
  "clients.restart",
  "friends.remove",
  "friends.block",
  "categories.remove",
  "groups.leave",
  "groups.dissolve",
  "groups.transfer",
  "members.kick",
  "messages.recall",
  "notices.remove",
  "essence.remove",
  "files.remove",
  "folders.remove",
] satisfies Capability[]);

/** How dangerous it is to use it, whichever operations a platform makes of it. */
export function riskOf(capability: Capability): Risk {
  if (isReading(capability)) return "read";
  return destructive.has(capability) ? "destructive" : "write";
}

/** Does it only look? Its permission says so: what changes something never goes by a permission to view. */
export function isReading(capability: Capability): boolean {
  return capabilities[capability].endsWith(".view");
}
