import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { DeskError } from "@/lib/errors";
import { uploadUses } from "@/lib/file";
import type { Desk } from "@/server/desk/desk";
import { createContext } from "./context";
import { isStorable } from "./storable";

const Asked = z.strictObject({ botId: z.uuid(), use: z.enum(uploadUses), name: z.string().min(1).max(2_000) });

/**
 * Takes in a file for an act that follows, on behalf of whoever is signed in. What it is for stands in the address.
 * @throws DeskError `signed_out`, `invalid_input` with `field`, and what `Uploads.receive` does.
 */
export async function receiveUpload(
  desk: Desk,
  request: IncomingMessage,
): Promise<{ id: string; name: string; size: number }> {
  const { actor, correlationId } = await createContext(desk, request);
  if (actor === null) throw new DeskError("signed_out");
  const given = Object.fromEntries(new URL(request.url ?? "/", "http://desk.invalid").searchParams);
  const asked = Asked.safeParse(given);
  if (!asked.success) throw new DeskError("invalid_input", { field: asked.error.issues[0]?.path.join(".") ?? "" });
  if (!isStorable(given)) throw new DeskError("invalid_input", { field: "name" });
  return await desk.uploads.receive({ actor, correlationId, ...asked.data }, request);
}
