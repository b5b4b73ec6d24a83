import { z } from "zod";
import type { Asked, World } from "./world";

export interface Said {
  code: number;
  msg: string;
}

/** One operation that takes JSON: what it insists on, and what it does. */
interface Action {
  input: z.ZodType;
  run(world: World, input: unknown): Said;
}

const done: Said = { code: 1, msg: "success" };
const gone: Said = { code: -1, msg: "申请不存在" };

const ChatType = z.union([z.literal(1), z.literal(2), z.literal(3)]);
// Text and nothing else: a number where it wants text is refused.
const Apply = z.object({ chatId: z.string().min(1), chatType: ChatType, remark: z.string().default("") });
const Target = z.object({ chatId: z.string().min(1), chatType: ChatType });
const Silence = z.object({ chatId: z.string().min(1), noNotify: z.union([z.literal(0), z.literal(1)]) });
const Id = z.int().min(1).max(2_147_483_647);
// 3 and 4 are in its document; nobody is let in or kept out by them.
const Answer = z.object({ id: Id, agree: z.int().min(1).max(4) });
const Ignore = z.object({ id: Id, ignore: z.literal(1) });
const Only = z.object({ id: Id });

function action<T>(input: z.ZodType<T>, run: (world: World, input: T) => Said): Action {
  return { input, run: (world, value) => run(world, input.parse(value)) };
}

/** Does somebody want to be in a group? Only who runs it answers that, and elsewhere. */
function isJoin({ targetType, inviterId }: Asked): boolean {
  return targetType === 2 && inviterId === "";
}

function answer(world: World, { id, agree }: z.infer<typeof Answer>, isForGroup: boolean): Said {
  const asked = world.requests.find((each) => each.id === id);
  if (asked === undefined || isJoin(asked) !== isForGroup) return gone;
  asked.result = agree;
  // Somebody who asked for themselves is a friend then; an invitation brings the account into the group.
  if (agree !== 1 || isForGroup) return done;
  if (asked.groupName === undefined) world.friends.push({ id: asked.inviterId, name: asked.name });
  else world.groups.push({ id: asked.targetType === 2 ? (asked.targetId ?? "") : "", name: asked.groupName });
  return done;
}

/** What takes JSON, by path. */
export const actions: Readonly<Record<string, Action>> = {
  "/v1/friend/apply": action(Apply, (world, input) => {
    if (world.of(input.chatType).some(({ id }) => id === input.chatId)) return { code: -9, msg: "已经添加过了" };
    if (!world.others.has(`${input.chatType}:${input.chatId}`)) return { code: -1, msg: "对象不存在" };
    world.made.push(input);
    return done;
  }),
  "/v1/friend/delete-friend": action(Target, (world, { chatId, chatType }) => {
    const chats = world.of(chatType);
    const at = chats.findIndex(({ id }) => id === chatId);
    if (at === -1) return { code: -1, msg: "对象不存在" };
    if (chatType === 2 && chats[at]?.level === 100) return { code: -1, msg: "群主不可退群，请先转移群聊" };
    chats.splice(at, 1);
    return done;
  }),
  "/v1/friend/agree-apply": action(Answer, (world, input) => answer(world, input, false)),
  "/v1/group/agree-invite": action(Answer, (world, input) => answer(world, input, true)),
  "/v1/friend/ignore-apply": action(Ignore, (world, { id }) => {
    if (!world.requests.some((each) => each.id === id)) return gone;
    world.ignored.add(id);
    return done;
  }),
  "/v1/friend/delete-request": action(Only, (world, { id }) => {
    const at = world.requests.findIndex((each) => each.id === id);
    if (at === -1) return gone;
    world.requests.splice(at, 1);
    return done;
  }),
  "/v1/friend/no-notify": action(Silence, (world, { chatId, noNotify }) => {
    if (noNotify === 1) world.quiet.add(chatId);
    else world.quiet.delete(chatId);
    return done;
  }),
};
