import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";

/** More grams say little that the first do not: the text of what they find is read anyway. */
const mostGrams = 32;

/** So many of the newest requests are read through for what is searched for before the index of grams is asked. */
const newest = 1_000;

/** What is searched for as `searchText` holds it: trimmed, lower case. Empty: nothing is searched for. */
export function toWords(text: string | undefined): string {
  return text?.trim().toLowerCase() ?? "";
}

/**
 * The numbers that `gatehouse_grams` (migration search_by_grams) makes of every text that holds `words`: of all its runs
 * of three letters, or the one number of a shorter word. A letter is a code point. None for no words.
 */
export function toGrams(words: string): number[] {
  const letters = Array.from(words, (letter) => letter.codePointAt(0) ?? 0);
  const length = Math.min(3, letters.length);
  const grams = new Set<number>();
  for (let at = 0; at + length <= letters.length && grams.size < mostGrams && length > 0; at += 1)
    grams.add(letters.slice(at, at + length).reduce((sum, letter) => (sum * 31_337 + letter) % 2_147_483_647, 0));
  return [...grams];
}

/** "Request" r holds `words`, literally: `%`, `_` and `\` are letters like any other. By reading each row. */
export function withWords(words: string): Prisma.Sql {
  return Prisma.sql`r."searchText" LIKE ${`%${words.replace(/[\\%_]/g, "\\$&")}%`}`;
}

/** The same by the index: fast where few have the words, slow where most do. */
export function withGrams(words: string): Prisma.Sql {
  return Prisma.sql`${withWords(words)} AND r."id" IN (
    SELECT g."requestId" FROM "RequestGrams" g WHERE g."grams" @> ${toGrams(words)}::int[])`;
}

/**
 * The newest `take` requests that hold `words`, newest first. Words that many have turn up among the newest requests; for
 * the rest, or for all of a rare word, the index is asked: either costs the same at any size.
 * @param read reads those that fulfil a condition, newest first.
 */
export async function searchNewest<Row>(
  database: Database,
  words: string,
  { cursor, take }: { cursor?: string | undefined; take: number },
  read: (where: Prisma.Sql, take: number) => Promise<Row[]>,
): Promise<Row[]> {
  const below = cursor ? Prisma.sql`r."id" < ${cursor}::uuid` : Prisma.sql`TRUE`;
  const edge = await database.request.findFirst({
    where: cursor ? { id: { lt: cursor } } : {},
    orderBy: { id: "desc" },
    skip: newest,
    select: { id: true },
  });
  const above = edge ? Prisma.sql`r."id" > ${edge.id}::uuid` : Prisma.sql`TRUE`;
  const rows = await read(Prisma.sql`${withWords(words)} AND ${below} AND ${above}`, take);
  if (!edge || rows.length >= take) return rows;
  const older = await read(Prisma.sql`${withGrams(words)} AND r."id" <= ${edge.id}::uuid`, take - rows.length);
  return [...rows, ...older];
}
