"use client";

import { signIn } from "next-auth/react";
import { isErrorCode } from "../failure-shape";

/** What a form shows when signing in failed; `toFailure` reads it like an answer of the API. */
class SignInError extends Error {
  readonly data: { desk: { code: string; detail: Record<string, number> } };
  constructor(code: string, seconds: number | undefined) {
    super(code);
    this.data = { desk: { code, detail: seconds === undefined ? {} : { seconds } } };
  }
}

/**
 * Signs in with a password. The door answers with a closed code, `throttled` with the seconds to wait after a colon.
 * Throws SignInError; a lost connection throws what fetch throws.
 */
export async function enterWithPassword(email: string, password: string): Promise<void> {
  const result = await signIn("credentials", { email, password, redirect: false });
  if (result?.ok && !result.error) return;
  const [code = "", seconds] = (result?.error ?? "").split(":");
  if (!isErrorCode(code)) throw new SignInError(result?.status === 401 ? "bad_credentials" : "internal", undefined);
  throw new SignInError(code, seconds && /^\d+$/.test(seconds) ? Number(seconds) : undefined);
}
