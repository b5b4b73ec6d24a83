import { createCall } from "../client";
import { systemClock } from "../clock";
import { checkDestination, type Resolve } from "../destination";
import type { ProbeOptions, ProbeResult } from "../driver";
import { PlatformError } from "../error";
import { abortError } from "../network";
import { toProbeFailure } from "../probe-failure";
import type { Send } from "../transport";
import { catalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { createService } from "./service";
import { dial, Session } from "./session";
import { Connection } from "./settings";

interface Opened {
  post: Send;
  close(): Promise<void>;
}

function openSocket(wsUrl: string, signal: AbortSignal, resolve: Resolve | undefined): Promise<Opened> {
  return new Promise((done, fail) => {
    const onAbort = () => session.lose(abortError(signal, false));
    const settle = (finish: () => void) => {
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const session: Session = new Session({
      socket: dial(wsUrl, resolve),
      generation: 1,
      clock: systemClock,
      hooks: { event: () => undefined, log: () => undefined },
      onHello: () =>
        settle(() =>
          done({ post: session.post, close: () => session.end(new PlatformError("aborted", { isSent: false })) }),
        ),
      onLost: (error) => settle(() => fail(error)),
    });
    signal.addEventListener("abort", onAbort);
  });
}

/** "Try connection": connects as the bot would, asks who is there, and says exactly what failed. Never throws. */
export async function probe(options: ProbeOptions & { resolve?: Resolve }): Promise<ProbeResult> {
  const { accountId, signal, resolve } = options;
  let opened: Opened | null = null;
  try {
    const connection = Connection.parse(options.connection);
    if (signal.aborted) throw abortError(signal, false);
    const url = connection.transport === "http" ? connection.httpUrl : connection.wsUrl;
    await checkDestination(new URL(url), resolve);
    opened =
      connection.transport === "http" ? createHttpTransport({ url, resolve }) : await openSocket(url, signal, resolve);
    // Trying sends no message, so no id is ever taken.
    const send = createService({ post: opened.post, reserve: () => Promise.resolve(false) });
    const startedAt = performance.now();
    const { userInfo } = await createCall(catalogue, send, signal)("UserInfo", {});
    const latencyMs = Math.round(performance.now() - startedAt);
    if (accountId !== null && userInfo.uid !== accountId)
      return { ok: false, code: "wrong_account", detail: { expected: accountId, found: userInfo.uid } };
    return { ok: true, accountId: userInfo.uid, nickname: userInfo.nickName, version: "", latencyMs };
  } catch (error) {
    return toProbeFailure(error);
  } finally {
    await opened?.close();
  }
}
