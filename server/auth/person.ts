import { z } from "zod";
import { DeskError } from "@/lib/errors";
import { Prisma } from "@/server/db/generated/client";
import { parseEmail } from "./email";
import { checkPassword, hashPassword } from "./password";

/** A name as screens and the record show it: no control or direction characters that could pass for another's. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((name) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name) && name.isWellFormed());

/** What somebody types to get an account. The password's strength is judged later, with a code of its own. */
export const Person = z.object({
  name: PersonName,
  email: z.string().max(320).transform(parseEmail).pipe(z.string()),
  password: z.string().max(4_096),
});
export type Person = z.input<typeof Person>;

/** A checked person, ready to be written: the slow hash is made before any transaction is opened. */
export interface PreparedPerson {
  name: string;
  email: string;
  passwordHash: string;
}

/**
 * The one way to an account: its address is in one spelling afterwards, whatever a caller let through.
 * @throws DeskError `invalid_input` with `field`, `weak_password`.
 */
export async function preparePerson(typed: Person): Promise<PreparedPerson> {
  const parsed = Person.safeParse(typed);
  if (!parsed.success) throw new DeskError("invalid_input", { field: String(parsed.error.issues[0]?.path[0] ?? "") });
  const { name, email, password } = parsed.data;
  checkPassword(password, [name, email]);
  return { name, email, passwordHash: await hashPassword(password) };
}

/** Writes the operator with one grant. Throws DeskError `email_taken`; the transaction is lost then. */
export async function createOperator(
  tx: Prisma.TransactionClient,
  id: string,
  person: PreparedPerson,
  { roleId, botId }: { roleId: string; botId: string | null },
): Promise<void> {
  try {
    await tx.operator.create({ data: { id, ...person, grants: { create: { roleId, botId } } } });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      throw new DeskError("email_taken");
    }
    throw error;
  }
}
