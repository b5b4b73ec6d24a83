import { WebSocket } from "ws";
import { envelope, toAnswer } from "./answer";
import type { TransportName } from "./call";
import type { Dispatcher } from "./dispatcher";
import type { Event } from "./event";
import { asObject, stringify, type Wire } from "./wire";

/** One open socket, whoever dialled: answers the calls on it and carries events. */
export class Peer {
  constructor(
    private readonly socket: WebSocket,
    readonly transport: Extract<TransportName, "forward" | "reverse">,
    /** false on `/api`: calls only. */
    readonly hasEvents: boolean,
    private readonly dispatcher: Dispatcher,
  ) {
    socket.on("message", (data) => {
      // ws hands over Buffers unless told otherwise, and a list of them never.
      this.receive(data.toString()).catch((error: unknown) => socket.emit("error", error));
    });
  }

  sendEvent(event: Event): void {
    if (this.hasEvents) this.send(stringify(event));
  }

  /** Sends anything at all, valid or not. */
  send(data: string | Buffer): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(data);
  }

  /** Cuts the line without a goodbye. */
  drop(): void {
    this.socket.terminate();
  }

  close(): void {
    this.socket.close();
  }

  private async receive(text: string): Promise<void> {
    const frame = parse(text);
    if (frame === undefined || frame === null) {
      this.send(stringify(envelope("failed", 1400, null, "json解析失败,请检查数据格式", null)));
      return;
    }
    const call = asObject(frame);
    // NapCat throws inside for a bare number or text and never answers.
    if (!call) return;
    const outcome = await this.dispatcher.dispatch(String(call.action), asObject(call.params) ?? {}, this.transport);
    if (outcome.kind === "hang-up") {
      this.drop();
    } else if (outcome.kind === "raw") {
      this.send(outcome.raw.body);
    } else {
      // Any JSON value is echoed; none is echoed as "".
      const answer = stringify(toAnswer(outcome.result, "ws", toEcho(call.echo)));
      for (let sent = 0; sent < outcome.times; sent += 1) this.send(answer);
    }
  }
}

function toEcho(echo: unknown): Wire {
  // Parsed from JSON, so it is a value of the wire.
  return (echo ?? "") as Wire;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
