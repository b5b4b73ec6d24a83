import { createCall } from "../client";
import { checkDestination, type Resolve } from "../destination";
import type { ProbeOptions, ProbeResult } from "../driver";
import { toProbeFailure } from "../probe-failure";
import { catalogue } from "./catalogue";
import { createHttpTransport, type HttpTransport } from "./http";
import { Connection, Credentials } from "./settings";
import { TokenKeeper } from "./token";

/**
 * "Try connection": asks the server who the token belongs to, and says exactly what failed. Never throws. No socket is
 * opened, because its end would stop the pushes to the account's other one; the renewed token is not kept, and the one
 * that was tried goes on working. The server tells no version.
 */
export async function probe(options: ProbeOptions & { resolve?: Resolve }): Promise<ProbeResult> {
  let transport: HttpTransport | null = null;
  try {
    const { baseUrl } = Connection.parse(options.connection);
    const { token } = Credentials.parse(options.credentials);
    await checkDestination(new URL(baseUrl), options.resolve);
    const keeper = new TokenKeeper({ token, save: async () => undefined, failed: () => undefined });
    transport = createHttpTransport({ baseUrl, keeper, resolve: options.resolve });
    const startedAt = performance.now();
    const { account } = await createCall(catalogue, transport.send, options.signal)("get.me.info", {});
    const latencyMs = Math.round(performance.now() - startedAt);
    if (options.accountId !== null && options.accountId !== account.id)
      return { ok: false, code: "wrong_account", detail: { expected: options.accountId, found: account.id } };
    return { ok: true, accountId: account.id, nickname: account.nickname || account.username, version: "", latencyMs };
  } catch (error) {
    return toProbeFailure(error);
  } finally {
    await transport?.close();
  }
}
