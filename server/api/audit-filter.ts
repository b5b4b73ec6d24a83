import { z } from "zod";
import { risks } from "@/lib/risk";
import { sheetFormats } from "@/server/audit/sheet";

const id = z.uuid();

const shape = {
  actorId: id.optional(),
  action: z.string().max(100).optional(),
  outcome: z.enum(["STARTED", "OK", "FAILED", "UNKNOWN", "DENIED"]).optional(),
  botId: id.optional(),
  groupId: z.string().max(64).optional(),
  personId: z.string().max(64).optional(),
  risk: z.enum(risks).optional(),
  text: z.string().trim().max(200).optional(),
};

/** What the record can be narrowed to, as a procedure takes it. */
export const AuditFilterInput = z.object({ ...shape, from: z.date().optional(), to: z.date().optional() });

const time = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .optional();

/** The same as the fields of a form, with the format of the file: times in ISO 8601 with their zone, empty fields left out. */
export const ExportForm = z.strictObject({ ...shape, from: time, to: time, format: z.enum(sheetFormats) });
