import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { authOptions } from "@/server/auth/options";
import type { Runtime } from "@/server/db/runtime";

/**
 * next-auth with our options on a real socket. Next's route handler needs Next around it; the other entry of next-auth
 * does the same work with a plain request, so cookies, CSRF token and redirects here are the true ones.
 */
export async function startAuthServer(runtime: Runtime): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://desk.example");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const cookies = Object.fromEntries(
      (request.headers.cookie ?? "").split("; ").map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
      }),
    );
    const query = { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) };
    const body = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    const answer = Object.assign(response, {
      status: (code: number) => Object.assign(answer, { statusCode: code }),
      json: (value: unknown) => response.setHeader("content-type", "application/json").end(JSON.stringify(value)),
      send: (value: unknown) => response.end(typeof value === "string" ? value : JSON.stringify(value)),
    });
    // What next-auth reads of Next's request and answers of the pages router is exactly what was added above.
    const pair = [Object.assign(request, { query, cookies, body }), answer] as unknown as [
      NextApiRequest,
      NextApiResponse,
    ];
    await NextAuth(...pair, authOptions(runtime));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, stop: () => stop(server) };
}

function portOf(server: Server): number {
  // A TCP server that listens has an address of this shape.
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A browser's cookie jar and the two forms of next-auth. */
export class AuthClient {
  private readonly jar = new Map<string, string>();
  /** The attributes each cookie was last set with. */
  readonly attributes = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly address = "192.0.2.1",
  ) {}

  get cookieHeader(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** The error code the browser would show, or null when signed in. */
  async signIn(email: string, password: string): Promise<string | null> {
    const answer = await this.post("/api/auth/callback/credentials", { email, password });
    return new URL(answer.url).searchParams.get("error");
  }

  async signOut(): Promise<void> {
    await this.post("/api/auth/signout", {});
  }

  async session(): Promise<unknown> {
    return await (await this.fetch("/api/auth/session")).json();
  }

  private async post(path: string, form: Record<string, string>): Promise<{ url: string }> {
    const { csrfToken } = await (await this.fetch("/api/auth/csrf")).json();
    const body = new URLSearchParams({ ...form, csrfToken, json: "true" });
    return await (await this.fetch(path, { method: "POST", body })).json();
  }

  private async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.cookieHeader, "x-gatehouse-address": this.address, "user-agent": "Example/1.0" };
    const response = await fetch(this.url + path, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = cookie.split("; ");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === "") this.jar.delete(name);
      else this.jar.set(name, value);
      this.attributes.set(name, attributes.join("; "));
    }
    return response;
  }
}
