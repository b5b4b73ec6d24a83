import type { IncomingMessage } from "node:http";
import { DeskError } from "@/lib/errors";
import type { AuditExport } from "@/server/desk/audit-export";
import type { Desk } from "@/server/desk/desk";
import { type MemberExport, openMemberExport } from "@/server/desk/member-export";
import { ExportForm } from "./audit-filter";
import { createContext } from "./context";
import { MemberExportForm } from "./member-input";
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

/**
 * Opens the file of a group's members that a form asks for, on behalf of whoever is signed in.
 * @throws DeskError `signed_out`, `invalid_input` with `field`, and what the desk refuses it for.
 */
export async function openMembersExport(
  desk: Desk,
  request: IncomingMessage,
  fields: URLSearchParams,
): Promise<MemberExport> {
  const { actor, correlationId, reauthenticate } = await createContext(desk, request);
  if (actor === null) throw new DeskError("signed_out");
  const given = Object.fromEntries([...fields].filter(([, value]) => value !== ""));
  const form = MemberExportForm.safeParse(given);
  if (!form.success) throw new DeskError("invalid_input", { field: form.error.issues[0]?.path.join(".") ?? "" });
  if (!isStorable(given)) throw new DeskError("invalid_input", { field: "text" });
  const { botId, groupId, by, isDescending, ...filter } = form.data;
  const order = { by, isDescending };
  const asked = { actor, correlationId, authenticate: reauthenticate, botId, groupId, filter, order };
  return await openMemberExport(desk, asked);
}
