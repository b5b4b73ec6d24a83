import { chatter, foreignGroups, friendComments, groups, joinComments, nicknames } from "../cast";
import { Life, type LifeOptions } from "../life";
import type { Yunhu } from "../yunhu";

/** Nobody has such long numbers. */
const firstPerson = 94_000_100_000;
const firstGroup = 95_000_100_000;
const [isPerson, isGroup] = [1, 2];

/** Fills Yunhu around one account and keeps it alive: requests, invitations, decisions made in the vendor's app. */
export class YunhuTraffic extends Life {
  private people = 0;
  private asked = 7_000;
  private readonly crowd = new Map<string, { groupId: string; people: { id: string; name: string }[] }>();
  protected readonly happenings: readonly (readonly [() => void, number])[] = [
    [() => this.chat(), 60],
    [() => this.whisper(), 12],
    [() => this.regret(), 4],
    [() => this.askFriend(), 10],
    [() => this.askJoin(), 8],
    [() => this.invite(), 4],
    [() => this.decideElsewhere(), 4],
  ];

  constructor(
    private readonly yunhu: Yunhu,
    private readonly self: { id: string },
    options: LifeOptions,
  ) {
    super(options);
  }

  populate(): void {
    const { world } = this.yunhu;
    this.yunhu.selfId = this.self.id;
    for (let friend = 0; friend < 9; friend += 1)
      world.friends.push({ id: this.person(), name: this.dice.pick(nicknames) });
    for (const [at, { name }] of groups.slice(2, 5).entries())
      this.gather(String(firstGroup + at), name, at === 0 ? 100 : 0);
    this.askFriend(240);
    this.askJoin(180);
    this.invite(60);
  }

  /** A group with people who speak in it. The service has no list of them. */
  private gather(groupId: string, name: string, level: number): void {
    this.yunhu.world.groups.push({ id: groupId, name, level });
    const people = Array.from({ length: 5 }, () => ({ id: this.person(), name: this.dice.pick(nicknames) }));
    this.crowd.set(groupId, { groupId, people });
  }

  greet(): void {
    this.askFriend();
    this.askJoin();
  }

  private chat(): void {
    const { groups: known } = this.yunhu.world;
    const crowd = this.crowd.get(this.dice.pick(known).id);
    if (crowd) this.yunhu.hear(this.dice.pick(crowd.people), this.dice.pick(chatter), crowd.groupId);
  }

  /** A friend writes to the account alone. */
  private whisper(): void {
    this.yunhu.hear(this.dice.pick(this.yunhu.world.friends), this.dice.pick(chatter));
  }

  private regret(): void {
    const last = this.yunhu.world.said.findLast(({ takenBackAt }) => takenBackAt === undefined);
    if (last) this.yunhu.takeBack(last);
  }

  private askFriend(secondsAgo = 0): void {
    this.ask(secondsAgo, { name: this.dice.pick(nicknames), note: this.dice.pick(friendComments) }, this.person());
  }

  /** Somebody asks for themselves to be let into the group that the account runs. */
  private askJoin(secondsAgo = 0): void {
    const own = this.yunhu.world.groups.find(({ level }) => level === 100);
    if (!own) return;
    const target = { targetType: isGroup, targetId: own.id, groupName: own.name };
    this.ask(secondsAgo, { name: this.dice.pick(nicknames), note: this.dice.pick(joinComments), ...target }, "");
  }

  private invite(secondsAgo = 0): void {
    const inviter = this.dice.pick(this.yunhu.world.friends);
    const at = this.dice.below(foreignGroups.length);
    const target = { targetType: isGroup, targetId: String(firstGroup + 900 + at), groupName: foreignGroups[at] ?? "" };
    this.ask(secondsAgo, { name: inviter.name, note: "", ...target }, inviter.id);
  }

  private ask(
    secondsAgo: number,
    about: { name: string; note: string; targetType?: number; targetId?: string; groupName?: string },
    inviterId: string,
  ): void {
    this.asked += 1;
    const inviteAt = BigInt(Math.floor(Date.now() / 1000) - secondsAgo);
    const target = { sourceType: isPerson, targetType: isPerson, targetId: this.self.id, receiverId: this.self.id };
    this.yunhu.world.requests.push({ id: this.asked, inviterId, inviteAt, ...target, ...about });
    this.yunhu.push("invite_apply");
  }

  /** The vendor's own app is quicker. */
  private decideElsewhere(): void {
    const waiting = this.yunhu.world.requests.filter(({ result }) => result === undefined);
    const oldest = waiting[0];
    if (!oldest || waiting.length < 3) return;
    oldest.result = this.dice.next() < 0.7 ? 1 : 2;
    this.yunhu.push("invite_apply");
  }

  private person(): string {
    this.people += 1;
    return String(firstPerson + this.people);
  }
}
