import { describe, expect, test } from "vitest";
import { catalogue } from "@/server/platforms/chat68/catalogue";
import type { Chat68Row } from "@/server/platforms/chat68/field";
import { parseInput, parseOutput } from "@/server/platforms/client";
import { PlatformError } from "@/server/platforms/error";

const rows: [string, Chat68Row][] = Object.entries(catalogue);
const done = { commonResult: { errCode: 200 } };
const person = { uid: "30001", nickName: "Ann", identify: "--" };

describe("where a call goes is not the caller's to say", () => {
  test.each(rows)("%s takes no url, host, type or protoType", (_name, row) => {
    for (const field of ["url", "host", "protoType", "path"])
      expect(() => parseInput(row, { [field]: "https://elsewhere.example" })).toThrow(PlatformError);
    if (row.relay !== null) expect(row.relay.path).toMatch(/^\/[a-z]+\/[A-Za-z0-9]+$/);
  });

  test("only the two operations that are unanswered without it carry a protoType", () => {
    const typed = rows.filter(([, row]) => row.relay?.protoType !== undefined).map(([name]) => name);
    expect(typed.sort()).toEqual(["GroupMemberList", "GroupMemberOnLineStatusList"]);
  });
});

describe("another op would delete the group", () => {
  test.each([
    ["GroupUpdate#12", { groupParam: { groupId: "40001", notice: "n" } }, 12],
    ["GroupUpdate#11", { groupParam: { groupId: "40001", shutup: true } }, 11],
    ["UpdateContactsApply", { applyUid: "30001" }, 8],
    ["UpdateBlackContacts#6", { targetUid: "30001" }, 6],
    ["UpdateBlackContacts#7", { targetUid: "30001" }, 7],
  ] as const)("%s sends its own and refuses every other", (name, input, op) => {
    const row = catalogue[name];
    expect(parseInput(row, input)).toMatchObject({ op });
    for (let other = 0; other <= 18; other++)
      if (other !== op) expect(() => parseInput(row, { ...input, op: other })).toThrow(PlatformError);
  });

  test("a mute is said with a real boolean", () => {
    for (const shutup of [undefined, 0, 1, "true", null])
      expect(() => parseInput(catalogue["GroupUpdate#11"], { groupParam: { groupId: "40001", shutup } })).toThrow(
        PlatformError,
      );
  });
});

describe("ids are text inside and numbers on the wire", () => {
  test("digits become the number they spell", () => {
    expect(parseInput(catalogue.GroupDetail, { groupId: "40001" })).toEqual({ groupId: 40001 });
    expect(parseInput(catalogue.GroupMemberOnLineStatusList, { groupId: "1", uids: ["9007199254740991"] })).toEqual({
      groupId: 1,
      uids: [9007199254740991],
    });
  });

  test.each(["9007199254740993", "0", "-1", "1.5", "1e3", "", 40001])(
    "%s is refused before it can lose digits",
    (id) => {
      expect(() => parseInput(catalogue.GroupDetail, { groupId: id })).toThrow(PlatformError);
    },
  );
});

describe("messages", () => {
  const message = (content: string, chatType?: number) => ({
    id: "30001",
    type: "friend",
    list: [{ values: { content, ...(chatType === undefined ? {} : { chatType }) } }],
  });

  test("a line break travels as a backslash and an n", () => {
    expect(parseInput(catalogue.sendMsg, message("one\r\ntwo\nthree"))).toEqual({
      id: 30001,
      type: "friend",
      list: [{ type: "text", values: { chatType: 0, content: "one\\ntwo\\nthree" } }],
      quoteInfo: null,
    });
  });

  test.each([6, 8, 50, 201, 202, 203, -1, -2])("kind %i claims to be the system's: it cannot be sent", (chatType) => {
    expect(() => parseInput(catalogue.sendMsg, message("x", chatType))).toThrow(PlatformError);
  });

  test.each(["01234567890", "1234567890", "104418592528", "1234567890a"])("%s is no id of our own", (custom_msg_id) => {
    expect(() => parseInput(catalogue.sendMsg, { ...message("x"), custom_msg_id })).toThrow(PlatformError);
  });

  test("an announcement goes to a group and says what it is", () => {
    const list = [{ values: { chatType: 50, content: "muted", bfShutup: true } }];
    expect(parseInput(catalogue["sendMsg#50"], { id: "40001", list })).toMatchObject({ type: "group" });
    expect(() => parseInput(catalogue["sendMsg#50"], { id: "40001", type: "friend", list })).toThrow(PlatformError);
    expect(() => parseInput(catalogue["sendMsg#8"], { id: "40001", list })).toThrow(PlatformError);
  });

  test("an answer that is no success is drift, not silence", () => {
    expect(parseOutput(catalogue.sendMsg, "success")).toEqual({ value: "success", hasDrift: false });
    expect(parseOutput(catalogue.sendMsg, "later")).toEqual({ value: "later", hasDrift: true });
  });
});

