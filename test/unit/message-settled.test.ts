import { expect, test } from "vitest";
import { type KeptMessage, MessageFold, type Told } from "@/server/desk/message-fold";

const now = new Date("2026-01-02T03:04:05Z");
const at = new Date("2026-01-02T03:04:04Z");

/** A message sent from the desk, on its way. */
function sent(id: string, more: Partial<KeptMessage> = {}): KeptMessage {
  return {
    ...{ id, messageId: null, key: `sent:${id}`, senderId: null, senderName: "", isOwn: true, at: now, rank: 0 },
    ...{ pieces: [{ type: "text", text: id }], handle: { customMsgId: id }, recalledAt: null, recalledBy: null },
    ...{ reactions: [], state: "sent", error: null, platformText: null },
    ...more,
  };
}

function settle(rows: KeptMessage[], told: Partial<Extract<Told, { type: "settled" }>>): KeptMessage[] {
  const fold = new MessageFold(rows, { source: "push", now, accountId: "5" });
  fold.take([{ type: "settled", handle: { customMsgId: "a" }, messageId: "77", isDelivered: true, at, ...told }]);
  return [...fold.changed];
}

test("what arrived is confirmed under the platform's own id, and keeps what takes it back", () => {
  const rows = [sent("b"), sent("a", { state: "unknown", error: "timeout" })];
  expect(settle(rows, {})).toMatchObject([
    {
      ...{ id: "a", messageId: "77", key: "id:77", state: "confirmed", error: null, at },
      handle: { customMsgId: "a" },
    },
  ]);
});

test("what was accepted and did not arrive has failed", () => {
  const told = { messageId: null, isDelivered: false, at: null };
  expect(settle([sent("a")], told)).toMatchObject([{ id: "a", state: "failed", error: "not_carried_out" }]);
});

test("told before the answer to sending it, it is the one on its way; of two nobody can say which", () => {
  const underway = { state: "sending", handle: null };
  expect(settle([sent("x", underway), sent("b")], {})).toMatchObject([{ id: "x", handle: { customMsgId: "a" } }]);
  expect(settle([sent("x", underway), sent("y", underway)], {})).toEqual([]);
});

test("what others said, and what is known already, stays as it is", () => {
  expect(settle([sent("a", { isOwn: false })], {})).toEqual([]);
  expect(settle([sent("a", { messageId: "77", key: "id:77", state: "confirmed" })], {})).toEqual([]);
});
