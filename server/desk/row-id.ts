import { Prisma } from "@/server/db/generated/client";

/** A row of a list over all bots: whose, and which of theirs. */
export interface RowId {
  botId: string;
  id: string;
}

export interface ListedId extends RowId {
  total: number;
}

/** A whole list as ids in order. Each id stands behind the place of its bot in `bots`: `<place>/<id>`. */
export interface ListedIds {
  bots: string[];
  ids: string[];
  /** How many there are, which may be more than are listed. */
  total: number;
}

/** More ids are not handed out at once. */
export const mostListed = 10_000;

export function toListedIds(rows: readonly ListedId[]): ListedIds {
  const places = new Map<string, number>();
  const ids = rows.map(({ botId, id }) => {
    const place = places.get(botId) ?? places.size;
    places.set(botId, place);
    return `${place}/${id}`;
  });
  return { bots: [...places.keys()], ids, total: rows[0]?.total ?? 0 };
}

/** What a pair of columns may be one of. */
export function pairs(ids: readonly RowId[]): Prisma.Sql {
  return Prisma.sql`SELECT * FROM unnest(${ids.map(({ botId }) => botId)}::uuid[], ${ids.map(({ id }) => id)}::text[])`;
}
