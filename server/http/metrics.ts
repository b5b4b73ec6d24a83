import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Config } from "@/server/config";
import { isLoopbackPeer } from "./address";
import { isHostAllowed } from "./hygiene";
import { replyText } from "./reply";

/** What is counted in the database at each scrape, because other instances change it too. */
export interface Census {
  /** Requests by state. */
  queue: Record<string, number>;
  /** Bots by truth: enabled, connected, online, able. */
  bots: Record<string, number>;
}

/** The process's metrics, in a registry of its own so that tests can have many. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #calls: Counter;
  readonly #callSeconds: Histogram;
  readonly #decisions: Counter;
  readonly #queue: Gauge;
  readonly #bots: Gauge;
  readonly #census: () => Promise<Census>;

  /** @param census asked at each scrape; when it fails its gauges are left out and the rest is still told. */
  constructor(census: () => Promise<Census>) {
    this.#census = census;
    const registers = [this.#registry];
    // Event-loop lag, memory, garbage collection and the like.
    collectDefaultMetrics({ register: this.#registry });
    this.#calls = new Counter({
      ...{ name: "gatehouse_calls_total", help: "Calls to platforms.", registers },
      labelNames: ["platform", "endpoint", "outcome"],
    });
    this.#callSeconds = new Histogram({
      ...{ name: "gatehouse_call_seconds", help: "How long platforms take to answer.", registers },
      labelNames: ["platform"],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    });
    this.#decisions = new Counter({
      ...{ name: "gatehouse_decisions_total", help: "Decisions by how they went.", registers },
      labelNames: ["verb", "state"],
    });
    this.#bots = new Gauge({
      ...{ name: "gatehouse_bots", help: "Bots by truth.", registers },
      labelNames: ["truth"],
    });
    this.#queue = new Gauge({
      ...{ name: "gatehouse_queue", help: "Requests by state.", registers },
      labelNames: ["state"],
    });
  }

  /** One call to a platform has ended. */
  call(call: { platform: string; endpoint: string; outcome: string; durationMs: number }): void {
    this.#calls.inc({ platform: call.platform, endpoint: call.endpoint, outcome: call.outcome });
    this.#callSeconds.observe({ platform: call.platform }, call.durationMs / 1000);
  }

  /** One decision was settled. */
  decision(verb: string, state: string): void {
    this.#decisions.inc({ verb, state });
  }

  /** Prometheus' text. */
  async text(): Promise<string> {
    const counted = await this.#census().catch(() => null);
    this.#queue.reset();
    this.#bots.reset();
    for (const [state, count] of Object.entries(counted?.queue ?? {})) this.#queue.set({ state }, count);
    for (const [truth, count] of Object.entries(counted?.bots ?? {})) this.#bots.set({ truth }, count);
    return await this.#registry.metrics();
  }

  /** /metrics, for this machine itself or with the token; for everybody else it does not exist. */
  async reply(request: IncomingMessage, response: ServerResponse, config: Config): Promise<void> {
    if (!mayScrape(request, config)) return replyText(response, 404, "Not found\n");
    const text = await this.text();
    response.writeHead(200, { "content-type": this.#registry.contentType, "cache-control": "no-store" });
    response.end(text);
  }
}

/**
 * A forwarded request comes from a proxy on this machine and for somebody elsewhere, so any sign of forwarding closes
 * the loopback door; so does another's name for this host, which a page of a stranger would carry that was rebound to it.
 */
function mayScrape(request: IncomingMessage, config: Config): boolean {
  if (config.metricsToken !== null) {
    const given = request.headers.authorization?.replace(/^Bearer /i, "") ?? "";
    if (timingSafeEqual(digest(given), digest(config.metricsToken))) return true;
  }
  const isForwarded = ["x-forwarded-for", "forwarded", "x-real-ip", "via"].some((name) => name in request.headers);
  return config.trustProxy === 0 && !isForwarded && isLoopbackPeer(request) && isHostAllowed(request, config);
}

/** Equal lengths for the comparison, whatever was given. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
