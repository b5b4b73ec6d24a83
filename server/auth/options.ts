import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { DeskError } from "@/lib/errors";
import { Recorder } from "@/server/audit/record";
import { getRuntime, type Runtime } from "@/server/db/runtime";
import { isSecure, isSessionAlive, sessionSeconds } from "./session";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

declare module "next-auth" {
  interface User {
    id: string;
    sessionId: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sid?: string;
  }
}

/** Set by our HTTP server on every request, a client's own value thrown away. */
const addressHeader = "x-gatehouse-address";

/**
 * next-auth's configuration, made anew for each request: this module lives in Next's module graph as well and keeps
 * nothing between calls. A failed sign-in shows the browser one of: `bad_credentials`, `throttled:<seconds>`,
 * `not_recorded`, `internal`.
 */
export function authOptions(runtime: Runtime = getRuntime()): NextAuthOptions {
  const { database, config, log, bus } = runtime;
  const recorder = new Recorder(database, log, (id, botId) => bus.publish({ topic: "audit", id, botId, version: 1 }));
  return {
    secret: config.secret,
    useSecureCookies: isSecure(config),
    session: { strategy: "jwt", maxAge: sessionSeconds },
    // Its own pages come with inline styles, which our Content-Security-Policy refuses.
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: async (credentials, { headers }) => {
          try {
            const { operatorId, sessionId } = await signIn(
              { database, recorder },
              {
                email: text(credentials?.email, 320),
                password: text(credentials?.password, 4_096),
                address: text(headers?.[addressHeader], 100) || "unknown",
                userAgent: text(headers?.["user-agent"], 300),
              },
            );
            return { id: operatorId, sessionId };
          } catch (error) {
            throw new Error(toBrowserCode(error, log));
          }
        },
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        // Only at sign-in is there a user, whatever the types say.
        if (user !== undefined) return { sub: user.id, sid: user.sessionId };
        // A throw makes next-auth drop the cookie. A database that does not answer must not sign everybody out.
        const isAlive = await isSessionAlive(database, token).catch(() => true);
        if (!isAlive) throw new Error("the session is over");
        return token;
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (await isSessionAlive(database, token)) await signOut({ database, recorder, log }, String(token.sid));
      },
    },
    logger: {
      // Metadata is left out: it can hold a request's body.
      error: (code) => log.warn({ code }, "next-auth reports an error"),
      warn: (code) => log.debug({ code }, "next-auth warns"),
      debug: () => undefined,
    },
  };
}

/** What next-auth hands over comes straight from a form or a header: it may be anything. */
function text(value: unknown, length: number): string {
  return typeof value === "string" ? value.slice(0, length).replaceAll("\u0000", "").toWellFormed() : "";
}

function toBrowserCode(error: unknown, log: Runtime["log"]): string {
  if (!(error instanceof DeskError)) {
    log.error({ err: error }, "sign-in failed");
    return "internal";
  }
  return error.code === "throttled" ? `throttled:${error.detail.seconds}` : error.code;
}