describe("answers", () => {
  test("protobuf leaves out an empty list: nobody asks to be a friend", () => {
    expect(catalogue.ContactsApplyList.output.parse(done).recordList).toEqual([]);
  });

  test.each([{}, { errorCode: 300, errorDesc: "busy" }, { commonResult: { errCode: 300 } }, { commonResult: {} }, []])(
    "%j is an error, not an empty queue",
    (answer) => {
      expect(() => parseOutput(catalogue.ContactsApplyList, answer)).toThrow(PlatformError);
    },
  );

  test("the verdict may be text", () => {
    expect(catalogue.ContactsApplyList.output.parse({ commonResult: { errCode: "200" } }).recordList).toEqual([]);
  });

  test("who is not said to be online is offline", () => {
    const list = [
      { uid: "1", createTime: "1760000000000", bfShow: true },
      { uid: 2, online: true },
    ];
    const answer = { ...done, userOnLineStatusList: list };
    const parsed = catalogue.GroupMemberOnLineStatusList.output.parse(answer).userOnLineStatusList;
    expect(parsed).toMatchObject([
      { uid: "1", online: false },
      { uid: "2", online: true },
    ]);
  });

  test("a group is the same over both transports", () => {
    const overHttp = { id: 40001, hostId: 30001, name: "Chess", memberCount: 4, qrExpire: null, groupNotice: "" };
    const notice = { editUser: { user: person, groupId: "40001", score: "1" }, notice: "hi", noticeId: "9" };
    const overSocket = { ...overHttp, memberType: 1, qrExpire: 4070908800000, groupNotice: notice, type: "group" };
    const parsed = catalogue.getGroups.output.parse([overHttp, overSocket]);
    expect(parsed[0]).toMatchObject({ id: "40001", hostId: "30001", memberType: "", qrExpire: "", groupNotice: null });
    expect(parsed[1]).toMatchObject({ memberType: "MANAGE", qrExpire: "4070908800000", groupNotice: { notice: "hi" } });
    const detail = { ...done, group: { groupId: "40001", hostId: "30001", memberCount: "4" }, memberType: "MANAGE" };
    expect(catalogue.GroupDetail.output.parse({ ...detail, right: {} })).toMatchObject({
      group: { groupId: "40001", memberCount: 4, bfJoinFriend: false },
      right: { bfJoinCheck: false },
      memberType: "MANAGE",
    });
  });

  test("the service's address is an address", () => {
    expect(catalogue.getApiUrl.output.parse("https://service.example")).toBe("https://service.example");
    for (const data of ["file:///etc/hosts", "service.example", ""])
      expect(() => parseOutput(catalogue.getApiUrl, data)).toThrow(PlatformError);
  });

  test("members, contacts and requests carry their person's id as text", () => {
    const members = [{ user: person, groupId: "40001", score: "1", right: {} }];
    expect(catalogue.GroupMemberList.output.parse({ ...done, members, count: "1" })).toMatchObject({
      members: [{ user: { uid: "30001" } }],
      count: 1,
    });
    const contactsList = [{ userInfo: { ...person, uid: 30001 }, letter: "A", bfReadReceipt: true }];
    expect(catalogue.ContactsList.output.parse({ ...done, contactsList, count: 1 }).contactsList).toMatchObject([
      { userInfo: { uid: "30001" } },
    ]);
    const recordList = [{ userInfo: person, msg: "hello", modifyTime: "1760000000000", type: "IDENTIFY" }];
    expect(catalogue.ContactsApplyList.output.parse({ ...done, recordList }).recordList).toMatchObject([
      { userInfo: { uid: "30001" }, msg: "hello", bfIdSearch: false },
    ]);
  });
});
