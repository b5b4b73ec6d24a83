import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requestKinds } from "@/lib/request";
import type { Adapter, Capability } from "@/server/platforms/adapter";
import { capabilityNames } from "@/server/platforms/capability";
import { catalogues } from "@/server/platforms/catalogues";
import { isBeyond, type Platform } from "@/server/platforms/row";
import { supportOf } from "@/server/platforms/support";
import { chat68 } from "@/test/contract/chat68";
import type { Ground } from "@/test/contract/ground";
import { houseTerms } from "@/test/contract/house-terms";
import { im } from "@/test/contract/im";
import { impossible } from "@/test/contract/impossible";
import { napcat } from "@/test/contract/napcat";
import { peopleTerms, type Term } from "@/test/contract/people-terms";
import { talkTerms } from "@/test/contract/talk-terms";
import { truths } from "@/test/contract/truths";
import { yunhu } from "@/test/contract/yunhu";

const grounds: Readonly<Record<Platform, () => Promise<Ground>>> = { napcat, chat68, im, yunhu };
const platforms = ["napcat", "chat68", "im", "yunhu"] as const;
/** Requests are held to the truths instead. A capability without a term is a fault that the compiler tells. */
const terms: Readonly<Record<Exclude<Capability, `requests.${string}`>, Term>> = {
  ...peopleTerms,
  ...houseTerms,
  ...talkTerms,
};

describe.each(platforms)("%s", (platform) => {
  const rows = catalogues[platform];
  const able = supportOf(platform, () => true).flatMap(({ capability, is }) => (is === "on" ? [capability] : []));
  const told = truths[platform];
  let ground: Ground;
  // Every key it has is there, or the test of that capability would not be made.
  const all = (): Required<Adapter> => ground.adapter as Required<Adapter>;
  const changes = (): string[] => ground.called.filter((operation) => rows[operation]?.risk !== "read");

  beforeEach(async () => {
    ground = await grounds[platform]();
  });

  afterEach(async () => {
    await ground.close();
  });

  const hasBeyond = Object.values(rows).some(isBeyond);
  const waiting = supportOf(platform, () => false).flatMap(({ capability, is }) => (is === "off" ? [capability] : []));
  // What is in the table is one of its names.
  const held = able.filter((capability) => capability in terms) as (keyof typeof terms)[];

  test.each(held)("%s does what it says, by its own operations", async (capability) => {
    await terms[capability](all(), ground);
    // What can be set is known without asking.
    if (capability !== "presence.presets") expect(ground.called).not.toEqual([]);
    for (const operation of ground.called) expect(rows[operation]?.capabilities, operation).toContain(capability);
  });

  test("what it cannot do is undefined, and no operation claims to be for it", () => {
    const missing = capabilityNames.filter((name) => !able.includes(name));
    expect(missing.filter((name) => ground.adapter[name] !== undefined)).toEqual([]);
    const claimed = Object.values(rows).flatMap(({ capabilities }) => capabilities);
    expect(missing.filter((name) => claimed.includes(name))).toEqual([]);
  });

  test.each(hasBeyond ? held.filter((name) => !waiting.includes(name)) : [])(
    "%s keeps to the vendor's document unless more is switched on",
    async (capability) => {
      await terms[capability](ground.documented as Required<Adapter>, ground);
      for (const operation of ground.called) expect(rows[operation]?.seeds, operation).not.toEqual([]);
    },
  );

  test("who can ask to be let in is known here, kind by kind", () => {
    expect(Object.keys(told)).toEqual(requestKinds.filter((kind) => ground.world.asks?.[kind] !== undefined));
  });

  describe.each(requestKinds.filter((kind) => told[kind] !== undefined))("a request (%s)", (kind) => {
    const ask = async () => {
      const asking = await ground.world.asks?.[kind]?.("Ann");
      const truth = told[kind];
      if (!asking || !truth) throw new Error(`nobody asks for ${kind}`);
      return { ...asking, truth };
    };

    test("says who asks, and what can be done", async () => {
      const { arrival, truth } = await ask();
      expect(arrival).toMatchObject({ kind });
      // Some tell only who, and the desk asks for the name.
      expect(["Ann", ""]).toContain(arrival.applicantName);
      expect(arrival.answers).toMatchObject({
        ...{ approve: true, deny: truth.deny !== null, takesReason: truth.isReasonTold },
      });
    });

    test("approved: they are in, and that is read back", async () => {
      const { arrival, isIn, truth } = await ask();
      expect(isIn()).toBe(false);
      await all()["requests.answer"]({ ...arrival, verb: "approve", reason: "" });
      expect(isIn()).toBe(true);
      expect(await all()["requests.check"](arrival)).toBe(truth.approve);
    });

    test("denied: they stay out, with the reason where the platform tells it; or it is not offered and not tried", async () => {
      const { arrival, isIn, reason, truth } = await ask();
      const denial = all()["requests.answer"]({ ...arrival, verb: "deny", reason: "not today" });
      if (truth.deny === null) {
        await expect(denial).rejects.toMatchObject({ code: "not_offered", isSent: false });
        expect(changes()).toEqual([]);
        return;
      }
      await denial;
      expect([isIn(), reason()]).toEqual([false, truth.isReasonTold ? "not today" : ""]);
      expect(await all()["requests.check"](arrival)).toBe(truth.deny);
    });
  });

  test.each(requestKinds.filter((kind) => told[kind] === undefined))(
    "a request of a kind that it does not have (%s) is not answered",
    async (kind) => {
      const request = { kind, handle: { createdAt: "", flag: "1" }, applicantId: "5", groupId: "6" };
      await expect(all()["requests.answer"]({ ...request, verb: "approve", reason: "" })).rejects.toMatchObject({
        ...{ code: "not_offered", isSent: false },
      });
      expect(changes()).toEqual([]);
    },
  );

  test.each(Object.keys(impossible[platform]))("it does not pretend: %s", async (name) => {
    await expect(impossible[platform][name]?.(all(), ground)).rejects.toMatchObject({
      code: "not_offered",
      isSent: false,
    });
    expect(changes()).toEqual([]);
  });
});
