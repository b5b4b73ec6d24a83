import { describe, expect, it, test } from "vitest";
import { platforms } from "@/lib/platform";
import { taskCapabilities, taskPermissions, taskVerbs } from "@/lib/task";
import { judge, toAct, toArguments } from "@/server/desk/member-act";
import { obstacleTo } from "@/server/desk/member-obstacle";
import { capabilities } from "@/server/platforms/capability";
import { drivers } from "@/server/platforms/drivers";
import { memberLimits } from "@/server/platforms/member-limits";

test.each(taskVerbs)("%s asks for the permission of its capability", (verb) => {
  expect(capabilities[taskCapabilities[verb]]).toBe(taskPermissions[verb]);
});

describe.each(platforms)("what a platform cannot carry is what its adapter refuses: %s", (platform) => {
  const limits = memberLimits[platform];
  const sent: unknown[] = [];
  const call = async (operation: string, input: unknown) => {
    sent.push([operation, input]);
    return {};
  };
  const adapter = drivers[platform].createAdapter(call, () => true, undefined);
  const refusal = async (act: Promise<void> | undefined) =>
    act === undefined ? "none" : await act.then(() => "taken").catch((cause: { code?: string }) => cause.code);

  it("lifting a mute", async () => {
    expect((await refusal(adapter["members.mute"]?.("1", "2", 0))) === "taken").toBe(limits.canLift);
  });
  it("refusing who is removed from then on", async () => {
    expect((await refusal(adapter["members.kick"]?.("1", "2", { block: true }))) === "taken").toBe(limits.canBlock);
  });
  it("counting a mute", async () => {
    if (!adapter["members.mute"]) return expect(limits.muteStep).toBe(1);
    sent.length = 0;
    await adapter["members.mute"]("1", "2", 61);
    const said = Object.values(Object(sent.flat().at(-1))).filter((value) => typeof value === "number");
    expect(said).toContain(limits.muteStep === 60 ? 2 : 61);
  });
});

const known = { userId: "2", role: "member", isMuted: false, card: "", title: "" } as const;

test("an act comes to nothing for a reason that is known; what is not told stands in nobody's way", () => {
  const why = (verb: string, ownRole: "owner" | "admin" | "member" | "unknown", member: object | null = {}) =>
    obstacleTo(
      toAct(verb, { seconds: 60, card: "x", title: "x" }),
      { ownRole, ownId: "1" },
      member && { ...known, ...member },
    );
  expect(why("kick", "admin", null)).toBe("not_member");
  expect(why("kick", "admin", { userId: "1" })).toBe("self");
  expect(why("kick", "member")).toBe("own_role");
  expect(why("kick", "admin", { role: "admin" })).toBe("admin");
  expect(why("kick", "owner", { role: "admin" })).toBe(null);
  expect(why("kick", "owner", { role: "owner" })).toBe("owner");
  expect(why("kick", "unknown", { role: "unknown" })).toBe(null);
  expect(why("unmute", "admin")).toBe("not_muted");
  expect(why("unmute", "admin", { isMuted: null })).toBe(null);
  expect(why("promote", "owner", { role: "admin" })).toBe("is_admin");
  expect(why("demote", "owner")).toBe("not_admin");
  expect(why("promote", "admin")).toBe("own_role");
  expect(why("title", "admin")).toBe("own_role");
  expect(why("card", "admin", { card: "x" })).toBe("same");
  expect(why("card", "member", { userId: "1" })).toBe(null);
});

test("a look tells what happened only by what the platform says", () => {
  const since = new Date();
  const at = (seconds: number) => new Date(since.getTime() + seconds * 1_000);
  const seen = { role: "member", card: null, title: "", isMuted: null, mutedUntil: null } as const;
  const has = (verb: string, change: object | "gone") =>
    judge(
      toAct(verb, { seconds: 600, card: "x", title: "" }),
      change === "gone" ? change : { ...seen, ...change },
      since,
    );
  expect(has("kick", "gone")).toBe(true);
  expect(has("kick", {})).toBe(false);
  expect(has("mute", "gone")).toBe(null);
  expect(has("mute", { mutedUntil: at(599) })).toBe(true);
  expect(has("mute", { mutedUntil: at(60) })).toBe(false);
  expect(has("mute", {})).toBe(null);
  expect(has("mute", { isMuted: true })).toBe(true);
  expect(has("unmute", { isMuted: false })).toBe(true);
  expect(has("promote", { role: "unknown" })).toBe(null);
  expect(has("card", {})).toBe(null);
  expect(has("title", {})).toBe(true);
});

test("an act is kept as its verb and its arguments", () => {
  const act = { verb: "kick", block: true } as const;
  expect(toAct(act.verb, toArguments(act))).toEqual(act);
});
