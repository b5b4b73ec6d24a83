import { message } from "./bytes";
import type { Said, World } from "./world";

const [isPerson, isGroup] = [1, 2];
const text = 1;

/** A pushed message, by the service's own numbers. Taken back, it comes once more with the time of it. */
export function toPush({ id, chat, from, name, content, at, takenBackAt }: Said, selfId: string): Buffer {
  const sender = message([1, from], [2, isPerson], [3, name]);
  return message(
    [1, message([1, id], [2, "push_message"])],
    [
      2,
      message(
        [1, "type.googleapis.com/proto.PushMessage"],
        [
          2,
          message(
            [1, id],
            [2, sender],
            [3, selfId],
            [4, chat.id],
            [5, chat.isGroup ? isGroup : isPerson],
            [6, message([1, content])],
            [7, text],
            [8, at],
            [10, takenBackAt ?? 0n],
            [12, BigInt(Number(id.slice(1)))],
          ),
        ],
      ),
    ],
  );
}

/** Somebody says something in a group, or to the account alone. */
export function say(world: World, from: { id: string; name: string }, content: string, groupId?: string): Said {
  const id = `m${world.said.length + 1}`;
  const chat = { id: groupId ?? from.id, isGroup: groupId !== undefined };
  const said: Said = { id, chat, from: from.id, name: from.name, content, at: BigInt(Date.now()) };
  world.said.push(said);
  return said;
}
