import { createCall } from "../client";
import { checkDestination, type Resolve } from "../destination";
import type { ProbeOptions, ProbeResult } from "../driver";
import { abortError } from "../network";
import { toProbeFailure } from "../probe-failure";
import { catalogue } from "./catalogue";
import { createHttpTransport, type HttpTransport } from "./http";
import { Connection, Credentials } from "./settings";

/** "Try connection": reads the list of requests as the bot would, and says exactly what failed. Never throws. */
export async function probe(options: ProbeOptions & { resolve?: Resolve }): Promise<ProbeResult> {
  const { accountId, signal, resolve } = options;
  let transport: HttpTransport | null = null;
  try {
    const { apiUrl, userId } = Connection.parse(options.connection);
    const { token } = Credentials.parse(options.credentials);
    if (signal.aborted) throw abortError(signal, false);
    if (accountId !== null && accountId !== userId)
      return { ok: false, code: "wrong_account", detail: { expected: accountId, found: userId } };
    await checkDestination(new URL(apiUrl), resolve);
    transport = createHttpTransport({ url: apiUrl, token, resolve });
    const startedAt = performance.now();
    await createCall(catalogue, transport.send, signal)("request-list", {});
    // No documented call tells a name or a version.
    const latencyMs = Math.round(performance.now() - startedAt);
    return { ok: true, accountId: userId, nickname: "", version: "", latencyMs };
  } catch (error) {
    return toProbeFailure(error);
  } finally {
    await transport?.close();
  }
}
