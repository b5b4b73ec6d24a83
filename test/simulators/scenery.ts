import {
  cards,
  categories,
  chatter,
  fileNames,
  folders,
  honorWords,
  nicknames,
  notices,
  titles,
  whispers,
} from "./cast";
import type { Dice } from "./dice";
import { honorKinds } from "./napcat/rules";
import type { Group, Member, Person, World } from "./napcat/world";

/** Members of big groups have numbers of their own, below those of the people who come and go. */
const firstOfCrowd = 90_005_000_000;
const day = 86_400;

function text(words: string) {
  return [{ type: "text", data: { text: words } }];
}

/** What lay around an account before anybody looked: nothing of it is an event. */
export class Scenery {
  constructor(
    private readonly world: World,
    private readonly dice: Dice,
  ) {}

  /** A group of this many strangers, some with a card, a title or a mute; one owns it unless the account does. */
  crowd(size: number, offset: number, isOwned: boolean): (Person & Partial<Member>)[] {
    const { dice, world } = this;
    const first = firstOfCrowd + (Number(world.account.userId) % 40) * 100_000 + offset;
    return Array.from({ length: size }, (_none, at) => {
      const joinedAt = world.now() - dice.below(3 * 365 * day);
      const admins = 1 + Math.min(4, Math.floor(size / 60));
      return {
        userId: String(first + at),
        nickname: size > nicknames.length * 2 ? `${dice.pick(nicknames)} ${at + 1}` : dice.pick(nicknames),
        sex: dice.pick(["male", "female", "unknown"]),
        level: 1 + dice.below(100),
        joinedAt,
        lastSpokeAt: joinedAt + dice.below(Math.max(1, world.now() - joinedAt)),
        role: at === 0 && !isOwned ? ("owner" as const) : at <= admins ? ("admin" as const) : ("member" as const),
        ...(dice.next() < 0.35 ? { card: dice.pick(cards) } : {}),
        ...(dice.next() < 0.05 ? { title: dice.pick(titles) } : {}),
        ...(at > admins && dice.next() < 0.02 ? { mutedUntil: world.now() + 600 + dice.below(3 * day) } : {}),
      };
    });
  }

  /** What a group has gathered: what was said, notices, highlights, files, honours, somebody muted. */
  furnish(group: Group, said: number): void {
    const { dice, world } = this;
    const members = [...group.members.values()].filter(({ userId }) => userId !== world.account.userId);
    const somebody = () => dice.pick(members).userId;
    const peer = { to: "group" as const, id: group.groupId };
    for (let left = said; left > 0; left -= 1) {
      const time = world.now() - left * (120 + dice.below(900));
      const { messageId } = world.chat.add(peer, somebody(), text(dice.pick(chatter)), time);
      if (dice.next() < 0.06) group.shelf.essence.push({ messageId, operatorId: somebody(), time: time + 60 });
    }
    notices.forEach((words, at) => {
      const time = world.now() - (at + 1) * 9 * day;
      const [id, senderId] = [group.shelf.next("n"), somebody()];
      group.shelf.notices.push({ id, text: words, senderId, time, isPinned: at === 0, needsConfirmation: at === 2 });
    });
    this.fillShelf(group, somebody);
    for (const [at, kind] of honorKinds.entries()) {
      const length = 1 + dice.below(3);
      for (const userId of new Set(Array.from({ length }, somebody)))
        group.honors.push({ kind, userId, description: honorWords[at] ?? "" });
    }
    for (let muted = 0; muted < 2; muted += 1) {
      const member = group.members.get(somebody());
      if (member?.role === "member") member.mutedUntil = world.now() + 1_800 + dice.below(day);
    }
  }

  private fillShelf({ shelf }: Group, somebody: () => string): void {
    const { dice, world } = this;
    const ids = folders.map((name) => {
      const id = shelf.next("/d");
      shelf.folders.push({ id, name, creatorId: somebody(), time: world.now() - dice.below(200 * day) });
      return id;
    });
    for (const folder of ["/", ...ids])
      for (let file = 0; file < 3 + dice.below(6); file += 1) {
        const [id, time] = [shelf.next("/f"), world.now() - dice.below(6 * day)];
        const name = dice.pick(fileNames);
        // What is not kept QQ deletes after a week.
        const deadTime = dice.next() < 0.3 ? time + 7 * day : 0;
        const size = 2_000 + dice.below(40_000_000);
        shelf.files.push({ id, name, size, folder, uploaderId: somebody(), time, deadTime });
      }
  }

  /** Friends sorted, talked to, and liking each other. */
  acquaint(): void {
    const { dice, world } = this;
    categories.forEach((name, at) => void world.categories.set(at + 1, name));
    for (const friend of world.friends.values()) {
      friend.categoryId = dice.below(categories.length + 1);
      const peer = { to: "private" as const, id: friend.userId };
      for (let left = dice.below(9); left > 0; left -= 1) {
        const senderId = dice.next() < 0.6 ? friend.userId : world.account.userId;
        world.chat.add(peer, senderId, text(dice.pick(whispers)), world.now() - left * (600 + dice.below(7_200)));
      }
      if (dice.next() < 0.5)
        world.likers.unshift({ userId: friend.userId, count: 1 + dice.below(10), time: world.now() - dice.below(day) });
    }
  }
}
