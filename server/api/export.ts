import type { IncomingMessage } from "node:http";
import { DeskError } from "@/lib/errors";
import type { AuditExport } from "@/server/desk/audit-export";
import type { Desk } from "@/server/desk/desk";
import { ExportForm } from "./audit-filter";
import { createContext } from "./context";
import { isStorable } from "./storable";

/**
 * Opens the file of the record that a form asks for, on behalf of whoever is signed in.
 * @throws DeskError `signed_out`, `invalid_input` with `field`, and what the desk refuses it for.
 */
export async function openAuditExport(
  desk: Desk,
  request: IncomingMessage,
  fields: URLSearchParams,
): Promise<AuditExport> {
  const { actor, correlationId, reauthenticate } = await createContext(desk, request);
  if (actor === null) throw new DeskError("signed_out");
  const given = Object.fromEntries([...fields].filter(([, value]) => value !== ""));
  const form = ExportForm.safeParse(given);
  if (!form.success) throw new DeskError("invalid_input", { field: form.error.issues[0]?.path.join(".") ?? "" });
  if (!isStorable(given)) throw new DeskError("invalid_input", { field: "text" });
  const { format, ...filter } = form.data;
  return await desk.exports.open({ actor, correlationId, authenticate: reauthenticate, filter, format });
}
