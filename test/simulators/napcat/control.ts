import { createServer, type IncomingMessage, type Server } from "node:http";
import { z } from "zod";
import type { Napcat } from "../napcat";
import type { Stored } from "./chat";
import { changeCard, changeTitle, mute, muteAll, poke, promote, react, recall, rename } from "./deed";
import type { Latch } from "./fault";
import { stringify, type Wire } from "./wire";
import type { Group, Member, World } from "./world";

const Id = z.string().regex(/^\d+$/);
const None = z.object({});
const Fault = z.object({ action: z.string().default("*"), times: z.int().positive().default(1) });
const When = z.enum(["before", "after"]);
const Friend = z.object({
  userId: Id,
  nickname: z.string(),
  comment: z.string().default(""),
  second: z.int().default(() => Math.floor(Date.now() / 1000)),
  isPushed: z.boolean().default(true),
});
const Filtered = z.object({ userId: Id, nickname: z.string(), message: z.string().default("") });
const InGroup = Friend.extend({
  groupId: Id,
  groupName: z.string().default(""),
  isFiltered: z.boolean().default(false),
});
const Decide = z.object({ flag: z.string(), userId: Id.optional(), approve: z.boolean(), actorId: Id.optional() });

const InMember = z.object({ groupId: Id, userId: Id });

function groupOf(world: World, groupId: string): Group {
  const group = world.groups.get(groupId);
  if (!group) throw new Error(`The account is in no group ${groupId}.`);
  return group;
}

function memberOf(world: World, { groupId, userId }: z.infer<typeof InMember>): { group: Group; member: Member } {
  const group = groupOf(world, groupId);
  const member = group.members.get(userId);
  if (!member) throw new Error(`Nobody in that group is ${userId}.`);
  return { group, member };
}

function messageOf(world: World, messageId: number): Stored {
  const stored = world.chat.find(messageId);
  if (!stored) throw new Error(`There is no message ${messageId}.`);
  return stored;
}

type Verb = (raw: unknown, napcat: Napcat, latches: Map<string, Latch>) => unknown;

/** A verb reads its body with `input` and hands on what is in it. */
function verb<T>(input: z.ZodType<T>, run: (napcat: Napcat, body: T, latches: Map<string, Latch>) => unknown): Verb {
  return (raw, napcat, latches) => run(napcat, input.parse(raw), latches);
}

