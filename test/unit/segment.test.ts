import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { FileSource, KnownFile } from "@/server/platforms/napcat/file-source";
import { OnlineStatus, presenceNames, presences } from "@/server/platforms/napcat/presence";
import { ReceivedMessage, ReceivedSegment } from "@/server/platforms/napcat/received";
import { ForwardNode, Message, Segment } from "@/server/platforms/napcat/segment";

const file = "base64://aGVsbG8=";
const text = { type: "text", data: { text: "hello" } };
const node = (content: unknown) => ({ type: "node", data: { user_id: "10001", nickname: "Ann", content } });

describe("what is sent", () => {
  const segments = [
    text,
    { type: "at", data: { qq: "10001" } },
    { type: "at", data: { qq: "all" } },
    { type: "face", data: { id: "21" } },
    { type: "image", data: { file, summary: "a picture" } },
    { type: "reply", data: { id: "-123" } },
    { type: "json", data: { data: '{"app":"x"}' } },
    { type: "record", data: { file } },
    { type: "video", data: { file: "https://example.com/v.mp4" } },
    { type: "file", data: { file, name: "a.txt" } },
    { type: "markdown", data: { content: "# hello" } },
    { type: "music", data: { type: "163", id: "12" } },
    {
      type: "music",
      data: {
        ...{ type: "custom", url: "https://example.com/", title: "song" },
        ...{ audio: "https://example.com/a.mp3", image: "https://example.com/i.png" },
      },
    },
    { type: "forward", data: { id: "res" } },
    node([text]),
    node({ type: "forward", data: { id: "res" } }),
    node([node([node([text])])]),
  ];

  test.each(segments)("$type arrives as it was written: %j", (segment) => {
    expect(Segment.parse(segment)).toEqual(segment);
  });

  test.each([
    ["an unknown kind", { type: "shell", data: { text: "x" } }],
    ["a surplus field", { type: "text", data: { text: "x", extra: 1 } }],
    ["an id as a number", { type: "at", data: { qq: 10001 } }],
    ["a mention of nobody", { type: "at", data: { qq: "everybody" } }],
    ["a card that is no JSON", { type: "json", data: { data: "{" } }],
    ["a card that is a number", { type: "json", data: { data: "5" } }],
    ["custom music without its address", { type: "music", data: { type: "custom", title: "song" } }],
    [
      "an address that is a script",
      { type: "music", data: { type: "custom", url: "javascript:x", title: "s", audio: "", image: "" } },
    ],
    ["a node without content", node([])],
    ["nodes deeper than QQ opens", node([node([node([node([text])])])])],
  ])("%s is refused", (_name, segment) => {
    expect(Segment.safeParse(segment).success).toBe(false);
  });

  test("a message is a list: neither a string nor nodes among other segments", () => {
    expect(Message.safeParse("[CQ:at,qq=all]").success).toBe(false);
    expect(Message.safeParse([]).success).toBe(false);
    expect(Message.safeParse([text, node([text])]).success).toBe(false);
    expect(Message.safeParse([node([text]), node([text])]).success).toBe(true);
  });

  test("a form can be made of it", () => {
    expect(z.toJSONSchema(Message, { io: "input" }).type).toBe("array");
    expect(z.toJSONSchema(ForwardNode, { io: "input" }).type).toBe("object");
  });
});

describe("files of NapCat's host stay there", () => {
  test.each([
    ...["D:/a.jpg", "C:\\a.jpg", "/etc/passwd", "file:///etc/passwd", "file://D:/a.jpg", "a.jpg", "", "base64://"],
    ...["http://localhost/", "http://127.0.0.1:3000/bot_exit", "http://[::1]/", "http://0x7f.1/", "http://2130706433/"],
    ...["http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest", "http://[::ffff:127.0.0.1]/"],
    ...["http://router/", "http://nas.local/", "http://x.localhost./", "http://a:b@example.com/", "ftp://example.com/"],
  ])("%s is no source of a file", (source) => {
    expect(FileSource.safeParse(source).success).toBe(false);
  });

  test.each([file, "data:image/png;base64,aGVsbG8=", "https://example.com/a.png", "http://203.0.113.5.example.org/"])(
    "%s is one",
    (source) => {
      expect(FileSource.parse(source)).toBe(source);
    },
  );

  test("files are asked for by name or id, never by path", () => {
    for (const name of ["A1.jpg", "/a1-b2", "EhQx_y-z=="]) expect(KnownFile.safeParse(name).success).toBe(true);
    for (const name of ["/etc/passwd", "../x", "..", "C:\\x", "file:///x", "a b"])
      expect(KnownFile.safeParse(name).success).toBe(false);
  });
});

