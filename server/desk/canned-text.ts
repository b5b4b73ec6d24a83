import { v7 as uuid } from "uuid";
import { z } from "zod";
import type { Actor } from "@/lib/actor";
import { DeskError } from "@/lib/errors";
import { type RequestKind, requestKinds, type Verb, verbs } from "@/lib/request";
import { publishIn } from "@/server/db/bus";
import type { Database } from "@/server/db/client";
import type { Prisma } from "@/server/db/generated/client";

/** Of a text, and of a reason it may become. */
export const maximumText = 500;
/** Of texts a desk keeps: a list that is read whole. */
const maximumTexts = 200;

/** A text as it is saved: without an id a new one. */
export const CannedTextInput = z.object({
  id: z.uuid().optional(),
  title: z.string().trim().min(1).max(80),
  verb: z.enum(verbs),
  /** Kinds it is offered for; empty: all. */
  kinds: z
    .array(z.enum(requestKinds))
    .max(requestKinds.length)
    .transform((kinds) => requestKinds.filter((kind) => kinds.includes(kind))),
  textZh: z.string().trim().max(maximumText),
  textEn: z.string().trim().max(maximumText),
});
export type CannedTextInput = z.infer<typeof CannedTextInput>;

/** A text to answer with. One of the two languages may be empty. */
export interface CannedRow {
  id: string;
  title: string;
  verb: Verb;
  kinds: RequestKind[];
  textZh: string;
  textEn: string;
  position: number;
  updatedAt: Date;
  updatedBy: string;
}

/** The desk's texts in the order it gave them. */
export async function listTexts(database: Database): Promise<CannedRow[]> {
  const rows = await database.cannedText.findMany({ orderBy: [{ position: "asc" }, { id: "asc" }] });
  return rows.map(toCannedRow);
}

/**
 * Makes or changes a text; a new one stands at the end. Answers what it was and is, for the record.
 * @throws DeskError `invalid_input` with `field` (no text in either language, or too many texts), `not_found`.
 */
export async function saveText(
  database: Database,
  actor: Actor,
  { id, ...text }: CannedTextInput,
): Promise<{ before: CannedRow | null; after: CannedRow }> {
  if (text.textZh === "" && text.textEn === "") throw new DeskError("invalid_input", { field: "textZh" });
  return await database.$transaction(async (tx) => {
    const updatedBy = actor.name;
    if (id !== undefined) {
      const before = await tx.cannedText.findUnique({ where: { id } });
      if (!before) throw new DeskError("not_found");
      const after = await tx.cannedText.update({ where: { id }, data: { ...text, updatedBy } });
      await tell(tx, id);
      return { before: toCannedRow(before), after: toCannedRow(after) };
    }
    const { _count, _max } = await tx.cannedText.aggregate({ _count: { _all: true }, _max: { position: true } });
    if (_count._all >= maximumTexts) throw new DeskError("invalid_input", { field: "title", maximum: maximumTexts });
    const position = (_max.position ?? -1) + 1;
    const after = await tx.cannedText.create({ data: { id: uuid(), ...text, position, updatedBy } });
    await tell(tx, after.id);
    return { before: null, after: toCannedRow(after) };
  });
}

/** Removes a text; what was written with it stays. Answers what it was, for the record. Throws DeskError `not_found`. */
export async function removeText(database: Database, id: string): Promise<CannedRow> {
  return await database.$transaction(async (tx) => {
    const row = await tx.cannedText.findUnique({ where: { id } });
    if (!row) throw new DeskError("not_found");
    await tx.cannedText.deleteMany({ where: { id } });
    await tell(tx, id);
    return toCannedRow(row);
  });
}

/** Puts the texts in this order. One that is not named, because it is newer than the list, comes after them. */
export async function orderTexts(database: Database, ids: readonly string[]): Promise<{ before: string[] }> {
  return await database.$transaction(async (tx) => {
    const rows = await tx.cannedText.findMany({ orderBy: [{ position: "asc" }, { id: "asc" }], select: { id: true } });
    const before = rows.map((row) => row.id);
    const known = new Set(before);
    const order = [...new Set([...ids.filter((id) => known.has(id)), ...before])];
    for (const [position, id] of order.entries()) {
      await tx.cannedText.updateMany({ where: { id, position: { not: position } }, data: { position } });
    }
    await tell(tx, "texts");
    return { before };
  });
}

async function tell(tx: Prisma.TransactionClient, id: string): Promise<void> {
  await publishIn(tx, { topic: "setting", id, botId: null, version: 1 });
}

function toCannedRow(row: Prisma.CannedTextGetPayload<object>): CannedRow {
  const { id, title, textZh, textEn, position, updatedAt, updatedBy } = row;
  // Columns written above only, from closed names.
  const [verb, kinds] = [row.verb as Verb, row.kinds as RequestKind[]];
  return { id, title, verb, kinds, textZh, textEn, position, updatedAt, updatedBy };
}
