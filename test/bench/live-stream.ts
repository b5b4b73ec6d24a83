import { Agent, type ClientRequest, get } from "node:http";
import type { Fact } from "@/lib/live";

/** One operator's browser, as far as the network sees it: the live stream, and the queue read over a kept connection. */
export class LiveStream {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private stream: ClientRequest | null = null;
  onFact: (fact: Fact) => void = () => {};

  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  /** Resolves when the first event, `resync`, is there: from then on nothing is missed. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { cookie: this.cookie, accept: "text/event-stream" };
      this.stream = get(`${this.url}/api/trpc/live`, { headers }, (response) => {
        if (response.statusCode !== 200) return reject(new Error(`the live stream answered ${response.statusCode}`));
        response.setEncoding("utf8");
        let rest = "";
        response.on("data", (chunk: string) => {
          const blocks = (rest + chunk).split("\n\n");
          rest = blocks.pop() ?? "";
          for (const block of blocks) this.take(block, resolve);
        });
        // The stream is cut from here when the benchmark ends.
        response.on("error", () => undefined);
      });
      this.stream.on("error", reject);
    });
  }

  /** The queue's first page, as text. */
  readQueue(): Promise<string> {
    const input = encodeURIComponent(JSON.stringify({ json: { state: "open", limit: 50 } }));
    return new Promise((resolve, reject) => {
      const address = `${this.url}/api/trpc/requests.list?input=${input}`;
      get(address, { agent: this.agent, headers: { cookie: this.cookie } }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () => resolve(text));
      }).on("error", reject);
    });
  }

  async close(): Promise<void> {
    this.stream?.destroy();
    this.agent.destroy();
  }

  private take(block: string, onResync: () => void): void {
    // tRPC's own events (connected, ping) have a name; ours have none.
    if (/^event:/m.test(block)) return;
    const data = /^data: ?(.*)$/m.exec(block)?.[1];
    if (!data) return;
    // Written by server/api/live.ts and wrapped by superjson.
    const { json } = JSON.parse(data) as { json: { type: "resync" } | { type: "fact"; fact: Fact } };
    if (json.type === "resync") onResync();
    else this.onFact(json.fact);
  }
}