describe("what arrives", () => {
  test.each([
    [{ type: "at", data: { qq: 10001, name: "Ann" } }, { data: { qq: "10001" } }],
    [{ type: "face", data: { id: 21, raw: {} } }, { data: { id: "21" } }],
    [{ type: "reply", data: { id: -5 } }, { data: { id: "-5" } }],
    [{ type: "image", data: { url: "https://example.com/" } }, { data: { file: "", url: "https://example.com/" } }],
    [{ type: "json", data: { data: { app: "x" } } }, { data: { data: '{"app":"x"}' } }],
    [
      { type: "dice", data: { result: "3" } },
      { type: "dice", data: { result: "3" } },
    ],
    [{ type: "shake" }, { type: "shake", data: {} }],
  ])("%j is understood", (segment, expected) => {
    expect(ReceivedSegment.parse(segment)).toMatchObject(expected);
  });

  const message = {
    message_id: 5,
    user_id: 10001,
    time: 1_700_000_000,
    sender: { user_id: 10001, sex: "[", role: "[" },
  };

  test("a known kind with other content is no unknown kind", () => {
    expect(ReceivedSegment.safeParse({ type: "text", data: {} }).success).toBe(false);
  });

  test("a message in text form is the same as one in segments", () => {
    const written = ReceivedMessage.parse({ ...message, message: "hi [CQ:at,qq=10001]&#91;" });
    const listed = ReceivedMessage.parse({
      ...message,
      message: [
        { type: "text", data: { text: "hi " } },
        { type: "at", data: { qq: 10001 } },
        { type: "text", data: { text: "[" } },
      ],
    });
    expect(written).toEqual(listed);
    expect(written).toMatchObject({ message_id: "5", user_id: "10001", sender: { sex: "unknown", role: "unknown" } });
  });

  test("bundles inside bundles are opened, whichever way they come", () => {
    const inner = { ...message, message: [{ type: "text", data: { text: "deep" } }] };
    const found = { data: { content: [{ message: [{ data: { text: "deep" } }] }] } };
    const forward = { type: "forward", data: { id: "res", content: [inner] } };
    expect(ReceivedMessage.parse({ ...message, message: [forward] }).message[0]).toMatchObject(found);
    expect(ReceivedMessage.parse({ ...message, message: [inner] }).message[0]).toMatchObject(found);
  });

  test("random values are taken or refused, and nothing else", () => {
    const segment = fc.record({
      type: fc.oneof(fc.constantFrom("text", "at", "forward", "x"), fc.string()),
      data: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.array(segment), fc.string(), fc.jsonValue()), (content) => {
        expect(typeof ReceivedMessage.safeParse({ ...message, message: content }).success).toBe("boolean");
      }),
    );
  });
});

describe("online status", () => {
  test("the 41 states of the document, each with codes of its own", () => {
    const codes = Object.values(presences).map((one) => `${one.status}/${one.ext}`);
    expect(new Set(codes).size).toBe(41);
    expect(codes).toHaveLength(41);
  });

  test.each(presenceNames)("%s leaves under the names of the wire", (preset) => {
    const { status, ext } = presences[preset];
    expect(OnlineStatus.parse({ preset })).toEqual({ status, ext_status: ext, battery_status: 0 });
  });

  test("the names of the document's table would be refused by NapCat: they are translated", () => {
    const wire = { status: 10, ext_status: 1000, battery_status: 80 };
    expect(OnlineStatus.parse({ status: 10, extStatus: 1000, batteryStatus: 80 })).toEqual(wire);
    expect(OnlineStatus.parse(wire)).toEqual(wire);
  });

  test.each([
    {},
    { status: 11 },
    { preset: "busy", status: 10 },
    { preset: "busy", ext_status: 1 },
    { status: 10, ext_status: 1, extStatus: 2 },
    { status: 10, battery_status: 101 },
  ])("%j is refused", (input) => {
    expect(OnlineStatus.safeParse(input).success).toBe(false);
  });
});
