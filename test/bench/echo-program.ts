import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { account, events, member } from "./wire-sample";

/** What the server is told by test/bench/echo-server.ts, which alone starts it. */
export type Order = { type: "emit"; to: number; count: number };

/** What it says, once. */
export type Report = { type: "listening"; port: number };

const say = (report: Report) => process.send?.(report);
const peers: WebSocket[] = [];

/** As cheap as a server can be: the answer is text already, only the echo is put in. */
const answers: Record<string, string> = {
  get_login_info: JSON.stringify(account),
  get_group_member_info: JSON.stringify(member),
};

function answer(socket: WebSocket, text: string): void {
  // What the clients send is JSON or the benchmark is wrong.
  const { action, echo } = JSON.parse(text) as { action: string; echo: string };
  const rest = `"message":"","wording":"","echo":${JSON.stringify(echo)}}`;
  socket.send(`{"status":"ok","retcode":0,"data":${answers[action] ?? "null"},${rest}`);
}

/** Writes no more at once than a socket takes: what queues up here is not yet the reader's to decode. */
async function emit(socket: WebSocket, count: number): Promise<void> {
  const texts = events.map((event) => JSON.stringify(event));
  for (let sent = 0; sent < count; sent += 1) {
    socket.send(texts[sent % texts.length] ?? "");
    if (sent % 256 === 0) while (socket.bufferedAmount > 2 ** 20) await new Promise((resolve) => setImmediate(resolve));
  }
}

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("connection", (socket) => {
  peers.push(socket);
  socket.on("message", (data) => answer(socket, data.toString()));
});
// A TCP server that listens has an AddressInfo; text is for pipes only.
server.on("listening", () => say({ type: "listening", port: (server.address() as AddressInfo).port }));
process.on("message", (order: Order) => {
  const socket = peers[order.to];
  if (socket) void emit(socket, order.count);
});
// The benchmark is gone: so is the server.
process.on("disconnect", () => process.exit(0));
