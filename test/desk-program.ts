import type { Actor } from "@/lib/actor";
import { startDesk } from "./desk";
import type { Order, Reply } from "./killable-desk";

/**
 * A desk in a process of its own, so that it can be killed: the same wiring as `startDesk`, on DATABASE_URL, told over
 * IPC what its operators do. Started by test/killable-desk.ts only.
 */
async function main(): Promise<void> {
  const test = await startDesk(process.env.DATABASE_URL ?? "");
  const actors = new Map<string, Promise<Actor>>();
  const as = async (name: string) => {
    const actor = actors.get(name) ?? test.operator("moderator", null, name);
    actors.set(name, actor);
    return test.as(await actor);
  };
  const obey = async (order: Order): Promise<unknown> => {
    switch (order.do) {
      case "connect":
        return await test.connect(order);
      case "list":
        return (await (await as(order.by)).requests.list({ state: "waiting", limit: 5 })).items;
      case "decide":
        return await (await as(order.by)).requests.decide(order.input);
      case "batch":
        return await (await as(order.by)).batches.start(order.input);
      case "undo":
        return await (await as(order.by)).requests.undo(order.input);
      case "task":
        return await (await as(order.by)).tasks.start(order.input);
      case "say": {
        const { text, ...input } = order.input;
        return await (await as(order.by)).chats.send({ ...input, pieces: [{ type: "text", text }] });
      }
      case "page":
        return await (await as(order.by)).chats.page({ id: order.id });
      case "stop":
        await test.stop();
        return null;
    }
  };
  process.on("message", (message) => {
    // Sent by test/killable-desk.ts, which alone holds the other end.
    const { id, order } = message as { id: number; order: Order };
    const say = (reply: Reply) => process.send?.(reply);
    obey(order).then(
      (value) => say({ id, value: value ?? null }),
      (cause: unknown) => say({ id, error: cause instanceof Error ? cause.message : String(cause) }),
    );
  });
  process.send?.({ id: 0, value: null } satisfies Reply);
}

process.once("disconnect", () => process.exit(0));
await main();
