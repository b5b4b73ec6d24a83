import { DeskError } from "@/lib/errors";
import { SealError, type Sealer } from "@/server/auth/seal";
import type { Prisma } from "@/server/db/generated/client";
import type { Driver } from "@/server/platforms/driver";

/** How a bot is reached, parsed by its platform. Throws DeskError `invalid_input` that names the field. */
export function toConnection(driver: Driver, connection: unknown): Prisma.InputJsonObject {
  const parsed = driver.connectionSchema.safeParse(connection);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DeskError("invalid_input", {
      field: ["connection", ...(issue?.path ?? [])].join("."),
      fault: issue?.message ?? "",
    });
  }
  // A connection schema describes a plain JSON object (server/platforms/driver.ts).
  return parsed.data as Prisma.InputJsonObject;
}

/** Throws DeskError `bot_exists` when another bot bears the name. */
export async function refuseSameName(
  tx: Prisma.TransactionClient,
  name: string,
  exceptId: string | null,
): Promise<void> {
  const other = await tx.bot.findFirst({
    where: { name: { equals: name, mode: "insensitive" }, ...(exceptId ? { id: { not: exceptId } } : {}) },
    select: { id: true },
  });
  if (other) throw new DeskError("bot_exists", { name });
}

/** What was sealed for a bot. Throws DeskError `credentials_unreadable`. */
export function unseal(sealer: Sealer, context: string, sealed: Uint8Array): unknown {
  try {
    return sealer.open(sealed, context);
  } catch (cause) {
    throw cause instanceof SealError ? new DeskError("credentials_unreadable") : cause;
  }
}

/** Are two connections the same, whatever the order of their fields? */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Does a changed connection dial a host it did not dial before? Where the platform dials in, nothing is sent anywhere. */
export function leadsElsewhere(before: unknown, after: unknown): boolean {
  const known = originsIn(before);
  return originsIn(after).some((origin) => !known.includes(origin));
}

/** A connection is a flat object whose addresses are whole URLs (server/platforms/driver.ts). */
function originsIn(connection: unknown): string[] {
  const values: unknown[] = typeof connection === "object" && connection !== null ? Object.values(connection) : [];
  return values.flatMap((value) => {
    if (typeof value !== "string" || !URL.canParse(value)) return [];
    const { protocol, host } = new URL(value);
    return [`${protocol}//${host}`];
  });
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
