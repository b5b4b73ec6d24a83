import { HostileFront } from "./hostile-front";
import { start as startChat68 } from "./simulators/chat68";
import { start as startIm } from "./simulators/im";
import { start as startNapcat } from "./simulators/napcat";
import { start as startYunhu } from "./simulators/yunhu";

type Platform = "napcat" | "chat68" | "im" | "yunhu";

/** One call. `path` is how its address ends; `mark` stands in its answer over a socket, and in no other. */
export interface Asked {
  operation: string;
  input: unknown;
  path: string;
  mark?: string;
}

/** One way to reach a platform, through a front that can misbehave. */
export interface Way {
  front: HostileFront;
  bot: { platform: Platform; connection: Record<string, unknown>; token?: string };
  /** One of each that nothing else of the desk calls by itself. */
  read: Asked;
  write: Asked;
  /** What it calls an answer that nobody can read. */
  unreadable: "bad_answer" | "not_onebot";
  /** Digits of an id that `read` answers; "" where ids are no numbers on the wire. */
  id: string;
  close(): Promise<void>;
}

const hello = [{ type: "text", data: { text: "hello" } }];

async function napcat(transport: "http" | "forward"): Promise<Way> {
  const server = await startNapcat();
  server.world.addFriend({ userId: "73110045", nickname: "Ann" });
  server.world.addGroup({ groupId: "880011", groupName: "Chess" });
  const front = await HostileFront.start({ http: server.httpUrl, ws: server.wsUrl });
  const connection = transport === "http" ? { httpUrl: front.httpUrl } : { wsUrl: front.wsUrl };
  return {
    front,
    bot: { platform: "napcat", connection: { transport, ...connection }, token: server.token },
    read: { operation: "get_friend_list", input: { no_cache: false }, path: "/get_friend_list", mark: '"remark"' },
    write: {
      operation: "send_group_msg",
      input: { group_id: "880011", message: hello },
      path: "/send_group_msg",
      mark: '"message_id"',
    },
    unreadable: "not_onebot",
    id: "73110045",
    close: () => front.close().then(() => server.close()),
  };
}

async function chat68(transport: "http" | "ws"): Promise<Way> {
  const server = await startChat68();
  server.world.groups = [{ id: 73110045, hostId: 7237423, name: "Chess", members: [server.world.account] }];
  const front = await HostileFront.start({ http: server.httpUrl, ws: server.wsUrl });
  const connection = transport === "http" ? { httpUrl: front.httpUrl } : { wsUrl: front.wsUrl };
  return {
    front,
    bot: { platform: "chat68", connection: { transport, ...connection } },
    read: { operation: "getGroups", input: {}, path: "/getGroups", mark: '"getGroups"' },
    write: {
      operation: "sendMsg",
      input: { type: "group", id: "73110045", list: [{ values: { content: "hello" } }] },
      ...{ path: "/sendMsg", mark: '"sendMsg"' },
    },
    unreadable: "bad_answer",
    id: "73110045",
    close: () => front.close().then(() => server.close()),
  };
}

async function im(): Promise<Way> {
  const server = await startIm();
  const ann = server.world.addPerson("Ann");
  const bob = server.world.addPerson("Bob", { id: "73110045" });
  server.world.befriend(ann.id, bob.id);
  const front = await HostileFront.start({ http: new URL(server.baseUrl).origin });
  const baseUrl = front.httpUrl + new URL(server.baseUrl).pathname;
  return {
    front,
    bot: { platform: "im", connection: { baseUrl }, token: server.mint(ann) },
    read: { operation: "get.friends", input: { blacklist: false }, path: "/friends" },
    write: {
      operation: "post.chat.send",
      input: { toId: bob.id, ope: "friend", type: "text", body: "hello" },
      path: "/chat/send",
    },
    unreadable: "bad_answer",
    id: bob.id,
    close: () => front.close().then(() => server.close()),
  };
}

async function yunhu(): Promise<Way> {
  const server = await startYunhu();
  server.world.friends.push({ id: "7311", name: "Ann" });
  const front = await HostileFront.start({ http: server.httpUrl, ws: server.wsUrl });
  return {
    front,
    bot: {
      platform: "yunhu",
      connection: { apiUrl: front.httpUrl, pushUrl: `${front.wsUrl}/ws`, userId: "100", deviceId: "desk" },
      token: server.token,
    },
    read: { operation: "address-book-list", input: {}, path: "/address-book-list" },
    write: { operation: "no-notify", input: { chatId: "7311", noNotify: true }, path: "/no-notify" },
    unreadable: "bad_answer",
    id: "",
    close: () => front.close().then(() => server.close()),
  };
}

/** Every way on which calls travel over HTTP. */
export const httpWays: Readonly<Record<string, () => Promise<Way>>> = {
  "NapCat over HTTP": () => napcat("http"),
  "68chat over HTTP": () => chat68("http"),
  IM: im,
  Yunhu: yunhu,
};

/** Every way on which calls travel over a socket. */
export const socketWays: Readonly<Record<string, () => Promise<Way>>> = {
  "NapCat over a WebSocket": () => napcat("forward"),
  "68chat over a WebSocket": () => chat68("ws"),
};

/** Every way with a socket that only pushes. */
export const pushWays: Readonly<Record<string, () => Promise<Way>>> = { IM: im, Yunhu: yunhu };
