import { isIPv6 } from "node:net";
import ipaddr from "ipaddr.js";
import type { Database } from "@/server/db/client";
import { hashEmail } from "./email";

/**
 * How one kind of key slows down: `free` failures cost nothing, then 1, 2, 4, ... seconds up to `cap`, and one failure is
 * forgotten every `leak` seconds, which is also the pace a patient guesser ends up with.
 */
interface Rule {
  free: number;
  cap: number;
  leak: number;
}

export interface ThrottleKey extends Rule {
  key: string;
}

/**
 * The brake that matters: one account from one address. Keyed by both, so that a stranger who hammers an account shuts
 * out himself and not its owner.
 */
const pairRule: Rule = { free: 5, cap: 15 * 60, leak: 15 * 60 };
/** One address trying many accounts. Wider, because an office or a proxy shares one. */
const addressRule: Rule = { free: 20, cap: 5 * 60, leak: 3 * 60 };
/** One account from many addresses. Far wider and short, because its owner waits too. */
const accountRule: Rule = { free: 100, cap: 30, leak: 60 };

/**
 * The keys of a sign-in. Nothing here depends on whether the account exists.
 * @param isKnown the account has signed in from this address lately: then the account-wide brake, which strangers
 *   with many addresses can hold down, does not apply, and its owner always gets through.
 */
export function signInKeys(email: string, address: string, isKnown: boolean): ThrottleKey[] {
  const account = hashEmail(email);
  const from = addressKey(address);
  const keys = [
    { key: `pair:${account}:${from}`, ...pairRule },
    { key: `address:${from}`, ...addressRule },
  ];
  return isKnown ? keys : [...keys, { key: `account:${account}`, ...accountRule }];
}

/** Guessing the current password from inside a session that somebody left open. */
export function passwordChangeKeys(operatorId: string): ThrottleKey[] {
  return [{ key: `password:${operatorId}`, ...pairRule }];
}

/** Guessing the set-up token. */
export function setupKeys(address: string): ThrottleKey[] {
  return [{ key: `setup:${addressKey(address)}`, ...pairRule }];
}

/** What anybody may try without an account: set-up, invites. Under all that a failure writes into the record. */
export function publicActKeys(address: string): ThrottleKey[] {
  return [{ key: `public:${addressKey(address)}`, free: 20, cap: 60, leak: 30 }];
}

/** Signing a bot's account in over there: the desk must not become somebody's way to guess its password. */
export function platformSignInKeys(operatorId: string): ThrottleKey[] {
  return [{ key: `there:${operatorId}`, free: 10, cap: 15 * 60, leak: 60 }];
}

/** Pictures cost the platform little, codes cost somebody a mail or a text message: one person gets few. */
export function challengeKeys(operatorId: string, address: string | null): ThrottleKey[] {
  if (address === null) return [{ key: `picture:${operatorId}`, free: 30, cap: 60, leak: 10 }];
  return [
    { key: `code:${hashEmail(address)}`, free: 3, cap: 15 * 60, leak: 5 * 60 },
    { key: `codes:${operatorId}`, free: 6, cap: 15 * 60, leak: 2 * 60 },
  ];
}

/**
 * The refusals of an address that has to wait, as far as they are recorded: some, then one a minute. Without it whoever
 * hammers on a closed door writes the record full.
 */
export function toldKeys(address: string): ThrottleKey[] {
  return [{ key: `told:${addressKey(address)}`, free: 20, cap: 60, leak: 60 }];
}

/** An IPv6 network of 64 bits is one household: whoever has one address of it has them all. */
function addressKey(address: string): string {
  if (!ipaddr.isValid(address)) return address.slice(0, 100);
  const parsed = ipaddr.process(address);
  if (!isIPv6(parsed.toString())) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.toByteArray().slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).toString()}/64`;
}

/**
 * Takes one attempt under all these keys, counted as a failure until `forgive` says otherwise: were it counted after
 * the password's check, a hundred guesses at the same moment would all be free.
 * Answers 0 when it may go on, else the seconds until one may try again; such an attempt must do no further work.
 *
 * One statement, so that no lock outlives it and no instance can slip in between; the clock is the database's. Where
 * statements wait for each other, now() of the later one can be the earlier time: so a free failure blocks until 1970
 * and not until now(), and time never runs backwards.
 */
export async function takeAttempt(database: Database, keys: readonly ThrottleKey[]): Promise<number> {
  const names = keys.map(({ key }) => key);
  const taken = await database.$queryRaw<{ key: string }[]>`
    with wanted as (
      select * from unnest(
        ${names}::text[], ${keys.map((k) => k.free)}::int[], ${keys.map((k) => k.cap)}::int[], ${keys.map((k) => k.leak)}::int[]
      ) with ordinality as w("key", "free", "cap", "leak", "place")
    )
    insert into "Throttle" ("key", "failures", "blockedUntil", "updatedAt")
    select "key", 1, to_timestamp(0), now() from wanted
    where not exists (select 1 from "Throttle" t join wanted using ("key") where t."blockedUntil" > now())
    order by "place"
    on conflict ("key") do update set
      ("failures", "blockedUntil", "updatedAt") = (
        select n, case when n < "free" then to_timestamp(0) else
          now() + least("cap", power(2, least(n - "free", 20))) * interval '1 second' end, now()
        from wanted, lateral (
          select greatest(0, "Throttle"."failures"
            - floor(greatest(0, extract(epoch from now() - "Throttle"."updatedAt")) / "leak")::int) + 1 as n
        ) as counted
        where wanted."key" = excluded."key"
      )
      where "Throttle"."blockedUntil" <= now()
    returning "key"`;
  if (taken.length === keys.length) return 0;
  const [left] = await database.$queryRaw<{ seconds: number | null }[]>`
    select ceil(extract(epoch from max("blockedUntil") - now()))::int as "seconds"
    from "Throttle" where "key" = any(${names}::text[])`;
  // Another attempt's block may have run out between the two statements.
  return Math.max(1, left?.seconds ?? 1);
}

/**
 * The attempt was right. The first key (the account's own) starts anew; under the others it counts as never made, so
 * that one good account does not buy an address free guesses at the others. Forgets rows nobody needs any more.
 */
export async function forgive(database: Database, keys: readonly ThrottleKey[]): Promise<void> {
  const [own, ...others] = keys.map(({ key }) => key);
  await database.$executeRaw`
    delete from "Throttle" where "key" = ${own} or "updatedAt" < now() - interval '2 days'`;
  await database.$executeRaw`
    update "Throttle" set "failures" = greatest(0, "failures" - 1), "blockedUntil" = to_timestamp(0)
    where "key" = any(${others}::text[])`;
}

/** Has this account signed in from this address in the last 30 days? The same question whether or not it exists. */
export async function isKnownAddress(database: Database, email: string, address: string): Promise<boolean> {
  const [row] = await database.$queryRaw<{ isKnown: boolean }[]>`
    select exists (
      select 1 from "Session" s join "Operator" o on o."id" = s."operatorId"
      where o."email" = ${email} and s."address" = ${address} and s."createdAt" > now() - interval '30 days'
    ) as "isKnown"`;
  return row?.isKnown ?? false;
}
