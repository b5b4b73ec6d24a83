import { z } from "zod";
import { PlatformError } from "../error";
import type { Row } from "../row";
import type { Send, SendOptions } from "../transport";
import { catalogue } from "./catalogue";
import { relayOf } from "./envelope";
import { type Draw, type Reserve, takeMessageId } from "./message-id";

export interface ServiceOptions {
  /** Carries one body to the helper: HTTP or WebSocket. It answers unwrapped data. */
  post: Send;
  reserve: Reserve;
  draw?: Draw | undefined;
}

const withMessageId: ReadonlySet<string> = new Set(["sendMsg", "sendMsg#8", "sendMsg#50", "sendFile"]);
const Sendable = z.looseObject({ custom_msg_id: z.string().optional() });
const ServiceUrl = z.url({ protocol: /^https?$/ });

/**
 * The operations over either transport. What the helper relays needs the address of the account's service: it is asked
 * of the helper and kept, forgotten after a failure, and never taken from an input, because the helper posts the
 * account's traffic to any address it is given. After a failed read a new address is tried once; a write never is sent
 * twice.
 */
export function createService({ post, reserve, draw }: ServiceOptions): Send {
  let base: string | null = null;

  const discover = async (signal: AbortSignal): Promise<string> => {
    const row = catalogue.getApiUrl;
    let found: unknown;
    try {
      found = await post(row, {}, { signal });
    } catch (error) {
      // The operation that needs the address was not sent, whatever became of this question.
      if (error instanceof PlatformError)
        throw new PlatformError(error.code, { isSent: false, text: error.text, detail: error.detail, cause: error });
      throw error;
    }
    const url = ServiceUrl.safeParse(found);
    if (!url.success) throw new PlatformError("bad_answer", { isSent: false, detail: { operation: row.operation } });
    base = new URL(url.data).origin;
    return base;
  };

  const relay = async (row: Row, input: unknown, options: SendOptions, host: string): Promise<unknown> => {
    const facts = relayOf(row);
    if (facts === null) return post(row, input, options);
    const body = {
      type: facts.type,
      ...(facts.protoType === undefined ? {} : { protoType: facts.protoType }),
      url: `${host}${facts.path}`,
      data: input,
    };
    return post(row, body, options);
  };

  return async (row, input, options) => {
    const { signal } = options;
    if (withMessageId.has(row.operation)) {
      const message = Sendable.parse(input);
      return post(
        row,
        { ...message, custom_msg_id: await takeMessageId(reserve, message.custom_msg_id, draw) },
        options,
      );
    }
    if (relayOf(row) === null) return post(row, input, options);
    const host = base ?? (await discover(signal));
    try {
      return await relay(row, input, options, host);
    } catch (error) {
      base = null;
      const canRetry = row.risk === "read" && error instanceof PlatformError && error.code === "platform_refused";
      if (!canRetry || signal.aborted) throw error;
      const next = await discover(signal);
      if (next === host) throw error;
      return relay(row, input, options, next);
    }
  };
}
