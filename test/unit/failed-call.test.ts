import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { FailedCall } from "@/server/desk/failed-call";
import { createLogger } from "@/server/log";
import { PlatformError } from "@/server/platforms/error";

test("what somebody sent is shown to them and does not end in the log with the fault of it", () => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (line: Buffer, _encoding, done) => done(void lines.push(line.toString())),
  });
  const frame = { action: "send_private_msg", params: { message: "a private word" } };
  const request = { over: "ws", frame, http: null, isCut: false } as const;
  const error = new PlatformError("internal", { isSent: true });
  const failed = new FailedCall(error, { eventId: "1", outcome: "UNKNOWN", text: null, request });
  createLogger("info", destination).error({ err: failed }, "a procedure failed");
  expect(failed.trace.request?.frame).toEqual(frame);
  expect(lines.join("")).toContain("FailedCall");
  expect(lines.join("")).not.toContain("a private word");
});
