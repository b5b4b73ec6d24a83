import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** The network between one browser and the desk, as an HTTP proxy that can be cut: what was open breaks, nothing new gets through. */
export class Wire {
  private isCut = false;
  private readonly server: Server = createServer((asked, answer) => {
    const onward = request(asked.url ?? "", { method: asked.method, headers: asked.headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.rawHeaders);
      came.pipe(answer);
    });
    asked.pipe(onward);
    // Either end may go away at any time; the other then goes, too.
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
  });

  static async lay(): Promise<Wire> {
    const wire = new Wire();
    wire.server.on("connection", (socket) => {
      if (wire.isCut) socket.destroy();
    });
    await new Promise<void>((resolve) => wire.server.listen(0, "127.0.0.1", resolve));
    return wire;
  }

  /** For `newContext`: without the bypass a browser reaches its own machine past any proxy. */
  get proxy(): { server: string; bypass: string } {
    // A TCP server that listens has an address with a port.
    const { port } = this.server.address() as AddressInfo;
    return { server: `http://127.0.0.1:${port}`, bypass: "<-loopback>" };
  }

  cut(): void {
    this.isCut = true;
    this.server.closeAllConnections();
  }

  mend(): void {
    this.isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
