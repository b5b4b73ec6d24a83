import { Bustle } from "./bustle";
import { filteredComments, foreignGroups, friendComments, groups, joinComments, nicknames } from "./cast";
import { Life, type LifeOptions } from "./life";
import type { Napcat } from "./napcat";
import type { Group, Person } from "./napcat/world";
import { Scenery } from "./scenery";

/** Nobody has such long numbers: the ids of invented people and groups hit no real ones. */
const firstPerson = 90_000_100_000;
const firstGroup = 91_000_100_000;

export interface TrafficOptions extends LifeOptions {
  /** How many people each of the three groups has; some 8 to 28 unless said. */
  sizes?: readonly number[];
}

/** Fills the world of a simulated NapCat and keeps it alive: chatter, arrivals, decisions made in the QQ client. */
export class Traffic extends Life {
  private people = 0;
  protected readonly happenings: readonly (readonly [() => void, number])[];

  constructor(
    private readonly napcat: Napcat,
    private readonly plan: TrafficOptions,
  ) {
    super(plan);
    this.happenings = [
      ...new Bustle(napcat, this.dice).happenings,
      [() => this.arriveFriend(), 9],
      [() => this.arriveJoin(), 11],
      [() => this.arriveInvite(), 3],
      [() => this.arriveFiltered(), 4],
      [() => this.leave(), 5],
      [() => this.enter(), 4],
      [() => this.decideElsewhere(), 4],
      [() => this.arriveTwins(), 1],
      [() => this.napcat.repeatLast(), 3],
    ];
  }

  populate(): void {
    const { dice, napcat } = this;
    for (let friend = 0; friend < 12; friend += 1) napcat.world.addFriend(this.person());
    const from = dice.below(groups.length);
    const scenery = new Scenery(napcat.world, dice);
    scenery.acquaint();
    for (let at = 0; at < 3; at += 1) {
      const person = this.person();
      napcat.world.oneWay.set(person.userId, { ...napcat.world.addPerson(person), source: "QQ群" });
    }
    for (let made = 0; made < 3; made += 1) {
      const group = groups[(from + made) % groups.length] ?? groups[0];
      const size = this.plan.sizes?.[made] ?? 8 + dice.below(20);
      // The first is the account's own.
      const members = scenery.crowd(size, made * 20_000, made === 0);
      if (made === 0) members.push({ ...napcat.world.account, role: "owner" });
      // The account's own number keeps the groups of two simulators apart.
      const groupId = String(firstGroup + (Number(napcat.world.account.userId) % 1000) * 100 + made);
      const maxMembers = size < 200 ? 200 : size < 2_000 ? 2_000 : 20_000;
      scenery.furnish(
        napcat.world.addGroup({ groupId, groupName: group.name, remark: group.remark, maxMembers }, members),
        60,
      );
    }
    for (let waiting = 0; waiting < 3; waiting += 1) this.arriveJoin();
    for (let waiting = 0; waiting < 2; waiting += 1) this.arriveFiltered();
  }

  greet(): void {
    for (let arrived = 0; arrived < 4; arrived += 1) this.arriveFriend(arrived);
    for (let arrived = 0; arrived < 2; arrived += 1) this.arriveJoin();
    this.arriveInvite();
  }

  /** `secondsAgo` keeps arrivals of one wave apart: a shared second is a shared flag. */
  private arriveFriend(secondsAgo = 0, now = this.napcat.world.now()): void {
    const comment = this.dice.pick(friendComments);
    this.napcat.inbox.arriveFriend({ ...this.person(), comment, second: now - secondsAgo });
  }

  /** Two people in one second: the desk must not let one in for the other. */
  private arriveTwins(): void {
    const now = this.napcat.world.now();
    this.arriveFriend(0, now);
    this.arriveFriend(0, now);
  }

  private arriveFiltered(): void {
    this.napcat.inbox.arriveFiltered({ ...this.person(), message: this.dice.pick(filteredComments) });
  }

  private arriveJoin(): void {
    const { groupId } = this.group();
    this.napcat.inbox.arriveJoin({ ...this.person(), groupId, comment: this.dice.pick(joinComments) });
  }

  private arriveInvite(): void {
    const inviter = this.dice.pick([...this.napcat.world.friends.values()]);
    const groupName = this.dice.pick(foreignGroups);
    const groupId = String(firstGroup + 900_000 + foreignGroups.indexOf(groupName));
    if (this.napcat.world.groups.has(groupId)) return;
    this.napcat.inbox.arriveInvite({ ...inviter, groupId, groupName });
  }

  private leave(): void {
    const group = this.group();
    const ordinary = [...group.members.values()].filter((member) => member.role === "member");
    if (ordinary.length > 3) this.napcat.world.leave(group.groupId, this.dice.pick(ordinary).userId);
  }

  /** A member brings somebody in, whom nobody has to let in. */
  private enter(): void {
    const group = this.group();
    const inviter = this.dice.pick([...group.members.values()]);
    this.napcat.world.join(group.groupId, this.person(), "invite", inviter.userId);
  }

  /** Another admin is quicker, in the QQ client. */
  private decideElsewhere(): void {
    const waiting = this.napcat.inbox.groups.filter(
      (request) => request.state === "pending" && request.kind === "join",
    );
    const oldest = waiting[0];
    if (!oldest || waiting.length < 3) return;
    const members = [...(this.napcat.world.groups.get(oldest.groupId)?.members.values() ?? [])];
    const own = this.napcat.world.account.userId;
    const other = members.find((member) => member.role !== "member" && member.userId !== own);
    this.napcat.inbox.decideGroup(oldest, this.dice.next() < 0.7, other?.userId);
  }

  private group(): Group {
    return this.dice.pick([...this.napcat.world.groups.values()]);
  }

  /** Somebody new. Names come again, numbers do not. */
  private person(): Person {
    this.people += 1;
    const userId = String(firstPerson + (Number(this.napcat.world.account.userId) % 1000) * 10_000 + this.people);
    return {
      userId,
      nickname: this.dice.pick(nicknames),
      sex: this.dice.pick(["male", "female", "unknown"]),
      level: 1 + this.dice.below(60),
    };
  }
}
