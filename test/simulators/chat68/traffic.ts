import { chatter, friendComments, groups, nicknames } from "../cast";
import type { Chat68 } from "../chat68";
import { Life, type LifeOptions } from "../life";
import type { Person } from "./wire";

/** Nobody has such long numbers. */
const firstPerson = 96_000_100_000;
const firstGroup = 97_000_100_000;

/** Fills the world of a simulated 68 helper and keeps it alive: chatter and friend requests, which are not pushed there. */
export class Chat68Traffic extends Life {
  private people = 0;
  private messages = 40_000;
  protected readonly happenings: readonly (readonly [() => void, number])[] = [
    [() => this.chat(), 60],
    [() => this.askFriend(), 12],
  ];

  constructor(
    private readonly helper: Chat68,
    options: LifeOptions,
  ) {
    super(options);
  }

  populate(): void {
    const { world } = this.helper;
    for (let friend = 0; friend < 7; friend += 1) world.friends.push(this.person());
    for (const [at, { name }] of groups.slice(0, 2).entries()) {
      const members = [world.account, ...Array.from({ length: 6 + this.dice.below(9) }, () => this.person())];
      world.groups.push({ id: firstGroup + at, hostId: world.account.uid, name, members });
    }
    for (let waiting = 0; waiting < 3; waiting += 1) this.askFriend(waiting * 90_000);
  }

  greet(): void {
    this.askFriend();
  }

  private askFriend(msAgo = 0): void {
    const msg = this.dice.pick(friendComments);
    this.helper.world.applies.push({ ...this.person(), msg, modifyTime: Date.now() - msAgo });
  }

  private chat(): void {
    const group = this.dice.pick(this.helper.world.groups);
    const sender = this.dice.pick(group.members);
    this.messages += 1;
    this.helper.push({
      operator: "msgNew",
      data: {
        ...{ id: group.id, groupId: group.id, sendMember: { uid: sender.uid, nickName: sender.nickName } },
        ...{ type: "group", chatType: 0, content: this.dice.pick(chatter), isSelf: false, time: Date.now() },
        ...{ msgId: this.messages, customMsgId: String(10_000_000_000 + this.messages) },
      },
    });
  }

  private person(): Person {
    this.people += 1;
    return { uid: firstPerson + this.people, nickName: this.dice.pick(nicknames) };
  }
}
