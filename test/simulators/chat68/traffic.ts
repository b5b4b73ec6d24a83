import { chatter, friendComments, groups, nicknames } from "../cast";
import type { Chat68 } from "../chat68";
import { Life, type LifeOptions } from "../life";
import { hear, silence, takeBack } from "./talk";
import type { Person } from "./wire";

/** Nobody has such long numbers. */
const firstPerson = 96_000_100_000;
const firstGroup = 97_000_100_000;

/** Fills the world of a simulated 68 helper and keeps it alive: what people say and take back, and friend requests, which are not pushed there. */
export class Chat68Traffic extends Life {
  private people = 0;
  protected readonly happenings: readonly (readonly [() => void, number])[] = [
    [() => this.chat(), 60],
    [() => this.whisper(), 14],
    [() => this.regret(), 5],
    [() => this.quieten(), 1],
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
    const { world } = this.helper;
    const group = this.dice.pick(world.groups);
    const sender = this.dice.pick(group.members.filter(({ uid }) => uid !== world.account.uid));
    hear(world, sender, { groupId: group.id, content: this.dice.pick(chatter) });
  }

  /** A friend writes to the account alone. */
  private whisper(): void {
    const { world } = this.helper;
    hear(world, this.dice.pick(world.friends), { content: this.dice.pick(chatter) });
  }

  /** What was written to the account alone is taken back again. */
  private regret(): void {
    const { world } = this.helper;
    const last = world.heard.findLast(({ type, deleted }) => type === "friend" && deleted === "no");
    if (last) takeBack(world, last);
  }

  private quieten(): void {
    const { world } = this.helper;
    const group = this.dice.pick(world.groups);
    silence(world, group, group.isMuted !== true);
  }

  private person(): Person {
    this.people += 1;
    return { uid: firstPerson + this.people, nickName: this.dice.pick(nicknames) };
  }
}
