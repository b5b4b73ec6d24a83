import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { envelope } from "./answer";
import type { Dispatcher } from "./dispatcher";
import type { Event, EventMaker } from "./event";
import { createActionServer } from "./http";
import { Peer } from "./peer";
import { isAuthorized } from "./token";
import { Watch } from "./watch";
import { stringify } from "./wire";

const maxFrame = 50 * 1024 * 1024;

export interface NetworkOptions {
  host: string;
  dispatcher: Dispatcher;
  make: EventMaker;
  token: () => string;
  /** The bytes of a file by its id. */
  fileContent: (id: string) => Buffer | undefined;
}

/** The two listening ports (HTTP actions, forward WebSocket) and every open socket, forward and reverse. */
export class Network {
  readonly peers = new Set<Peer>();
  readonly watch = new Watch();
  private readonly http: Server;
  private readonly ws: Server;
  private readonly sockets: WebSocketServer;
  private ports = { http: 0, ws: 0 };

  constructor(private readonly options: NetworkOptions) {
    this.http = createActionServer(options);
    this.ws = createServer((request, response) => {
      const [, id] = /^\/files\/([^/?]+)$/.exec(request.url ?? "") ?? [];
      // Stands in for QQ's own host: the desk fetches from a private address only where a bot's socket is.
      const content = id === undefined ? undefined : options.fileContent(decodeURIComponent(id));
      if (content) response.writeHead(200, { "content-type": "application/octet-stream" }).end(content);
      else response.writeHead(426).end("Upgrade Required");
    });
    this.sockets = new WebSocketServer({ server: this.ws, maxPayload: maxFrame });
    this.sockets.on("connection", (socket, request) => {
      // An error is followed by "close"; without a listener it would end the process.
      socket.on("error", () => undefined);
      if (!isAuthorized(options.token(), request)) {
        // The upgrade has succeeded by now: NapCat says no in a frame, and closes.
        socket.send(stringify(envelope("failed", 1403, null, "token验证失败", null)));
        socket.close();
        return;
      }
      const path = (request.url ?? "/").split("?")[0];
      this.adopt(socket, "forward", path !== "/api" && path !== "/api/");
    });
  }

  /** The URLs, valid after `listen`. */
  get httpUrl(): string {
    return `http://${this.options.host}:${this.ports.http}`;
  }

  get wsUrl(): string {
    return `ws://${this.options.host}:${this.ports.ws}`;
  }

  /** Listens on the given ports (0: free ones); again on the same ones after `refuse`. */
  async listen(ports = this.ports): Promise<void> {
    const http = await listenOn(this.http, ports.http, this.options.host);
    const ws = await listenOn(this.ws, ports.ws, this.options.host);
    this.ports = { http, ws };
  }

  /** Stops listening and drops everything: who connects now is refused. */
  async refuse(): Promise<void> {
    this.drop();
    await Promise.all([stop(this.http), stop(this.ws)]);
  }

  /** Cuts every socket, keep-alive HTTP connections included, without a goodbye. */
  drop(): void {
    for (const peer of this.peers) peer.drop();
    this.http.closeAllConnections();
    this.ws.closeAllConnections();
  }

  /** Takes an open socket in; one with events is greeted. */
  adopt(socket: WebSocket, transport: "forward" | "reverse", hasEvents: boolean): void {
    const peer = new Peer(socket, transport, hasEvents, this.options.dispatcher);
    this.peers.add(peer);
    socket.once("close", () => {
      this.peers.delete(peer);
      this.watch.touch();
    });
    peer.sendEvent(this.options.make.lifecycle("connect"));
    this.watch.touch();
  }

  broadcast(event: Event): void {
    for (const peer of this.peers) peer.sendEvent(event);
  }

  /** Sends a raw frame to every socket that carries events. */
  broadcastRaw(data: string | Buffer): void {
    for (const peer of this.peers) if (peer.hasEvents) peer.send(data);
  }

  /** Waits until exactly `count` sockets of this kind are open. */
  async wait(transport: "forward" | "reverse", count: number): Promise<void> {
    const probe = (): true | undefined =>
      [...this.peers].filter((peer) => peer.transport === transport).length === count ? true : undefined;
    await this.watch.until(`${count} ${transport} socket(s)`, probe);
  }

  async close(): Promise<void> {
    this.watch.close();
    this.sockets.close();
    await this.refuse();
  }
}

async function listenOn(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  // A TCP server that listens has an AddressInfo; text is for pipes only.
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    // Upgraded sockets are not among these: `drop` has ended them.
    server.closeAllConnections();
  });
}