/** `POST /<verb>` with a JSON body. */
const verbs: Readonly<Record<string, Verb>> = {
  calls: verb(None, (napcat) => napcat.calls.all),
  events: verb(None, (napcat) => napcat.events),
  requests: verb(None, ({ inbox }) => ({ friends: inbox.friends, filtered: inbox.filtered, groups: inbox.groups })),
  group: verb(z.object({ groupId: Id, groupName: z.string() }), ({ world }, body) => {
    world.addGroup(body);
  }),
  friend: verb(Friend, ({ inbox }, body) => inbox.arriveFriend(body)),
  filtered: verb(Filtered, ({ inbox }, body) => inbox.arriveFiltered(body)),
  join: verb(InGroup, ({ inbox }, body) => inbox.arriveJoin(body)),
  invite: verb(InGroup, ({ inbox }, body) => inbox.arriveInvite(body)),
  "member-invite": verb(InGroup, ({ inbox }, body) => inbox.arriveMemberInvite(body)),
  say: verb(z.object({ userId: Id, text: z.string(), groupId: Id.optional() }), ({ world }, body) => ({
    messageId: world.say(body.userId, body.text, body.groupId),
  })),
  recall: verb(z.object({ messageId: z.int(), operatorId: Id.optional() }), ({ world }, body) =>
    recall(world, messageOf(world, body.messageId), body.operatorId),
  ),
  react: verb(
    z.object({ messageId: z.int(), userId: Id, face: z.string(), isOn: z.boolean().default(true) }),
    ({ world }, body) => react(world, messageOf(world, body.messageId), body.userId, body.face, body.isOn),
  ),
  mute: verb(InMember.extend({ seconds: z.int().min(0), operatorId: Id.optional() }), ({ world }, body) => {
    const { group, member } = memberOf(world, body);
    mute(world, group, member, body.seconds, body.operatorId ?? world.account.userId);
  }),
  "mute-all": verb(z.object({ groupId: Id, isOn: z.boolean() }), ({ world }, body) => {
    muteAll(world, groupOf(world, body.groupId), body.isOn, world.account.userId);
  }),
  leave: verb(InMember.extend({ by: Id.optional() }), ({ world }, { groupId, userId, by }) => {
    world.leave(groupId, userId, by === undefined ? "leave" : "kick", by);
  }),
  enter: verb(InMember.extend({ nickname: z.string(), by: Id }), ({ world }, { groupId, by, ...person }) => {
    world.join(groupId, person, "invite", by);
  }),
  card: verb(InMember.extend({ card: z.string() }), ({ world }, body) => {
    const { group, member } = memberOf(world, body);
    changeCard(world, group, member, body.card);
  }),
  title: verb(InMember.extend({ title: z.string() }), ({ world }, body) => {
    const { group, member } = memberOf(world, body);
    changeTitle(world, group, member, body.title);
  }),
  admin: verb(InMember.extend({ isOn: z.boolean() }), ({ world }, body) => {
    const { group, member } = memberOf(world, body);
    promote(world, group, member, body.isOn);
  }),
  rename: verb(z.object({ groupId: Id, name: z.string(), userId: Id }), ({ world }, body) => {
    rename(world, groupOf(world, body.groupId), body.name, body.userId);
  }),
  poke: verb(z.object({ userId: Id, targetId: Id, groupId: Id.nullable().default(null) }), ({ world }, body) => {
    poke(world, body.userId, body.targetId, body.groupId);
  }),
  repeat: verb(None, (napcat) => napcat.repeatLast()),
  // As somebody would in the QQ client.
  decide: verb(Decide, ({ inbox }, { flag, userId, approve, actorId }) => {
    const friend = inbox.friends.find((each) => each.flag === flag && (userId ?? each.userId) === each.userId);
    const group = inbox.groups.find((each) => each.flag === flag);
    if (friend) inbox.decideFriend(friend, approve);
    else if (group) inbox.decideGroup(group, approve, actorId);
    else throw new Error("No request has this flag.");
  }),
  offline: verb(z.object({ words: z.string().optional() }), ({ world }, body) => world.goOffline(body.words)),
  online: verb(None, ({ world }) => world.goOnline()),
  dial: verb(z.object({ url: z.url(), token: z.string().optional() }), (napcat, body) => {
    napcat.dial(body.url, body.token);
  }),
  post: verb(z.object({ url: z.url(), secret: z.string().optional() }), (napcat, body) => {
    napcat.postTo(body.url, body.secret);
  }),
  token: verb(z.object({ token: z.string() }), (napcat, body) => {
    napcat.token = body.token;
  }),
  "ok-without-acting": verb(Fault, ({ faults }, body) => faults.okWithoutActing(body.action, body)),
  fail: verb(Fault.extend({ words: z.string() }), ({ faults }, body) =>
    faults.failNext(body.action, body.words, "business", body.times),
  ),
  slow: verb(Fault.extend({ ms: z.int().positive() }), ({ faults }, body) =>
    faults.slow(body.action, body.ms, body.times),
  ),
  "hang-up": verb(Fault.extend({ when: When.default("before") }), ({ faults }, body) =>
    faults.hangUp(body.action, body.when, body.times),
  ),
  hold: verb(z.object({ action: z.string(), when: When.default("after") }), ({ faults }, body, latches) => {
    const id = String(latches.size + 1);
    latches.set(id, faults.hold(body.action, body.when));
    return { id };
  }),
  release: verb(z.object({ id: z.string() }), (_napcat, body, latches) => latches.get(body.id)?.release()),
  "clear-faults": verb(None, ({ faults }) => faults.clear()),
  drop: verb(None, (napcat) => napcat.dropSockets()),
  refuse: verb(None, (napcat) => napcat.refuse()),
  accept: verb(None, (napcat) => napcat.accept()),
  "stop-heartbeats": verb(None, (napcat) => napcat.stopHeartbeats()),
  "resume-heartbeats": verb(None, (napcat) => napcat.resumeHeartbeats()),
  raw: verb(z.object({ text: z.string() }), (napcat, body) => napcat.sendRaw(body.text)),
  oversized: verb(z.object({ bytes: z.int().positive() }), (napcat, body) =>
    napcat.sendRaw(Buffer.alloc(body.bytes, " ")),
  ),
};

/**
 * A port to play a running simulator with: `POST /<verb>`, JSON in, JSON out; `GET /` names the verbs. For loopback.
 * A body that is not declared as JSON is refused, so that no web page can post to it without asking first.
 */
export function createControlServer(napcat: Napcat): Server {
  const latches = new Map<string, Latch>();
  return createServer(async (request, response) => {
    const [status, answer] = await play(request, napcat, latches);
    response.writeHead(status, { "content-type": "application/json" }).end(`${stringify(answer)}\n`);
  });
}

async function play(request: IncomingMessage, napcat: Napcat, latches: Map<string, Latch>): Promise<[number, Wire]> {
  const name = (request.url ?? "/").slice(1);
  if (request.method === "GET" && name === "") return [200, Object.keys(verbs)];
  const run = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (request.method !== "POST" || !run) return [404, { error: "POST /<verb>; GET / names the verbs." }];
  if (!request.headers["content-type"]?.startsWith("application/json")) return [415, { error: "Send JSON." }];
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const answer = await run(JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}"), napcat, latches);
    // What verbs answer is made of the simulator's own records, all of the wire.
    return [200, (answer ?? { ok: true }) as Wire];
  } catch (error) {
    if (error instanceof z.ZodError) return [400, { error: z.prettifyError(error) }];
    return [400, { error: error instanceof Error ? error.message : String(error) }];
  }
}
