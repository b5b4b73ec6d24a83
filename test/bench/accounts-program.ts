import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { events } from "./wire-sample";

/** What the server is told by test/bench/accounts.ts, which alone starts it. */
export interface Order {
  type: "listen";
  /** 0 is a free one. */
  port: number;
  eventsASecond: number;
}

/** Where it listens. */
export interface Report {
  port: number;
}

const accountOf = (path: string) => 90_000_000_000 + Number(path.replace(/\D/g, ""));
const texts = events.slice(0, 32).map((event) => JSON.stringify(event));

/** What NapCat answers to what the desk asks of an account in which nothing is going on. */
function answer(account: number, action: string): unknown {
  if (action === "get_login_info") return { user_id: account, nickname: `Account ${account}` };
  if (action === "get_status") return { online: true, good: true };
  if (action === "get_version_info")
    return { app_name: "NapCat.Onebot", protocol_version: "v11", app_version: "4.8.99" };
  if (action === "get_group_system_msg") return { invited_requests: [], InvitedRequest: [], join_requests: [] };
  return [];
}

/** Many accounts behind one port: which one a socket is, its path says. */
function serve({ port, eventsASecond }: Order): void {
  const server = new WebSocketServer({ host: "127.0.0.1", port, perMessageDeflate: false });
  const sockets = new Map<WebSocket, number>();
  server.on("connection", (socket, request) => {
    const account = accountOf(request.url ?? "");
    sockets.set(socket, account);
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (data) => {
      // What the clients send is JSON or the benchmark is wrong.
      const { action, echo } = JSON.parse(data.toString()) as { action: string; echo: string };
      socket.send(JSON.stringify({ status: "ok", retcode: 0, data: answer(account, action), message: "", echo }));
    });
  });
  // Spread over the second, as accounts that know nothing of each other are.
  const steps = 50;
  let step = 0;
  if (eventsASecond > 0)
    setInterval(() => {
      step += 1;
      let at = 0;
      for (const [socket, account] of sockets) {
        at += 1;
        if (at % steps !== step % steps) continue;
        for (let event = 0; event < eventsASecond; event += 1)
          socket.send((texts[(at + step) % texts.length] ?? "").replaceAll("90000000001", String(account)));
      }
    }, 1_000 / steps);
  // A TCP server that listens has an AddressInfo; text is for pipes only.
  server.on("listening", () => process.send?.({ port: (server.address() as AddressInfo).port } satisfies Report));
}

process.on("message", (order: Order) => serve(order));
// The benchmark is gone: so is the server.
process.on("disconnect", () => process.exit(0));
