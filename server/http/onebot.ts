import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { maxFrameBytes } from "@/server/platforms/driver";
import { readBody } from "./body";
import { replyText } from "./reply";

/** The desk as NapCat dialling in sees it. */
export interface OneBotDoor {
  /** The status to refuse an upgrade with; null accepts it. */
  refuseSocket(botId: string, headers: IncomingHttpHeaders): number | null;
  acceptSocket(botId: string, socket: WebSocket, request: IncomingMessage): boolean;
  acceptPost(botId: string, headers: IncomingHttpHeaders, body: Buffer): { status: number; body?: string };
}

/** The bot's id in `/onebot/<botId>`, or null. */
export function oneBotId(path: string): string | null {
  return /^\/onebot\/([0-9a-f-]{36})\/?$/i.exec(path)?.[1]?.toLowerCase() ?? null;
}

/** NapCat's two ways in: reverse WebSocket and signed event posts. Owns the sockets' server. */
export class OneBotEntrance {
  readonly #door: OneBotDoor;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false });

  constructor(door: OneBotDoor) {
    this.#door = door;
  }

  /** A signed event: 413 over 1 MiB, else what the bot's link says. */
  async post(botId: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (botId === null) return replyText(response, 404);
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      return replyText(response, 405);
    }
    const body = await readBody(request);
    if (body === null) {
      response.setHeader("connection", "close");
      return replyText(response, 413);
    }
    const answer = this.#door.acceptPost(botId, request.headers, body);
    replyText(response, answer.status, answer.body);
  }

  upgrade(botId: string | null, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refusal = botId === null ? 404 : this.#door.refuseSocket(botId, request.headers);
    if (botId === null || refusal !== null) {
      refuseUpgrade(socket, refusal ?? 404);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (accepted) => {
      // Without a listener an error on the socket would end the process.
      accepted.on("error", () => undefined);
      if (!this.#door.acceptSocket(botId, accepted, request)) accepted.terminate();
    });
  }

  close(): void {
    this.#sockets.close();
  }
}

/** Ends an upgrade with a status, in HTTP's own words, for no response object exists. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  socket.on("error", () => undefined);
  // A server's sockets may be half open: one that was only ended would stay for as long as the other side likes.
  socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
