import { randomBytes } from "node:crypto";
import { quickOperate } from "./napcat/action";
import { CallLog } from "./napcat/call";
import { Dialer } from "./napcat/dialer";
import { Dispatcher } from "./napcat/dispatcher";
import { type Event, EventMaker } from "./napcat/event";
import { CallFaults } from "./napcat/fault";
import { Inbox } from "./napcat/inbox";
import { Network } from "./napcat/network";
import { Poster } from "./napcat/post";
import { Watch } from "./napcat/watch";
import { type Person, World } from "./napcat/world";

export interface NapcatOptions {
  /** Port of HTTP actions; 0 or nothing is a free one. */
  port?: number;
  /** Port of the forward WebSocket; 0 or nothing is a free one. */
  wsPort?: number;
  host?: string;
  /** A random one if not given; "" lets everybody in. */
  token?: string;
  account?: Person;
  /** 0 (the default here; NapCat's own is 30000) sends none but those of `beat`. */
  heartbeatMs?: number;
  /** How long a reverse socket stays down before it is dialled again. NapCat's own is 5000. */
  reconnectMs?: number;
  /** Does it push what the account itself says? NapCat's own default is no. */
  reportsOwn?: boolean;
  /** The unix second; the machine's clock if not given. */
  now?: () => number;
}

/** Starts a simulated NapCat: a OneBot 11 server on loopback with one QQ account in an empty world. */
export async function start(options: NapcatOptions = {}): Promise<Napcat> {
  const napcat = new Napcat(options);
  await napcat.listen();
  return napcat;
}

/**
 * A NapCat as its network sees it, quirks included, with its world open to the test: `world` is what exists, `inbox`
 * who waits to be let in, `faults` what goes wrong with calls, `calls` what was asked. It shares no code with the desk.
 */
export class Napcat {
  readonly calls = new CallLog();
  readonly faults = new CallFaults(this.calls);
  readonly world: World;
  readonly inbox: Inbox;
  /** Every event pushed so far except lifecycle and heartbeat, oldest first. */
  readonly events: Event[] = [];
  /** Refused reverse dials: the HTTP status, null when nobody answered. */
  readonly refusals: (number | null)[] = [];
  /** What callers must present. Changing it is a token changed in NapCat's settings: open sockets stay. */
  token: string;

  private readonly make: EventMaker;
  private readonly network: Network;
  private readonly watch = new Watch();
  private readonly dialers = new Set<Dialer>();
  private readonly posters = new Set<Poster>();
  private heartbeat: NodeJS.Timeout | null = null;

  constructor(private readonly options: NapcatOptions) {
    const account = options.account ?? { userId: "10001", nickname: "Simulated" };
    const now = options.now ?? (() => Math.floor(Date.now() / 1000));
    this.token = options.token ?? randomBytes(18).toString("base64url");
    this.make = new EventMaker(() => account.userId, now);
    this.world = new World(account, this.make, (event) => this.emit(event), now);
    this.world.onStop = () => this.stop();
    this.world.reportsOwn = options.reportsOwn ?? false;
    this.inbox = new Inbox(this.world);
    this.network = new Network({
      host: options.host ?? "127.0.0.1",
      dispatcher: new Dispatcher(this.world, this.inbox, this.calls, this.faults),
      make: this.make,
      token: () => this.token,
      fileContent: (id) => this.world.fileContent(id),
    });
  }

  get httpUrl(): string {
    return this.network.httpUrl;
  }

  get wsUrl(): string {
    return this.network.wsUrl;
  }

  async listen(): Promise<void> {
    await this.network.listen({ http: this.options.port ?? 0, ws: this.options.wsPort ?? 0 });
    this.world.filesAt = `${this.wsUrl.replace("ws:", "http:")}/files`;
    this.resumeHeartbeats();
  }

  /** Dials a reverse WebSocket and keeps it up. `token` is what this side presents: its own unless a test lies. */
  dial(url: string, token = this.token): Dialer {
    const dialer = new Dialer({
      url,
      token,
      selfId: this.world.account.userId,
      reconnectMs: this.options.reconnectMs ?? 5000,
      onOpen: (socket) => this.network.adopt(socket, "reverse", true),
      onRefused: (status) => {
        this.refusals.push(status);
        this.watch.touch();
      },
    });
    this.dialers.add(dialer);
    return dialer;
  }

  /** Posts every event from now on to `url`, signed with `secret` (the token, as NapCat does). */
  postTo(url: string, secret = this.token): Poster {
    const selfId = (): string => this.world.account.userId;
    const poster = new Poster(url, secret, selfId, (event, operation) => quickOperate(event, operation, this.inbox));
    this.posters.add(poster);
    return poster;
  }

  /** Pushes an event to every socket and address. A second push of the same one is the duplicate NapCat knows. */
  emit(event: Event): void {
    this.events.push(event);
    this.network.broadcast(event);
    // A post records its own failure and never rejects.
    for (const poster of this.posters) void poster.post(event);
  }

  /** Pushes the last event again, byte for byte. */
  repeatLast(): void {
    const last = this.events.at(-1);
    if (last) this.emit(last);
  }

  /** One heartbeat on every socket, now. NapCat posts none by HTTP. */
  beat(): void {
    this.network.broadcast(this.make.heartbeat(this.world.isOnline, this.options.heartbeatMs ?? 0));
  }

  /** Sockets stay open and go silent. */
  stopHeartbeats(): void {
    if (this.heartbeat) clearInterval(this.heartbeat);
    this.heartbeat = null;
  }

  resumeHeartbeats(): void {
    const ms = this.options.heartbeatMs ?? 0;
    if (ms > 0) this.heartbeat ??= setInterval(() => this.beat(), ms);
  }

  /** A frame on every event socket as it is: broken JSON, an array, a binary, something far too large. */
  sendRaw(data: string | Buffer): void {
    this.network.broadcastRaw(data);
  }

  /** Cuts every connection; the ports go on listening, and a reverse socket is dialled again. */
  dropSockets(): void {
    this.network.drop();
  }

  /** Cuts every connection and refuses new ones until `accept`. */
  refuse(): Promise<void> {
    return this.network.refuse();
  }

  /** NapCat's process ends: nothing is connected, answers or dials any more, until `accept`. */
  private stop(): void {
    this.stopHeartbeats();
    for (const dialer of this.dialers) dialer.close();
    // Closing ports rejects for nobody.
    void this.refuse();
  }

  /** Listens on the same ports again: a NapCat that was stopped runs anew. */
  accept(): Promise<void> {
    this.world.isStopped = false;
    this.resumeHeartbeats();
    return this.network.listen();
  }

  /** Waits until exactly `count` sockets are open. */
  connected(transport: "forward" | "reverse", count = 1): Promise<void> {
    return this.network.wait(transport, count);
  }

  /** Waits for the reverse dial refused as the `times`-th and answers its HTTP status (null: nobody answered). */
  refused(times = 1): Promise<number | null> {
    return this.watch.until(`refused dial ${times}`, () => this.refusals[times - 1]);
  }

  /** Ends every socket, timer and port it owns, and whatever waits for it. */
  async close(): Promise<void> {
    this.stopHeartbeats();
    for (const dialer of this.dialers) dialer.close();
    for (const poster of this.posters) poster.close();
    this.faults.close();
    this.calls.close();
    this.watch.close();
    await this.network.close();
  }
}
