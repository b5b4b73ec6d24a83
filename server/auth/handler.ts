import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { getRuntime } from "@/server/db/runtime";
import { authOptions } from "./options";

/** What the desk uses of next-auth. Its `_log` would let anybody write into our log. */
const actions: ReadonlySet<string> = new Set([
  "csrf",
  "providers",
  "signin",
  "callback",
  "session",
  "signout",
  "error",
]);

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** Answers everything under /api/auth: next-auth's endpoints that the desk uses, 404 for the others. */
export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const [action = ""] = (await context.params).nextauth;
  if (!actions.has(action)) return new Response(null, { status: 404 });
  const runtime = getRuntime();
  // next-auth reads its own address from the environment and nowhere else.
  process.env.NEXTAUTH_URL = runtime.config.publicUrl.origin;
  return NextAuth(request, context, authOptions(runtime));
}
