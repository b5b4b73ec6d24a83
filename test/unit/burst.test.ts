import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { Burst } from "@/server/platforms/burst";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** An open connection, and the other side of it. */
async function connect() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  // Listening on a port, so the address is one.
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  const burst = new Burst(socket);
  const answered = new Promise<IncomingMessage>((resolve) => socket.once("upgrade", resolve));
  const other = await new Promise<WebSocket>((resolve) => server.once("connection", resolve));
  const { socket: stream } = await answered;
  if (socket.readyState !== socket.OPEN) await once(socket, "open");
  ends.push(() => {
    socket.terminate();
    server.close();
  });
  return { burst, other, stream };
}

function listen(other: WebSocket, count: number): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve) =>
    other.on("message", (data) => {
      heard.push(data.toString());
      if (heard.length === count) resolve(heard);
    }),
  );
}

it("frames of one turn are held together and leave with its end, in their order", async () => {
  const { burst, other, stream } = await connect();
  const heard = listen(other, 3);
  const written: unknown[] = [];
  for (const text of ["one", "two", "three"]) burst.write(text, (error) => written.push(error));
  expect([stream.writableCorked, stream.writableLength > 0]).toEqual([1, true]);
  await new Promise<void>((resolve) => process.nextTick(resolve));
  expect(stream.writableCorked).toBe(0);
  expect(await heard).toEqual(["one", "two", "three"]);
  expect(written.map(Boolean)).toEqual([false, false, false]);
});

it("what is written a turn later leaves as well", async () => {
  const { burst, other, stream } = await connect();
  const heard = listen(other, 2);
  burst.write("one", () => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  burst.write("two", () => undefined);
  expect(await heard).toEqual(["one", "two"]);
  expect(stream.writableCorked).toBe(0);
});

it("who writes when the connection is gone is told", async () => {
  const { burst, other } = await connect();
  other.terminate();
  await new Promise<void>((resolve) => setImmediate(resolve));
  const failure = await new Promise((resolve) => {
    const write = () => burst.write("lost", (error) => (error ? resolve(error) : setImmediate(write)));
    write();
  });
  expect(failure).toBeInstanceOf(Error);
});
