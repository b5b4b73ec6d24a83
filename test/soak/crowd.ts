import type { RequestKind } from "@/lib/request";
import type { Napcat } from "../simulators/napcat";
import type { Event } from "../simulators/napcat/event";
import { diceFor } from "./seed";

/** What became of a request at the simulator, whatever the desk believes. */
export type Fate = "pending" | "approved" | "denied";

/** Somebody who asks to be let in, as the simulator knows them. */
export interface Case {
  index: number;
  personId: string;
  kind: RequestKind;
  flag: string;
  /** The simulator's list shows it; otherwise it can only be pushed. */
  isListed: boolean;
  /** The list shows only some of its kind, so that it may be missing there. */
  isListedShortly: boolean;
  fate(): Fate;
  /** The event of its arrival; null when it is never pushed. */
  event: Event | null;
}

const groups = ["880101", "880102", "880103"];
/** The desk asks for so many of the newest group requests; more would hide the oldest from it. */
const listedGroups = 95;
const firstPerson = 400_000;
const firstSecond = 1_700_000_000;

/** Who asks: every kind, some in one second with another, pushed or not, pushed again and again. */
export class Crowd {
  readonly cases: Case[] = [];
  private connections = 0;

  constructor(
    private readonly napcat: Napcat,
    private readonly seed: number,
  ) {
    for (const groupId of groups) napcat.world.addGroup({ groupId, groupName: `群 ${groupId}` });
  }

  /** So many more ask. Which and how is the seed's choice and theirs alone. */
  arrive(count: number): void {
    for (let left = count; left > 0; left -= 1) this.cases.push(this.ask(this.cases.length));
  }

  /**
   * Pushes again what a list does not show and nobody has decided: on a new connection, since what was pushed while the
   * desk was dead is otherwise lost for it, as it is with NapCat. Of the others some, which are then mere repeats.
   */
  pushAgain(): void {
    this.connections += 1;
    for (const { event, index, isListed, fate } of this.cases) {
      if (event === null) continue;
      const isNeeded = !isListed && fate() === "pending";
      if (isNeeded || diceFor(this.seed, "repeat", this.connections, index).next() < 0.15) this.napcat.emit(event);
    }
  }

  private ask(index: number): Case {
    const dice = diceFor(this.seed, "case", index);
    const personId = String(firstPerson + index);
    const person = { userId: personId, nickname: `访客 ${personId}`, comment: dice.pick(comments) };
    const isPushed = dice.next() < 0.7;
    const groupId = dice.pick(groups);
    const isSameSecond = dice.next() < 0.2;
    const isRepeated = dice.next() < 0.3;
    const { inbox } = this.napcat;
    const wanted = dice.weighted(kinds);
    const kind = inbox.groups.length >= listedGroups && wanted !== "filtered" ? "friend" : wanted;
    const base = { index, personId, event: null, isListed: true, isListedShortly: false };
    const pushed = () => {
      const event = this.napcat.events.at(-1) ?? null;
      if (isRepeated) this.napcat.repeatLast();
      return event;
    };
    switch (kind) {
      case "friend": {
        const before = this.cases.findLast((each) => each.kind === "friend");
        const second = isSameSecond && before ? Number(before.flag) : firstSecond + index;
        const request = inbox.arriveFriend({ ...person, second });
        return { ...base, ...toCase("friend", request), event: pushed(), isListed: false };
      }
      case "filtered": {
        const request = inbox.arriveFiltered({ ...person, second: firstSecond + index });
        const fate = (): Fate => (inbox.filtered.includes(request) ? "pending" : "approved");
        return { ...base, kind: "filtered_friend", flag: request.flag, fate };
      }
      case "join":
      case "quiet_join": {
        const request = inbox.arriveJoin({ ...person, groupId, isPushed, isFiltered: kind === "quiet_join" });
        const event = isPushed && kind === "join" ? pushed() : null;
        return { ...base, ...toCase("group_join", request), event, isListedShortly: kind === "quiet_join" };
      }
      case "member_invite": {
        const request = inbox.arriveMemberInvite({ ...person, groupId });
        return { ...base, ...toCase("group_join", request), event: pushed(), isListed: false };
      }
      case "invite": {
        const [group, groupName] = [String(881_000 + index), `群 ${index}`];
        const request = inbox.arriveInvite({ ...person, groupId: group, groupName, isPushed });
        return { ...base, ...toCase("group_invite", request), event: isPushed ? pushed() : null };
      }
    }
  }
}

const kinds = [
  ["friend", 36],
  ["filtered", 18],
  ["join", 34],
  ["quiet_join", 2],
  ["member_invite", 5],
  ["invite", 5],
] as const;

const comments = ["", "你好", "我是新同学", "朋友介绍", '=HYPERLINK("x")', "{{name}}", "a\u202Eb"];

function toCase(kind: RequestKind, request: { flag: string; state: Fate }) {
  return { kind, flag: request.flag, fate: () => request.state };
}
