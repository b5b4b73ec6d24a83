import type { Adapter } from "@/server/platforms/adapter";
import type { Platform } from "@/server/platforms/row";
import { type Ground, need } from "./ground";

type Attempt = (able: Required<Adapter>, ground: Ground) => Promise<unknown>;

const picture = "data:image/png;base64,iVBORw0KGgo=";
const friend = (ground: Ground): string => {
  const id = need(ground, "person")("Ann");
  need(ground, "befriend")(id);
  return id;
};

/** What a capability takes elsewhere and this platform has no way to carry out: refused before anything changes. */
export const impossible: Readonly<Record<Platform, Readonly<Record<string, Attempt>>>> = {
  napcat: {
    "a status that QQ does not have": (able) => able["presence.set"]("sleepwalking"),
    "an introduction is not told or changed here": (able, ground) =>
      able["groups.update"](need(ground, "group")("Go"), { name: "Chess", intro: "x" }),
    "a state of one's own has a face by its number": (able) => able["presence.word"]("busy", "smile"),
    "a card is liked once at least": (able, ground) => able["people.like"](friend(ground), 0),
    "a card is liked twenty times at most": (able, ground) => able["people.like"](friend(ground), 21),
    "a notice calls nobody's attention": (able, ground) =>
      able["notices.publish"](need(ground, "group")("Go"), { text: "x", callsAll: true }),
    "a face is a number": (able, ground) =>
      able["messages.react"]({ to: "group", id: need(ground, "group")("Go"), messageId: "7" }, "smile", true),
    "a file for a person lies in no folder": (able, ground) =>
      able["files.upload"]({ to: "person", id: friend(ground) }, { name: "a.png", source: picture, folderId: "/d1" }),
  },
  chat68: {
    "a mute cannot be lifted": (able, ground) => able["members.mute"](need(ground, "group")("Go"), friend(ground), 0),
    "a message is not taken back by its id alone": (able, ground) =>
      able["messages.recall"]({ to: "person", id: friend(ground), messageId: "7" }),
    "a picture is not sent": (able, ground) =>
      able["messages.send"]({ to: "person", id: friend(ground), pieces: [{ type: "image", source: picture }] }),
    "a notice has no picture": (able, ground) =>
      able["notices.publish"](need(ground, "group")("Go"), { text: "x", image: picture }),
    "a notice asks nobody to confirm it": (able, ground) =>
      able["notices.publish"](need(ground, "group")("Go"), { text: "x", needsConfirmation: true }),
  },
  im: {
    "nobody comes in unasked": (able, ground) =>
      able["groups.joinRule"](need(ground, "group")("Go"), { how: "anyone" }),
    "nobody is asked a question": (able, ground) =>
      able["groups.joinRule"](need(ground, "group")("Go"), { how: "question", question: "Who opens?", answer: null }),
    "the equator would be taken for nowhere": (able) => able["people.nearby"]({ latitude: 0, longitude: 120 }),
    "the prime meridian would be taken for nowhere": (able) => able["groups.nearby"]({ latitude: 50, longitude: 0 }),
    "an empty name would be taken for leaving it": (able) => able["profile.update"]({ name: "" }),
    "an empty signature would be taken for leaving it": (able) => able["profile.update"]({ name: "N", signature: "" }),
    "a picture is known by its address only": (able) => able["profile.update"]({ avatar: picture }),
    "a remark cannot be cleared": (able, ground) => able["friends.remark"](friend(ground), ""),
    "a label cannot be cleared": (able, ground) => able["friends.label"](friend(ground), ""),
    "who is removed can ask again": (able, ground) => able["friends.remove"](friend(ground), { block: true }),
    "removing a friend is one-sided": (able, ground) => able["friends.remove"](friend(ground), { vanish: true }),
    "an introduction cannot be cleared": (able, ground) =>
      able["groups.update"](need(ground, "group")("Go"), { intro: "" }),
    "a group has no name of one's own": (able, ground) =>
      able["groups.update"](need(ground, "group")("Go"), { remark: "x" }),
    "joining wants a reason": (able, ground) =>
      able["groups.join"](need(ground, "group")("Go", { isForeign: true, owner: friend(ground) }), ""),
    "a group handed to a stranger would belong to nobody": (able, ground) =>
      able["groups.transfer"](need(ground, "group")("Go"), friend(ground)),
    "who is kicked can ask again": (able, ground) =>
      able["members.kick"](need(ground, "group")("Go"), friend(ground), { block: true }),
    "a mute cannot be lifted": (able, ground) => able["members.mute"](need(ground, "group")("Go"), friend(ground), 0),
    "a picture would need its thumbnail": (able, ground) =>
      able["messages.send"]({
        to: "person",
        id: friend(ground),
        pieces: [{ type: "image", source: "https://pictures.example/a.png" }],
      }),
    "a file is known by its address only": (able, ground) =>
      able["messages.send"]({
        to: "person",
        id: friend(ground),
        pieces: [{ type: "file", source: picture, name: "a.png" }],
      }),
    "a file and a text are two messages": (able, ground) =>
      able["messages.send"]({
        ...{ to: "person", id: friend(ground) },
        pieces: [
          { type: "file", source: "https://files.example/a.pdf", name: "a.pdf" },
          { type: "text", text: "see this" },
        ],
      }),
    "a mention would be sent as nothing": (able, ground) =>
      able["messages.send"]({
        ...{ to: "group", id: need(ground, "group")("Go") },
        pieces: [
          { type: "mention", userId: friend(ground) },
          { type: "text", text: "hello" },
        ],
      }),
    "of a group there is only what oneself said": (able, ground) =>
      able["messages.history"]({ to: "group", id: need(ground, "group")("Go") }, null, 10),
    "of a group nothing can be marked": (able, ground) =>
      able["messages.read"]({ to: "group", id: need(ground, "group")("Go") }),
  },
  yunhu: {
    "removing a friend does not block": (able, ground) => able["friends.remove"](friend(ground), { block: true }),
    "nobody vanishes from another's list": (able, ground) => able["friends.remove"](friend(ground), { vanish: true }),
    "who wants to join is not let in by the operation of the document": async (_able, ground) => {
      const asking = await ground.world.asks?.group_join?.("Ann");
      if (!asking) throw new Error("nobody asks");
      return ground.documented["requests.answer"]?.({ ...asking.arrival, verb: "approve", reason: "" });
    },
  },
};
