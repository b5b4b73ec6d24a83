import { createAdapter } from "@/server/platforms/yunhu/adapter";
import { catalogue } from "@/server/platforms/yunhu/catalogue";
import { createHttpTransport } from "@/server/platforms/yunhu/http";
import { start } from "@/test/simulators/yunhu";
import type { Asked } from "@/test/simulators/yunhu/world";
import { type Asking, adapters, type Ground, type GroupNow } from "./ground";

const ranks: Readonly<Record<string, number>> = { me: 100 };

/** The service with an account in it, and the adapter that the desk uses. */
export async function yunhu(): Promise<Ground> {
  const service = await start();
  // The numbers of fields that newer servers have: only those tell a remark from a name.
  service.isNewer = true;
  const { world } = service;
  const transport = createHttpTransport({ url: service.httpUrl, token: service.token });
  const made = adapters(catalogue, transport.send, createAdapter);
  const names = new Map<string, string>();
  let last = 1000;
  const groupOf = (id: string): GroupNow | null => {
    const found = world.groups.find((group) => group.id === id);
    return found ? { name: found.name, intro: "", ownerId: "", admins: [], members: ["me"] } : null;
  };
  const asked = async (
    request: Omit<Asked, "id" | "inviteAt" | "note">,
    isIn: (id: number) => boolean,
  ): Promise<Asking> => {
    const id = ++last;
    world.requests.push({ ...request, id, inviteAt: 1_700_000_000n, note: "let me in" });
    const { arrivals } = (await made.adapter["requests.list"]?.()) ?? { arrivals: [] };
    const arrival = arrivals.find(({ key }) => key === `request:${id}`);
    if (arrival === undefined) throw new Error("nobody is listed");
    return { arrival, isIn: () => isIn(id), reason: () => "" };
  };
  const isAgreed = (id: number) => world.requests.find((each) => each.id === id)?.result === 1;
  return {
    ...made,
    platform: "yunhu",
    me: "me",
    longId: "9007199254740993",
    world: {
      person: (name, id = String(++last)) => {
        names.set(id, name);
        world.others.add(`1:${id}`);
        return id;
      },
      befriend: (id) => void world.friends.push({ id, name: names.get(id) ?? id }),
      isFriend: (id) => world.friends.some((friend) => friend.id === id),
      wooed: () =>
        world.made.filter(({ chatType }) => chatType === 1).map(({ chatId: id, remark: reason }) => ({ id, reason })),
      group: (name, { owner = "me", isForeign = false } = {}) => {
        const id = String(++last);
        if (isForeign) world.others.add(`2:${id}`);
        else world.groups.push({ id, name, level: ranks[owner] ?? 0 });
        return id;
      },
      groupOf,
      askedToJoin: () =>
        world.made
          .filter(({ chatType }) => chatType === 2)
          .map(({ chatId: groupId, remark: reason }) => ({ groupId, reason })),
      asks: {
        friend: (name) =>
          asked({ inviterId: "5", name, sourceType: 1, targetType: 1 }, () =>
            world.friends.some(({ id }) => id === "5"),
          ),
        group_invite: (name) =>
          asked({ inviterId: "5", name, groupName: "Chess", sourceType: 2, targetType: 1 }, () =>
            world.groups.some((group) => group.name === "Chess"),
          ),
        group_join: (name) =>
          asked({ inviterId: "", name, groupName: "Chess", sourceType: 1, targetType: 2, targetId: "6" }, isAgreed),
      },
    },
    close: async () => {
      await transport.close();
      await service.close();
    },
  };
}
