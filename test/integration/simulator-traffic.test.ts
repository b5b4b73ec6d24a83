import { expect, test } from "vitest";
import { parseJson } from "@/server/platforms/json";
import { toInbound } from "@/server/platforms/napcat/inbound";
import { start } from "@/test/simulators/napcat";
import type { Event } from "@/test/simulators/napcat/event";
import { stringify } from "@/test/simulators/napcat/wire";
import { Traffic } from "@/test/simulators/traffic";

test("the same seed lives the same life, with every kind of arrival and no real number in it", async () => {
  const lives = await Promise.all([live(7), live(7), live(8)]);
  expect(lives[0]).toEqual(lives[1]);
  expect(lives[0]).not.toEqual(lives[2]);
  const text = JSON.stringify(lives[0]);
  const arrivals = ["friend", "join", "invite", "filtered"];
  const happenings = ["message", "group_increase", "group_decrease", "group_recall", "group_ban", "group_card"];
  for (const kind of [...arrivals, ...happenings, "group_msg_emoji_like", "group_upload", "poke", "message_sent"])
    expect(text).toContain(`"${kind}"`);
  const numbers = [...text.matchAll(/"(\d{5,})n"/g)].map((match) => match[1]);
  expect(numbers.filter((id) => !/^9[01]00\d{7}$/.test(id ?? ""))).toEqual([]);
});

test("whatever happens in such a life is understood", async () => {
  const kinds = new Set<string>();
  await live(7, (event) => {
    const inbound = toInbound(parseJson(stringify(event)));
    kinds.add(inbound.type === "other" ? inbound.name : inbound.type);
  });
  expect([...kinds].sort()).toEqual([
    ...["group_changed", "member_changed", "member_joined", "member_left"],
    ...["member_muted", "message", "message_recalled", "poked", "reacted", "request"],
  ]);
});

/** A thousand happenings of one seed, by a clock that stands apart from the machine's. */
async function live(seed: number, see: (event: Event) => void = () => undefined): Promise<unknown> {
  let second = 1_760_000_000;
  const napcat = await start({
    account: { userId: "90000000001", nickname: "Keeper" },
    token: "",
    reportsOwn: true,
    now: () => second,
  });
  const traffic = new Traffic(napcat, { seed, pauseMs: 60_000 });
  traffic.populate();
  traffic.greet();
  for (let happened = 0; happened < 1000; happened += 1) {
    second += 2;
    traffic.happen();
  }
  await napcat.close();
  napcat.events.forEach(see);
  const events = JSON.stringify(napcat.events, (_key, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
  const filtered = napcat.inbox.filtered.map((request) => ({ kind: "filtered", ...request }));
  return { events: JSON.parse(events), filtered, groups: napcat.inbox.groups };
}
