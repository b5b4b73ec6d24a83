import type { Actor } from "@/lib/actor";
import type { Database } from "@/server/db/client";
import { Prisma } from "@/server/db/generated/client";
import { type FoundPerson, mostFound, pattern, sight } from "./found";
import type { RequestRow } from "./row";

/** One person is in many groups: so many rows are looked through for a few people. */
const looked = 60;

/**
 * Friends and members who have the words in a name or an id, and the applicants of `requests`; each person of a platform
 * once.
 */
export async function findPeople(
  database: Database,
  actor: Actor,
  words: string,
  requests: readonly RequestRow[],
): Promise<FoundPerson[]> {
  const [friends, members] = await Promise.all([
    database.$queryRaw<FoundPerson[]>`
      SELECT b."platform", f."userId" AS "personId", f."name", 'friend' AS "as", b."name" AS "of"
      FROM "KnownFriend" f JOIN "Bot" b ON b."id" = f."botId"
      WHERE (f."userId" = ${words} OR f."searchText" LIKE ${pattern(words)})
        AND ${sight(actor, "friends.view", Prisma.sql`f."botId"`)}
      ORDER BY f."userId" = ${words} DESC, lower(f."name") LIKE ${pattern(words, true)} DESC, f."name", f."userId"
      LIMIT ${looked}`,
    // Unordered but for exact ids: to put all who have a common word in order would read every group there is.
    database.$queryRaw<FoundPerson[]>`
      SELECT b."platform", m."userId" AS "personId", coalesce(nullif(m."card", ''), m."name") AS "name",
        'member' AS "as", coalesce(g."name", m."groupId") AS "of"
      FROM (
        (SELECT e."botId", e."groupId", e."userId", e."name", e."card" FROM "KnownMember" e
          WHERE e."userId" = ${words} AND ${sight(actor, "members.view", Prisma.sql`e."botId"`)} LIMIT ${looked})
        UNION ALL
        (SELECT h."botId", h."groupId", h."userId", h."name", h."card" FROM "KnownMember" h
          WHERE h."searchText" LIKE ${pattern(words)} AND ${sight(actor, "members.view", Prisma.sql`h."botId"`)}
          LIMIT ${looked})
      ) m JOIN "Bot" b ON b."id" = m."botId"
      LEFT JOIN "KnownGroup" g ON g."botId" = m."botId" AND g."groupId" = m."groupId"`,
  ]);
  const applicants = requests.map(
    ({ bot, applicantId, applicantName }): FoundPerson => ({
      platform: bot.platform,
      personId: applicantId,
      name: applicantName,
      as: "applicant",
      of: bot.name,
    }),
  );
  const isLike = ({ personId, name }: FoundPerson) => personId === words || name.toLowerCase().includes(words);
  const people = new Map<string, FoundPerson>();
  for (const person of [...friends, ...members, ...applicants.filter(isLike)]) {
    const key = JSON.stringify([person.platform, person.personId]);
    if (person.personId !== "" && !people.has(key)) people.set(key, person);
  }
  const exact = [...people.values()].filter(({ personId }) => personId === words);
  return [...new Set([...exact, ...people.values()])].slice(0, mostFound);
}
