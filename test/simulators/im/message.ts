import { type Actions, id, page, Refusal } from "./call";
import type { Message, Person } from "./world";

const types = ["text", "pic", "voice", "video", "geo", "file"];
const recallMs = 120_000;

/** A message as it is listed and pushed. */
export function toMessage(message: Message): Record<string, unknown> {
  const { createdAt, ope, type, body, isPrivate, isRecalled, isRead } = message;
  const ends = { fromId: id(message.from), toId: id(message.to) };
  return {
    id: id(message.id),
    createdAt,
    ...ends,
    ope,
    type,
    body,
    isPrivate,
    status: isRecalled ? "revocation" : "normal",
    isRead,
  };
}

/** The number at `name`, or `usual` where it is left out; anything else is refused. */
function count(text: string, usual: number): number {
  if (text !== "" && !/^\d+$/.test(text)) throw new Refusal("参数错误");
  return text === "" ? usual : Number(text);
}

/** Messages: sent, taken back, read. */
export const messageActions: Actions = {
  "POST /chat/send": {
    needs: ["toId#", "ope", "type", "isPrivate", "body"],
    run: (call, me) => {
      const { world, text } = call;
      const [to, ope, type, body] = [text("toId"), text("ope"), text("type"), text("body")];
      if (!["friend", "group"].includes(ope) || !types.includes(type)) throw new Refusal("参数错误");
      if (!["0", "1"].includes(text("isPrivate"))) throw new Refusal("参数错误");
      if (ope === "friend" && !world.areFriends(me.id, to)) throw new Refusal("对方不是你的好友");
      const group = ope === "group" ? world.groups.get(to) : undefined;
      if (ope === "group" && !group?.members.has(me.id)) throw new Refusal("你不在群里");
      const said = world.say({ from: me.id, to, ope, type, body, isPrivate: text("isPrivate") === "1" });
      const answer = toMessage(said);
      // In a group the server tells every member, who said it too.
      for (const receiver of group?.members ?? [to]) call.push(receiver, answer);
      return answer;
    },
  },
  "POST /chat/revocation": {
    needs: ["toId#", "id#", "ope"],
    run: (call, me) => {
      const message = call.world.messages.find((each) => each.id === call.text("id"));
      if (!message) throw new Refusal("消息不存在");
      if (message.from !== me.id) throw new Refusal("不是你的消息");
      if (message.sentAt + recallMs < call.world.clock) throw new Refusal("超过两分钟不能撤回");
      message.isRecalled = true;
      const group = message.ope === "group" ? call.world.groups.get(message.to) : undefined;
      for (const receiver of group?.members ?? [message.to]) call.push(receiver, toMessage(message));
      return null;
    },
  },
  "POST /chat/read": {
    needs: ["toId#"],
    // Pairs of people only: what was said in a group is to the group.
    run: ({ world, text, push }, me) => {
      for (const each of world.messages) if (each.from === text("toId") && each.to === me.id) each.isRead = true;
      push(text("toId"), { id: 0, fromId: id(me.id), toId: id(text("toId")), ope: "friend", type: "read", read: true });
      return null;
    },
  },
  "GET /chat/messages": {
    needs: ["toId#"],
    run: ({ world, text }, me) => {
      const isOf = ({ from, to }: Message, one: Person["id"], other: Person["id"]) => from === one && to === other;
      const found = world.messages.filter(
        (each) =>
          // Numbers, not who they belong to: a group of the same number is in it, and of a group only one's own messages.
          (isOf(each, me.id, text("toId")) || isOf(each, text("toId"), me.id)) &&
          !each.isRecalled &&
          (text("messageType") === "" || text("messageType") === each.type),
      );
      const sort = text("sort") || "id:asc";
      if (sort !== "id:asc" && sort !== "id:desc") throw new Refusal("参数错误");
      if (sort === "id:desc") found.reverse();
      const limit = Math.min(count(text("limit"), 50), 500);
      const from = (count(text("page"), 1) - 1) * limit;
      const logs = found.slice(from, from + limit).map((each) => ({ ...toMessage(each), self: each.from === me.id }));
      return page(logs, found.length);
    },
  },
};
