import { randomBytes } from "node:crypto";
import * as chat68 from "./chat68";
import { Chat68Traffic } from "./chat68/traffic";
import { busy, Refused } from "./chat68/wire";
import * as im from "./im";
import { ImTraffic } from "./im/traffic";
import type { Life } from "./life";
import * as napcat from "./napcat";
import { Traffic } from "./traffic";
import type { Visitor } from "./visitor";
import * as yunhu from "./yunhu";
import { YunhuTraffic } from "./yunhu/traffic";

type NewBot = Parameters<Visitor["api"]["bots"]["create"]["mutate"]>[0];

/** One simulated account, how the desk reaches it, and what goes on around it. */
export interface DemoBot {
  life: Life;
  bot: NewBot;
  /** Operations beyond the vendor's document that the demo switches on, so that its requests can be answered. */
  extras: readonly string[];
  /** What is left to do once the desk knows the bot; resolves when it is open for events. */
  join(postUrl: string): Promise<unknown>;
  /** Where telling a group is a call of its own: the next one is refused. */
  failTelling?(): void;
}

/** Starts a simulator of every platform; `own` takes what ends them. Where it is big, one group has 10,000 members. */
export async function simulate(
  seed: number,
  own: (end: () => Promise<unknown>) => void,
  isBig = false,
): Promise<DemoBot[]> {
  const bots = [
    await forward(seed, own, isBig),
    await signedPosts(seed + 1, own),
    await overIm(seed + 2, own),
    await overYunhu(seed + 3, own),
    await overChat68(seed + 4, own),
  ];
  own(async () => {
    for (const { life } of bots) life.stop();
  });
  return bots;
}

/** Adds them at the desk, one after another, and waits until each is open. */
export async function seatBots(owner: Visitor, bots: readonly DemoBot[]): Promise<void> {
  for (const { bot, extras, join } of bots) {
    const { id } = await owner.api.bots.create.mutate(bot);
    for (const operation of extras) await owner.api.bots.setExtra.mutate({ id, operation, isOn: true });
    const { postUrl } = await owner.api.bots.get.query({ id });
    await join(postUrl ?? "");
  }
}

type Own = Parameters<typeof simulate>[1];
const pauseMs = 6_000;

/** A QQ account whose NapCat the desk dials. */
async function forward(seed: number, own: Own, isBig: boolean): Promise<DemoBot> {
  const account = { userId: "90000000001", nickname: "茶馆门卫" };
  const server = await napcat.start({ account, heartbeatMs: 10_000, reportsOwn: true });
  own(() => server.close());
  return {
    life: new Traffic(server, { seed, pauseMs, sizes: [16, 320, isBig ? 10_000 : 60] }),
    bot: {
      name: account.nickname,
      platform: "napcat",
      connection: { transport: "forward", wsUrl: server.wsUrl },
      token: server.token,
    },
    extras: [],
    join: () => server.connected("forward"),
  };
}

/** A QQ account over HTTP calls and signed posts. */
async function signedPosts(seed: number, own: Own): Promise<DemoBot> {
  const account = { userId: "90000000002", nickname: "Garden Keeper" };
  const server = await napcat.start({ account });
  own(() => server.close());
  return {
    life: new Traffic(server, { seed, pauseMs }),
    bot: {
      name: account.nickname,
      platform: "napcat",
      connection: { transport: "http", httpUrl: server.httpUrl },
      token: server.token,
    },
    extras: [],
    join: (postUrl) => {
      server.postTo(postUrl);
      return server.calls.wait("get_login_info");
    },
  };
}

async function overIm(seed: number, own: Own): Promise<DemoBot> {
  const server = await im.start();
  own(() => server.close());
  const self = server.world.addPerson("读书会前台", { id: "92000000001" });
  return {
    life: new ImTraffic(server, self, { seed, pauseMs }),
    bot: {
      name: self.nickname,
      platform: "im",
      connection: { baseUrl: server.baseUrl },
      token: server.mint(self),
    },
    extras: [],
    join: () => server.connected(1),
  };
}

async function overYunhu(seed: number, own: Own): Promise<DemoBot> {
  const server = await yunhu.start();
  own(() => server.close());
  server.token = randomBytes(18).toString("base64url");
  const self = { id: "94000000001", name: "Cloud Doorbell" };
  return {
    life: new YunhuTraffic(server, self, { seed, pauseMs }),
    bot: {
      name: self.name,
      platform: "yunhu",
      connection: { apiUrl: server.httpUrl, pushUrl: server.wsUrl, userId: self.id, deviceId: "demo-desk" },
      token: server.token,
    },
    extras: ["agree-invite"],
    join: () => server.framed("login"),
  };
}

async function overChat68(seed: number, own: Own): Promise<DemoBot> {
  const server = await chat68.start();
  own(() => server.close());
  server.world.account = { uid: 96_000_000_001, nickName: "值班小六" };
  server.world.lastSeen = Date.now();
  return {
    life: new Chat68Traffic(server, { seed, pauseMs }),
    bot: {
      name: server.world.account.nickName,
      platform: "chat68",
      connection: { transport: "ws", wsUrl: server.wsUrl, httpUrl: server.httpUrl },
    },
    extras: ["UpdateContactsApply"],
    join: () => server.asked("UserInfo"),
    failTelling: () => server.world.faults.set("sendMsg", new Refused(300, busy)),
  };
}
