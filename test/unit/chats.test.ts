import { describe, expect, it } from "vitest";
import type { ChatMessage, ChatPage } from "@/components/api";
import { toAttached } from "@/components/chats/attach";
import { mentionAt, nameToken, toContents, toPieces } from "@/components/chats/compose";
import { toDays } from "@/components/chats/days";
import { type Drawn, mostAtOnce, nextStep } from "@/components/chats/drawn";
import { toStretches } from "@/components/chats/link";
import { appendOlder, mergeChanges, trim } from "@/components/chats/merge";
import { maximumUpload } from "@/lib/file";
import { excerptOf } from "@/server/desk/message-content";

function message(id: string, second: number, version = 1): ChatMessage {
  const can = { recall: false, react: false, reply: false, forward: false, poke: false, muteSender: false };
  return {
    ...{ id, messageId: id, sender: { id: "7", name: "Mira", avatar: null }, isOwn: false, rank: 0, version },
    ...{ at: new Date(second * 1_000), pieces: [], recalled: null, reactions: [], isEssence: false, sent: null },
    can: { ...can, addEssence: false, removeEssence: false },
  };
}

function page(items: ChatMessage[], next: string | null = null): ChatPage {
  return { items, next, isCut: false, error: null, version: 1 };
}

/** The newest first, one a minute. */
const said = (count: number) =>
  Array.from({ length: count }, (_, at) => message((count - at).toString(16).padStart(8, "0"), (count - at) * 60));

const ids = ({ items }: ChatPage) => items.map(({ id }) => id);

describe("messages on a screen", () => {
  it("that come in numbers are drawn a few at a time, the older ones first, until all are there", () => {
    const all = said(40);
    const now = { page: page(all), outgoing: [] };
    let drawn: Drawn = { ...now, page: page(all.slice(20)) };
    for (let left = 20; left > mostAtOnce; left -= mostAtOnce) {
      drawn = nextStep(drawn, now);
      expect(drawn.page?.items).toEqual(all.slice(left - mostAtOnce));
    }
    expect(nextStep(drawn, now)).toBe(now);
  });

  it("that were read anew are drawn as they are", () => {
    const now = { page: page(said(40)), outgoing: [] };
    expect(nextStep({ page: undefined, outgoing: [] }, now)).toBe(now);
    expect(nextStep({ page: page([message("gone", 9)]), outgoing: [] }, now)).toBe(now);
  });

  it("stand in runs, of which a new message and older ones change one each", () => {
    const all = said(300);
    const runs = (items: ChatMessage[]) =>
      toDays(items, "en", "UTC").flatMap((day) => day.runs.map((run) => run.map((each) => each.message.id).join()));
    const before = runs(all.slice(1));
    expect(before.length).toBeGreaterThan(15);
    expect(runs(all).filter((run) => !before.includes(run))).toHaveLength(1);
    expect(before.filter((run) => !runs(all.slice(1, -30)).includes(run)).length).toBeLessThanOrEqual(3);
    expect(runs(all).join()).toBe(ids(page(all)).reverse().join());
  });

  it("stand by time, whatever comes first, and leave when they turn out to be another's", () => {
    const shown = page([message("c", 3), message("a", 1)]);
    const changes = { version: 5, items: [message("d", 4), message("b", 2)], gone: ["c"] };
    const merged = mergeChanges(shown, changes);
    expect(ids(merged)).toEqual(["d", "b", "a"]);
    expect(merged.version).toBe(5);
  });

  it("are not put back by an answer that was overtaken", () => {
    const shown = page([message("a", 1, 9)]);
    const merged = mergeChanges(shown, { version: 2, items: [message("a", 1, 3)], gone: [] });
    expect(merged.items[0]?.version).toBe(9);
  });

  it("older than the oldest shown are left for whoever scrolls there", () => {
    const shown = page([message("b", 20)], "more");
    expect(ids(mergeChanges(shown, { version: 2, items: [message("a", 10)], gone: [] }))).toEqual(["b"]);
    expect(ids(appendOlder(shown, page([message("b", 20), message("a", 10)])))).toEqual(["b", "a"]);
  });

  it("do not grow without end", () => {
    const many = page(Array.from({ length: 601 }, (_, at) => message(String(at), 1_000 - at)));
    const trimmed = trim(many);
    expect(trimmed.items).toHaveLength(200);
    expect(trimmed.next).toBe("801000:0:199");
  });
});

