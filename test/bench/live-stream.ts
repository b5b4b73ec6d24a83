import { Agent, type ClientRequest, get, request } from "node:http";
import type { Fact } from "@/lib/live";

/** One operator's browser, as far as the network sees it: the live stream, and calls over kept connections. */
export class LiveStream {
  // As many as a browser opens to one host beside the stream.
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 5 });
  private stream: ClientRequest | null = null;
  onFact: (fact: Fact) => void = () => {};

  /** @param cookie as it stands in the header. */
  constructor(
    private readonly url: string,
    private readonly cookie: string,
  ) {}

  /** Resolves when the first event, `resync`, is there: from then on nothing is missed. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { cookie: this.cookie, accept: "text/event-stream" };
      this.stream = get(`${this.url}/api/trpc/live`, { headers, agent: false }, (response) => {
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

  /** One call, as the page makes it: a POST with the operator's cookie. Answers the text; rejects unless it is a 2xx. */
  post(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { cookie: this.cookie, origin: this.url, "content-type": "application/json" };
      const call = request(`${this.url}${path}`, { method: "POST", agent: this.agent, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) resolve(text);
          else reject(new Error(`${path} answered ${status}: ${text.slice(0, 300)}`));
        });
      });
      call.on("error", reject);
      call.end(body);
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
