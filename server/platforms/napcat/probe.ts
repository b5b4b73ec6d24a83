import { createCall } from "../client";
import { systemClock } from "../clock";
import { checkDestination, type Resolve } from "../destination";
import type { LinkHooks, ProbeOptions, ProbeResult } from "../driver";
import { PlatformError } from "../error";
import { abortError } from "../network";
import { toProbeFailure } from "../probe-failure";
import type { Send } from "../transport";
import { catalogue } from "./catalogue";
import { dial } from "./forward";
import { createHttpTransport } from "./http";
import { Session } from "./session";
import { Connection, Credentials } from "./settings";

const silent: LinkHooks = {
  state: () => undefined,
  event: () => undefined,
  log: () => undefined,
  account: () => undefined,
};

interface Opened {
  send: Send;
  close(): Promise<void>;
}

/** Dials and waits until the account has answered. */
function openSocket(wsUrl: string, token: string, signal: AbortSignal, resolve?: Resolve): Promise<Opened> {
  return new Promise((done, fail) => {
    const onAbort = () => {
      void session.end(new PlatformError("aborted", { isSent: false }));
      fail(abortError(signal, false));
    };
    const settle = (finish: () => void) => {
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const session: Session = new Session({
      socket: dial(wsUrl, token, resolve),
      generation: 1,
      token,
      accountId: null,
      clock: systemClock,
      hooks: silent,
      onReady: () =>
        settle(() =>
          done({
            send: session.send,
            close: () => session.end(new PlatformError("aborted", { isSent: false })),
          }),
        ),
      onLost: (error) => settle(() => fail(error)),
    });
    signal.addEventListener("abort", onAbort);
  });
}

/** What a failure of trying means for who set the connection up. */
function toFailure(error: unknown): ProbeResult {
  const failure = toProbeFailure(error);
  // Something answers there and is not OneBot, whatever shape it has.
  const isStrange = failure.code === "bad_answer" || failure.code === "unknown_operation";
  return isStrange ? { ...failure, code: "not_onebot" } : failure;
}

/**
 * "Try connection": connects as the bot would, asks who is there, and says exactly what failed. Never throws. A bot that
 * dials in cannot be tried from here: `not_connected`.
 */
export async function probe(options: ProbeOptions & { resolve?: Resolve }): Promise<ProbeResult> {
  const { accountId, signal, resolve } = options;
  let opened: Opened | null = null;
  try {
    const connection = Connection.parse(options.connection);
    const { token } = Credentials.parse(options.credentials);
    if (connection.transport === "reverse") return { ok: false, code: "not_connected", detail: { direction: "in" } };
    if (signal.aborted) throw abortError(signal, false);
    const url = connection.transport === "http" ? connection.httpUrl : connection.wsUrl;
    await checkDestination(new URL(url), resolve);
    opened =
      connection.transport === "http"
        ? createHttpTransport({ url, token, ...(resolve === undefined ? {} : { resolve }) })
        : await openSocket(url, token, signal, resolve);
    const call = createCall(catalogue, opened.send, signal);
    const startedAt = performance.now();
    const info = await call("get_login_info", {});
    const latencyMs = Math.round(performance.now() - startedAt);
    if (accountId !== null && info.user_id !== accountId)
      return { ok: false, code: "wrong_account", detail: { expected: accountId, found: info.user_id } };
    const version = await call("get_version_info", {});
    return {
      ok: true,
      accountId: info.user_id,
      nickname: info.nickname,
      version: `${version.app_name} ${version.app_version}`.trim(),
      latencyMs,
    };
  } catch (error) {
    return toFailure(error);
  } finally {
    await opened?.close();
  }
}
