import { type Actor, can } from "@/lib/actor";
import { DeskError, type ErrorCode } from "@/lib/errors";
import type { Recorder } from "@/server/audit/record";
import { byteOrderMark, toCsvLine } from "@/server/audit/sheet";
import type { Database } from "@/server/db/client";
import { listMemberIds, type MemberRow, readMembers } from "./member";
import type { MemberFilter, MemberOrder } from "./member-filter";

/** Who asks for which members of which group. */
export interface MemberExportInput {
  actor: Actor;
  correlationId: string;
  /** The operator as they are now; null once their session is over. */
  authenticate: () => Promise<Actor | null>;
  botId: string;
  groupId: string;
  filter: MemberFilter;
  order: MemberOrder;
}

/** A file under way. */
export interface MemberExport {
  fileName: string;
  contentType: string;
  chunks: AsyncGenerator<string, void>;
  /** Says how it ended, once. Never throws. */
  end(error: ErrorCode | null): Promise<void>;
}

/** Members in one piece of the file. */
const pieceSize = 500;

const columns: Record<string, (row: MemberRow) => string | number | boolean | null> = {
  userId: (row) => row.userId,
  name: (row) => row.name,
  card: (row) => row.card,
  role: (row) => row.role,
  title: (row) => row.title,
  level: (row) => row.level,
  isMuted: (row) => row.isMuted,
  mutedUntil: (row) => row.mutedUntil?.toISOString() ?? null,
  joinedAt: (row) => row.joinedAt?.toISOString() ?? null,
  lastSpokeAt: (row) => row.lastSpokeAt?.toISOString() ?? null,
  isOnline: (row) => row.isOnline,
  lastSeenAt: (row) => row.lastSeenAt?.toISOString() ?? null,
};

/**
 * Opens a CSV of the members that the filter shows, as the desk knows them: an event of the record, begun before the first
 * byte and settled with the count after the last. Whoever opens it has to `end` it.
 * @throws DeskError `not_found` when the operator may not see the bot's members (recorded), `not_recorded`.
 */
export async function openMemberExport(
  { database, recorder }: { database: Database; recorder: Recorder },
  asked: MemberExportInput,
): Promise<MemberExport> {
  const { actor, correlationId, botId, groupId, filter, order } = asked;
  const bot = await database.bot.findUnique({ where: { id: botId }, select: { name: true, platform: true } });
  const event = {
    ...{ correlationId, actor, action: "members.export", risk: "sensitive" as const, groupId, target: groupId },
    ...(bot ? { botId, botName: bot.name, platform: bot.platform } : {}),
    input: { filter, order },
  };
  if (!bot || !can(actor, "members.view", botId)) {
    await recorder.refuse(event, "not_found");
    throw new DeskError("not_found");
  }
  const open = await recorder.begin(event);
  const written = { count: 0 };
  return {
    fileName: `gatehouse-members-${new Date().toISOString().slice(0, 10)}.csv`,
    contentType: "text/csv; charset=utf-8; header=present",
    chunks: write(database, asked, written),
    end: async (error) => {
      const after = { count: written.count };
      await recorder.settle(open, error === null ? { outcome: "OK", after } : { outcome: "FAILED", error, after });
    },
  };
}

/** Who is in it and in which order is fixed at the beginning, so that nobody stands in it twice. */
async function* write(
  database: Database,
  { botId, groupId, filter, order, authenticate }: MemberExportInput,
  written: { count: number },
): AsyncGenerator<string, void> {
  const { ids } = await listMemberIds(database, { botId, groupId }, filter, order);
  let text = `${byteOrderMark}${toCsvLine(Object.keys(columns))}`;
  for (let start = 0; start < ids.length; start += pieceSize) {
    const actor = await authenticate();
    if (actor === null) throw new DeskError("signed_out");
    if (!can(actor, "members.view", botId)) throw new DeskError("forbidden", { permission: "members.view" });
    const piece = ids.slice(start, start + pieceSize);
    const rows = new Map((await readMembers(database, { botId, groupId }, piece)).map((row) => [row.userId, row]));
    const found = piece.flatMap((id) => rows.get(id) ?? []);
    for (const row of found) text += toCsvLine(Object.values(columns).map((read) => read(row)));
    yield text;
    written.count += found.length;
    text = "";
  }
  if (text !== "") yield text;
}
