import { expect, test } from "vitest";
import { told } from "@/components/console/told-fault";
import { toFaults } from "@/server/api/fault";
import { takeMessageId } from "@/server/platforms/chat68/message-id";
import { PlatformError } from "@/server/platforms/error";
import { catalogue as im } from "@/server/platforms/im/catalogue";
import { guardTransfer } from "@/server/platforms/im/transfer";
import { catalogue as napcat } from "@/server/platforms/napcat/catalogue";
import type { Row } from "@/server/platforms/row";

const faultsOf = (row: Row, input: unknown): string[] => {
  const parsed = row.input.safeParse(input);
  return parsed.success ? [] : Object.values(toFaults(parsed.error));
};
const heard = (error: unknown): string[] => (error instanceof PlatformError ? [String(error.detail.fault)] : []);
const text = [{ type: "text", data: { text: "hello" } }];
const picture = (file: string) => [{ type: "image", data: { file } }];
const card = { type: "music", data: { type: "custom", url: "ftp://x", audio: "", title: "x", image: "" } };

/** An input with the fault, by the name of its text. */
const faulty: Record<(typeof told)[number]["key"], () => string[] | Promise<string[]>> = {
  unknown: () => faultsOf(napcat.send_private_msg, { user_id: "10002", message: text, group: "20001" }),
  oneOf: () => faultsOf(napcat.send_msg, { user_id: "10002", group_id: "20001", message: text }),
  atMostOneOf: () =>
    faultsOf(napcat.upload_group_file, {
      ...{ group_id: "20001", file: "base64://eA==", name: "a" },
      ...{ folder: "/a", folder_id: "/b" },
    }),
  twice: () => faultsOf(napcat.set_online_status, { status: 10, extStatus: 0, ext_status: 0 }),
  used: () => takeMessageId(async () => false, "12345678901").then(() => [], heard),
  notMember: async () => {
    const group = { id: "10000001", name: "x", membersList: [] };
    const send = guardTransfer(async (row) => (row.operation === "get.chatGroups.info" ? group : null));
    const input = { groupId: "10000001", toId: "10000002" };
    const transfer = send(im["post.chatGroups.transfer"], input, { signal: new AbortController().signal });
    return await transfer.then(() => [], heard);
  },
  zero: () => faultsOf(im["put.me.update.info"], { longitude: 0 }),
  publicAddress: () => faultsOf(napcat.send_private_msg, { user_id: "10002", message: picture("D:/a.jpg") }),
  webAddress: () => faultsOf(napcat.send_private_msg, { user_id: "10002", message: [card] }),
};

test.each(told)(
  "the words of $key are those of a real fault, which is told in both languages",
  async ({ key, words }) => {
    expect((await faulty[key]()).filter((fault) => words.test(fault))).not.toEqual([]);
  },
);
