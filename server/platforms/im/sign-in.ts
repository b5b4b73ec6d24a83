import type { z } from "zod";
import { createCall } from "../client";
import { checkDestination, type Resolve } from "../destination";
import { PlatformError } from "../error";
import { toPlatformError } from "../network";
import type { SignedInAccount, SignIn, SignInAnswer } from "../sign-in";
import type { SignedIn } from "./account-rows";
import { catalogue, type ImCatalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { readPicture } from "./picture";
import { Connection, Credentials } from "./settings";
import { TokenKeeper } from "./token";

/** No answer on the way is larger: a picture of a few characters, or who signed in. */
const maxBytes = 1024 * 1024;

/** What the server is told that signs in: the one kind of client that is no phone. */
const platform = "h5";

type CallIm = ReturnType<typeof createCall<ImCatalogue>>;

/** Everything that goes wrong on the way is ours. */
async function within<T>(
  { connection, signal, resolve }: { connection: unknown; signal: AbortSignal; resolve?: Resolve | undefined },
  token: string | null,
  use: (call: CallIm, keeper: TokenKeeper | null) => Promise<T>,
): Promise<T> {
  const { baseUrl } = Connection.parse(connection);
  // Renewed tokens are not stored one by one: whoever signs in gets the last of them.
  const keeper =
    token === null ? null : new TokenKeeper({ token, save: async () => undefined, failed: () => undefined });
  try {
    await checkDestination(new URL(baseUrl), resolve);
  } catch (error) {
    throw toPlatformError(error);
  }
  const transport = createHttpTransport({ baseUrl, keeper, resolve, maxBytes });
  try {
    return await use(createCall(catalogue, transport.send, signal), keeper);
  } finally {
    await transport.close();
  }
}

/** A value that the server's own rules forbid is the fault of the field it was typed into: its name here, its name there. */
const typedInto: Readonly<Record<string, string>> = { captcha: "code", captchaKey: "key" };

function atField(error: unknown, part: "start" | "answer"): unknown {
  if (!(error instanceof PlatformError) || error.code !== "invalid_input") return error;
  const { field } = error.detail;
  if (typeof field !== "string") return error;
  const detail = { ...error.detail, field: `${part}.${typedInto[field] ?? field}` };
  return new PlatformError(error.code, { isSent: error.isSent, detail, cause: error });
}

async function present(call: CallIm, answer: SignInAnswer): Promise<z.output<typeof SignedIn>> {
  switch (answer.method) {
    case "password": {
      const { account, password, key: captchaKey, code: captcha } = answer;
      return await call("post.login.basic", { account, password, captchaKey, captcha, platform });
    }
    case "email": {
      const { email, code: captcha, inviteCode } = answer;
      return await call("post.login.email", { email, captcha, platform, inviteCode });
    }
    case "mobile": {
      const { mobile, code: captcha, inviteCode } = answer;
      return await call("post.login.mobile", { mobile, captcha, platform, inviteCode });
    }
  }
}

/** Signing an IM account in. `resolve` is for tests that need a name to have a certain address. */
export function createSignIn(resolve?: Resolve): SignIn {
  return {
    methods: [
      { method: "password", registers: false },
      { method: "email", registers: true },
      { method: "mobile", registers: true },
    ],
    start: ({ start, ...options }) =>
      within({ ...options, resolve }, null, async (call) => {
        if (start.method === "password") {
          const { key, captcha } = await call("get.captcha.image", { type: "login" });
          return { type: "picture" as const, key, ...readPicture(captcha) };
        }
        if (start.method === "email") await call("get.captcha.email", { email: start.email });
        else await call("get.captcha.mobile", { mobile: start.mobile });
        return { type: "sent" as const };
      }).catch((error: unknown) => {
        throw atField(error, "start");
      }),
    finish: async ({ answer, ...options }): Promise<SignedInAccount> => {
      const signedIn = await within({ ...options, resolve }, null, (call) => present(call, answer)).catch(
        (error: unknown) => {
          throw atField(error, "answer");
        },
      );
      const { token } = Credentials.safeParse({ token: signedIn.token }).data ?? {};
      if (token === undefined) throw new PlatformError("bad_answer", { isSent: true, detail: { field: "token" } });
      return await within({ ...options, resolve }, token, async (call, keeper) => {
        const { account } = await call("get.me.info", {});
        return {
          credentials: { token: keeper?.current ?? token },
          accountId: account.id,
          nickname: account.nickname || account.username,
          needsPassword: signedIn.needUpdatePassword,
        };
      });
    },
  };
}
