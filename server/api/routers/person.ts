import { z } from "zod";

/** What makes an account. The password's rules are server/auth/password.ts's; here only its length is bounded. */
export const person = {
  name: z.string().trim().min(1).max(80),
  email: z.email().max(254),
  password: z.string().min(1).max(512),
};
