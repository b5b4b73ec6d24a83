import { createTRPCClient, httpLink } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "@/server/api/router";

/** Somebody at the desk's front door with nothing but HTTP: a browser's cookies and Origin, the public API. */
export class Visitor {
  readonly api;
  private readonly cookies = new Map<string, string>();

  constructor(private readonly url: string) {
    const origin = new URL(url).origin;
    this.api = createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${origin}/api/trpc`,
          transformer: superjson,
          // The link's own types are wider than what it calls this with: a URL and ordinary fetch options.
          fetch: (input, init) => this.fetch(String(input), init as RequestInit),
        }),
      ],
    });
  }

  /** Signs in as next-auth's form does. Throws when the desk does not know this e-mail and password. */
  async signIn(email: string, password: string): Promise<void> {
    const csrf: unknown = await (await this.fetch("/api/auth/csrf")).json();
    // next-auth's documented answer.
    const { csrfToken } = csrf as { csrfToken: string };
    const answer = await this.fetch("/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
    });
    await answer.text();
    const self = await this.api.session.get.query();
    if (!self) throw new Error(`${email} cannot sign in (HTTP ${answer.status}).`);
  }

  /** Its cookies, for a browser that goes on as this visitor. */
  get jar(): { name: string; value: string; url: string; httpOnly: boolean; sameSite: "Lax" }[] {
    return [...this.cookies].map(([name, value]) => ({ name, value, url: this.url, httpOnly: true, sameSite: "Lax" }));
  }

  /** Any request as this browser would send it: its cookies, its Origin. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const target = new URL(path, this.url);
    const headers = new Headers(init.headers);
    headers.set("origin", target.origin);
    headers.set("cookie", [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(target, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const value = pair.slice(at + 1);
      if (value === "") this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), value);
    }
    return answer;
  }
}
