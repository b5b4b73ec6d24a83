import { once } from "node:events";
import { NCWebsocket } from "node-napcat-ts";
import WebSocket from "ws";
import { callTimeoutMs } from "@/server/gateway/invoke";
import { createCall } from "@/server/platforms/client";
import { Deadline } from "@/server/platforms/deadline";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { open } from "@/server/platforms/napcat/driver";
import { EchoServer } from "./echo-server";
import { type Figure, toFigure } from "./figure";
import type { Piece } from "./piece";
import { time } from "./sample";
import type { Stage } from "./stage";
import { member } from "./wire-sample";

/** One way to talk to a OneBot server. */
interface Client {
  /** A member looked up: a read as the desk makes it most. */
  call(): Promise<unknown>;
  /** Told each decoded event. */
  onEvent: () => void;
}

/** Calls a run at so many in flight. */
const depths = [
  { atOnce: 1, calls: 3_000 },
  { atOnce: 16, calls: 12_000 },
  { atOnce: 256, calls: 20_000 },
];
const eventsARun = 40_000;
const group_id = String(member.group_id);
const user_id = String(member.user_id);

/**
 * Our NapCat client as a bot's connection uses it (the row's checks of input and answer included, each call with a
 * timeout of its own) against node-napcat-ts and against a bare socket with a map of echoes: all in this process, by
 * turns, on one server.
 */
export const napcatClient: Piece = {
  name: "napcat-client",
  limitMs: 600_000,
  async measure(stage) {
    const server = await EchoServer.start(stage);
    // In this order: the server knows its sockets by it.
    const clients = [await openOurs(stage, server), await openTheirs(stage, server), await openBare(stage, server)];
    const figures: Figure[] = [];
    for (const { atOnce, calls } of depths) {
      const [rates, latencies]: [number[][], number[][]] = [clients.map(() => []), clients.map(() => [])];
      await byTurns(stage, clients, async (client, at, isWarmUp) => {
        const each: number[] = [];
        const ms = await time(() => flood(client, atOnce, calls, each));
        if (isWarmUp) return;
        rates[at]?.push((calls / ms) * 1_000);
        latencies[at]?.push(...each);
      });
      figures.push(...compare(`calls, ${atOnce} in flight`, "1/s", rates));
      figures.push(...compare(`a call, ${atOnce} in flight`, "ms", latencies));
    }
    const decoded: number[][] = clients.map(() => []);
    await byTurns(stage, clients, async (client, at, isWarmUp) => {
      const ms = await time(() => hear(client, server, at));
      if (!isWarmUp) decoded[at]?.push((eventsARun / ms) * 1_000);
    });
    figures.push(...compare("events decoded", "1/s", decoded));
    return figures;
  },
};

/** Each client a run at a time, in an order that turns; the first round does not count. */
async function byTurns(
  stage: Stage,
  clients: readonly Client[],
  measure: (client: Client, at: number, isWarmUp: boolean) => Promise<void>,
): Promise<void> {
  for (let run = 0; run <= stage.runs; run += 1) {
    for (let turn = 0; turn < clients.length; turn += 1) {
      const at = (turn + run) % clients.length;
      const client = clients[at];
      if (client) await measure(client, at, run === 0);
    }
  }
}

async function flood(client: Client, atOnce: number, calls: number, latencies: number[]): Promise<void> {
  let left = calls;
  const work = async () => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      await client.call();
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function hear(client: Client, server: EchoServer, at: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let left = eventsARun;
    client.onEvent = () => {
      left -= 1;
      if (left === 0) resolve();
    };
    server.emit(at, eventsARun);
  });
}

function compare(what: string, unit: Figure["unit"], [ours = [], theirs = [], bare = []]: number[][]): Figure[] {
  const [library, floor] = [
    { what: "node-napcat-ts", samples: theirs },
    { what: "bare ws", samples: bare },
  ];
  const isMet = ({ median, floor }: { median: number; floor: number }) =>
    unit === "1/s" ? median >= floor : median <= floor;
  return [
    toFigure({ what, unit, samples: ours, floor: library, aim: { text: "no slower", isMet } }),
    toFigure({ what, unit, samples: ours, floor }),
    toFigure({ what: `${what}, node-napcat-ts`, unit, samples: theirs, floor }),
  ];
}

async function openOurs(stage: Stage, server: EchoServer): Promise<Client> {
  const client: Client = { call: () => Promise.resolve(), onEvent: () => {} };
  await new Promise<void>((resolve) => {
    const link = open({
      connection: { transport: "forward", wsUrl: server.wsUrl },
      credentials: { token: "" },
      accountId: null,
      hooks: {
        state: ({ isConnected }) => isConnected && resolve(),
        event: () => client.onEvent(),
        log: () => {},
        account: () => {},
      },
    });
    stage.own(() => link.close());
    const { signal } = new AbortController();
    const deadline = new Deadline(callTimeoutMs);
    const call = createCall(catalogue, link.send, signal);
    client.call = () =>
      deadline.within(signal, (signal) => call("get_group_member_info", { group_id, user_id }, { signal }));
  });
  return client;
}

async function openTheirs(stage: Stage, server: EchoServer): Promise<Client> {
  const library = new NCWebsocket({ baseUrl: server.wsUrl, accessToken: "", reconnection: { enable: false } });
  await library.connect();
  stage.own(() => library.disconnect());
  const client: Client = {
    call: () => library.get_group_member_info({ group_id: Number(group_id), user_id: Number(user_id) }),
    onEvent: () => {},
  };
  for (const kind of ["message", "notice", "request", "meta_event"] as const) library.on(kind, () => client.onEvent());
  return client;
}

async function openBare(stage: Stage, server: EchoServer): Promise<Client> {
  const socket = new WebSocket(server.wsUrl, { perMessageDeflate: false });
  await once(socket, "open");
  stage.own(async () => socket.terminate());
  const waiting = new Map<string, (data: unknown) => void>();
  let calls = 0;
  const client: Client = {
    call: () =>
      new Promise((resolve) => {
        calls += 1;
        const echo = String(calls);
        waiting.set(echo, resolve);
        socket.send(JSON.stringify({ action: "get_group_member_info", params: { group_id, user_id }, echo }));
      }),
    onEvent: () => {},
  };
  socket.on("message", (data) => {
    // What the server sends is a frame of test/bench/echo-program.ts.
    const frame = JSON.parse(data.toString()) as { echo?: string; data?: unknown };
    if (frame.echo === undefined) return client.onEvent();
    waiting.get(frame.echo)?.(frame.data);
    waiting.delete(frame.echo);
  });
  return client;
}