describe("what is written", () => {
  it("becomes text, mentions and faces, in its order", () => {
    const tokens = {
      "@Ann": { type: "mention", userId: "1" },
      "@Ann Lee": { type: "mention", userId: "2" },
      "[Smile]": { type: "face", id: "14" },
    } as const;
    const reply = { id: "x", messageId: "m", name: "", text: "" };
    expect(toPieces({ text: " @Ann Lee hi [Smile]@Ann ", tokens, reply })).toEqual([
      { type: "reply", messageId: "m" },
      { type: "mention", userId: "2" },
      { type: "text", text: " hi " },
      { type: "face", id: "14" },
      { type: "mention", userId: "1" },
    ]);
    expect(toPieces({ text: "a@b [Smile", tokens: {}, reply: null })).toEqual([{ type: "text", text: "a@b [Smile" }]);
  });

  it("names two people of one name apart", () => {
    const one = { type: "mention", userId: "1" } as const;
    expect(nameToken("@Ann", one, { "@Ann": one })).toBe("@Ann");
    expect(nameToken("@Ann", { type: "mention", userId: "2" }, { "@Ann": one })).toBe("@Ann#2");
  });

  it("asks for members behind an @ that begins a word", () => {
    expect(mentionAt("hello @mi", 9)).toEqual({ from: 6, words: "mi" });
    expect(mentionAt("mail@host", 9)).toBeNull();
    expect(mentionAt("@mi there", 9)).toBeNull();
  });
});

describe("what is attached", () => {
  it("goes out behind the words, which answer; without words the first picture does, and a file never", () => {
    const attached = (type: "image" | "file", key: string) => {
      return { key, type, file: new File(["a"], key), uploadId: null };
    };
    const [file, one, two] = [attached("file", "f"), attached("image", "1"), attached("image", "2")];
    const draft = { text: " ", tokens: {}, reply: { id: "x", messageId: "m", name: "", text: "" } };
    const sent = (text: string, tray: Parameters<typeof toContents>[1]) =>
      toContents({ ...draft, text }, tray).map(({ pieces, attached: of }) =>
        [...pieces.map(({ type }) => type), ...(of ? [of.key] : [])].join(" "),
      );
    expect(sent("hi", [one, file])).toEqual(["reply text", "1", "f"]);
    expect(sent(" ", [file, one, two])).toEqual(["f", "reply 1", "2"]);
    expect(sent(" ", [file])).toEqual(["f"]);
    expect(sent(" ", [])).toEqual([]);
  });

  const all = { image: true, file: true };
  const file = (type: string, size = 3) => new File([new Uint8Array(size)], "a", { type });
  const kindOf = (one: File, can = all) => {
    const read = toAttached(one, can);
    return "attached" in read ? read.attached.type : read.refused;
  };

  it("is a picture where it is one and pictures can be sent, else a file", () => {
    expect(kindOf(file("image/png"))).toBe("image");
    expect(kindOf(file("image/svg+xml"))).toBe("file");
    expect(kindOf(file("image/png"), { image: false, file: true })).toBe("file");
    expect(kindOf(file("text/plain"), { image: true, file: false })).toBe("notPicture");
  });

  it("is refused before anything goes out where it is empty or too large", () => {
    expect(kindOf(file("text/plain", 0))).toBe("empty");
    expect(kindOf(file("text/plain", maximumUpload))).toBe("file");
    expect(kindOf(file("text/plain", maximumUpload + 1))).toBe("tooLarge");
  });
});

describe("the part of a message that was looked for", () => {
  const excerpt = (text: string, words: string) => excerptOf([{ type: "text", text }], words);

  it("has the words in it, however far in they stand, and says where it was cut", () => {
    expect(excerpt("Short\nand  whole", "whole")).toBe("Short and whole");
    const long = excerpt(`${"a".repeat(300)} Needle ${"b".repeat(300)}`, "needle");
    expect(long).toMatch(/^…a+ Needle b+…$/);
    expect(excerpt(`${"🙂".repeat(100)}needle`, "needle")).not.toContain("\uFFFD");
  });

  it("is a file's name or what was forwarded, and the beginning where only the sender is called so", () => {
    const file = { type: "file" as const, url: null, name: "Rules.pdf" };
    expect(excerptOf([{ type: "text", text: "read this" }, file], "rules")).toBe("Rules.pdf");
    expect(excerpt("read this", "mira")).toBe("read this");
    expect(excerptOf([{ type: "face", id: "1" }], "mira")).toBe("");
  });
});

describe("addresses in a text", () => {
  const links = (text: string) => toStretches(text).flatMap(({ text: part, href }) => (href === null ? [] : part));

  it("are found without the sentence around them, and nothing of the text is lost", () => {
    const text = "see https://a.example/x?y=1, (https://b.example/q_(z)) 或https://c.example/路径。再见";
    expect(links(text)).toEqual(["https://a.example/x?y=1", "https://b.example/q_(z)", "https://c.example/路径"]);
    expect(
      toStretches(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it("are of http and https only, and no sign without width hides in one", () => {
    expect(links("javascript:alert(1) data:text/html,x ftp://a.example HTTPS://A.example")).toEqual([
      "HTTPS://A.example",
    ]);
    expect(links("https://a.example/\u202egnp.exe")).toEqual(["https://a.example/"]);
  });
});
