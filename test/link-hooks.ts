import type { BotEventCode } from "@/lib/bot-events";
import type { ErrorDetail } from "@/lib/errors";
import type { Inbound } from "@/server/platforms/arrival";
import type { LinkHooks } from "@/server/platforms/driver";
import type { PlatformError } from "@/server/platforms/error";
import { Watch } from "./simulators/napcat/watch";

/** Everything a link told its owner, in order, and a way to wait for it. */
export class HeardHooks implements LinkHooks {
  readonly states: { isConnected: boolean; error?: PlatformError }[] = [];
  readonly events: Inbound[] = [];
  readonly raws: unknown[] = [];
  readonly logs: { level: string; code: BotEventCode; detail: ErrorDetail }[] = [];
  readonly accounts: string[] = [];
  readonly #watch = new Watch();

  state = (state: { isConnected: boolean; error?: PlatformError }): void => {
    this.states.push(state);
    this.#watch.touch();
  };
  event = (inbound: Inbound, raw: unknown): void => {
    this.events.push(inbound);
    this.raws.push(raw);
    this.#watch.touch();
  };
  log = (level: string, code: BotEventCode, detail: ErrorDetail): void => {
    this.logs.push({ level, code, detail });
    this.#watch.touch();
  };
  account = (accountId: string): void => {
    this.accounts.push(accountId);
    this.#watch.touch();
  };

  connected(times = 1): Promise<unknown> {
    return this.#watch.until(`connected ${times}`, () => this.states.filter((each) => each.isConnected)[times - 1]);
  }

  failed(times = 1): Promise<PlatformError> {
    return this.#watch.until(
      `failed ${times}`,
      () => this.states.filter((each) => !each.isConnected)[times - 1]?.error,
    );
  }

  logged(code: BotEventCode, times = 1): Promise<{ detail: ErrorDetail }> {
    return this.#watch.until(code, () => this.logs.filter((each) => each.code === code)[times - 1]);
  }

  heard<T extends Inbound["type"]>(type: T, times = 1): Promise<Extract<Inbound, { type: T }>> {
    const isType = (inbound: Inbound): inbound is Extract<Inbound, { type: T }> => inbound.type === type;
    return this.#watch.until(type, () => this.events.filter(isType)[times - 1]);
  }

  close(): void {
    this.#watch.close();
  }
}
