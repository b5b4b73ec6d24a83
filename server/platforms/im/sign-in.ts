import type { z } from "zod";
import { createCall } from "../client";
import { checkDestination, type Resolve } from "../destination";
import { PlatformError } from "../error";
import { toPlatformError } from "../network";
import type { SignedInAccount, SignIn, SignInAnswer } from "../sign-in";
import type { SignedIn } from "./account-rows";
import { catalogue, type ImCatalogue } from "./catalogue";
import { createHttpTransport } from "./http";
import { Connection, Credentials } from "./settings";
import { TokenKeeper } from "./token";

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
  const transport = createHttpTransport({ baseUrl, keeper, resolve });
  try {
    return await use(createCall(catalogue, transport.send, signal), keeper);
  } finally {
    await transport.close();
  }
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
          // Bare base64 by the document; one with its prefix would not be shown otherwise.
          return { type: "picture", key, mime: "image/png", base64: captcha.replace(/^data:[^,]*,/, "") };
        }
        if (start.method === "email") await call("get.captcha.email", { email: start.email });
        else await call("get.captcha.mobile", { mobile: start.mobile });
        return { type: "sent" };
      }),
    finish: async ({ answer, ...options }): Promise<SignedInAccount> => {
      const signedIn = await within({ ...options, resolve }, null, (call) => present(call, answer));
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
