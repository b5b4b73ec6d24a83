import { WebSocket } from "ws";

const handshakeMs = 2000;

export interface DialOptions {
  url: string;
  token: string;
  selfId: string;
  reconnectMs: number;
  onOpen: (socket: WebSocket) => void;
  /** The handshake failed: an HTTP status, or null when nobody answered. */
  onRefused: (status: number | null) => void;
}

/** Dials the other side's reverse WebSocket as NapCat does, and again after every end until it is closed. */
export class Dialer {
  private socket: WebSocket | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isClosed = false;

  constructor(private readonly options: DialOptions) {
    this.dial();
  }

  /** Dials at once instead of waiting for the interval; does nothing while a socket is up or coming up. */
  dial(): void {
    if (this.isClosed || this.socket) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { url, token, selfId } = this.options;
    const socket = new WebSocket(url, {
      maxPayload: 50 * 1024 * 1024,
      handshakeTimeout: handshakeMs,
      perMessageDeflate: false,
      headers: {
        "X-Self-ID": selfId,
        // "Bearer " is sent with an empty token, too.
        Authorization: `Bearer ${token}`,
        "x-client-role": "Universal",
        "User-Agent": "OneBot/11",
      },
    });
    this.socket = socket;
    let status: number | null = null;
    let isOpen = false;
    socket.on("unexpected-response", (request, response) => {
      status = response.statusCode ?? null;
      // Nobody else ends a refused handshake once this listener exists.
      request.destroy();
      this.ended(isOpen, status);
    });
    socket.on("open", () => {
      isOpen = true;
      this.options.onOpen(socket);
    });
    // "close" follows.
    socket.on("error", () => undefined);
    socket.on("close", () => this.ended(isOpen, status));
  }

  close(): void {
    this.isClosed = true;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.socket?.terminate();
    this.socket = null;
  }

  private ended(wasOpen: boolean, status: number | null): void {
    if (!this.socket) return;
    this.socket = null;
    if (!wasOpen) this.options.onRefused(status);
    if (!this.isClosed) this.timer = setTimeout(() => this.dial(), this.options.reconnectMs);
  }
}
