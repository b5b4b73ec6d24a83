import { message } from "./bytes";
import type { Chat, World } from "./world";

const status = message([1, 9_007_199_254_740_993n], [2, 1], [3, "success"]);

/** The one text of field 2 that a request holds, "" for an empty one, null for anything else. */
export function readAsked(body: Buffer): string | null {
  if (body.length === 0) return "";
  if (body[0] !== 0x12 || body[1] !== body.length - 2) return null;
  return body.subarray(2).toString("utf8");
}

/** The address book, by the numbers of the document or by the newer ones. Empty for who has it already. */
export function toBook(world: World, known: string, isNewer: boolean): Buffer {
  if (known === world.md5) return message([1, status], [3, world.md5]);
  const entry = ({ id, name, remark = "", avatar = "", level = 0 }: Chat) => {
    const isQuiet = world.quiet.has(id) ? 1 : 0;
    return isNewer
      ? message([1, id], [2, remark], [3, avatar], [4, level], [5, isQuiet], [8, name])
      : message([1, id], [2, name], [3, avatar], [4, level], [5, isQuiet]);
  };
  const section = (title: string, type: number) =>
    message([1, title], ...world.of(type).map((chat) => [2, entry(chat)] as const), [3, isNewer ? type : 0]);
  const sections = [section("用户", 1), section("我加入的群聊", 2), section("机器人", 3)];
  return message(
    [1, status],
    ...sections.map((each) => [2, each] as const),
    ...(isNewer ? [[3, world.md5] as const] : []),
  );
}

/** Every request, answered or not; field 8 repeats the inviter. */
export function toRequestList(world: World): Buffer {
  const list = world.requests.map((asked) =>
    message(
      [3, asked.name],
      [5, asked.groupName ?? ""],
      [7, asked.inviterId],
      [8, asked.againInviterId ?? asked.inviterId],
      [9, asked.sourceType ?? 0],
      [10, asked.targetType ?? 0],
      [11, asked.targetId ?? ""],
      [12, asked.receiverId ?? ""],
      [13, asked.result ?? 0],
      [16, asked.inviteAt],
      [17, "1231-23-12 31:23:00"],
      [18, asked.id],
      [22, asked.processorName ?? ""],
      [23, asked.note],
    ),
  );
  const pending = world.requests.filter(({ result }) => result === undefined).length;
  return message([1, status], ...list.map((each) => [2, each] as const), [3, list.length], [4, pending]);
}
