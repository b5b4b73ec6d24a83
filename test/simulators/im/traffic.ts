import { chatter, friendComments, groups, joinComments, nicknames } from "../cast";
import type { Im } from "../im";
import { Life, type LifeOptions } from "../life";
import { toMessage } from "./message";
import type { Apply, Group, Person, Place } from "./world";

/** Nobody has such long numbers. */
const firstPerson = 92_000_100_000;
const firstGroup = 93_000_100_000;

/** Fills an IM server around one account and keeps it alive: chatter, applications, decisions made in the vendor's app. */
export class ImTraffic extends Life {
  private people = 0;
  private made = 0;
  private readonly owned: Group[] = [];
  protected readonly happenings: readonly (readonly [() => void, number])[] = [
    [() => this.chat(), 60],
    [() => this.whisper(), 12],
    [() => this.regret(), 4],
    [() => this.askFriend(), 9],
    [() => this.askJoin(), 11],
    [() => this.decideElsewhere(), 4],
  ];

  constructor(
    private readonly im: Im,
    private readonly self: Person,
    options: LifeOptions,
  ) {
    super(options);
  }

  populate(): void {
    const { world } = this.im;
    this.tick();
    for (let friend = 0; friend < 8; friend += 1) world.befriend(this.self.id, this.person().id);
    const from = this.dice.below(groups.length);
    for (let at = 0; at < 2; at += 1) {
      const { name } = groups[(from + at) % groups.length] ?? groups[0];
      const members = Array.from({ length: 6 + this.dice.below(10) }, () => this.person().id);
      const group = world.addGroup(name, this.self.id, members, String(firstGroup + this.made++));
      group.place = this.place();
      this.owned.push(group);
    }
    for (let waiting = 0; waiting < 2; waiting += 1) this.askJoin();
    this.askFriend();
  }

  greet(): void {
    for (let arrived = 0; arrived < 2; arrived += 1) this.askFriend();
    this.askJoin();
  }

  /** The server's clock stands still unless it is told. */
  private tick(): void {
    this.im.world.clock = Date.now();
  }

  private chat(): void {
    this.tick();
    const { world } = this.im;
    const group = this.dice.pick(this.owned);
    const from = this.dice.pick([...group.members].filter((id) => id !== this.self.id));
    const said = world.say({ from, to: group.id, ope: "group", type: "text", body: this.dice.pick(chatter) });
    this.im.push(this.self.id, toMessage(said));
  }

  /** A friend writes to the account alone. */
  private whisper(): void {
    this.tick();
    const { world } = this.im;
    const friends = [...world.people.keys()].filter((id) => world.areFriends(this.self.id, id));
    const [from, to] = [this.dice.pick(friends), this.self.id];
    this.im.push(to, toMessage(world.say({ from, to, ope: "friend", type: "text", body: this.dice.pick(chatter) })));
  }

  /** The latest of what others said is taken back. */
  private regret(): void {
    const last = this.im.world.messages.findLast(({ from, isRecalled }) => from !== this.self.id && !isRecalled);
    if (!last) return;
    last.isRecalled = true;
    this.im.push(this.self.id, toMessage(last));
  }

  private askFriend(): void {
    this.tick();
    const apply = this.im.world.askFriend(this.person().id, this.self.id, this.dice.pick(friendComments));
    this.tell(apply, "addFriend", apply.to);
  }

  private askJoin(): void {
    this.tick();
    const group = this.dice.pick(this.owned);
    const apply = this.im.world.askJoin(this.person().id, group.id, this.dice.pick(joinComments));
    this.tell(apply, "joinGroup", group.id);
  }

  private tell(apply: Apply, type: string, to: string): void {
    const sent = { id: 0, createdAt: apply.createdAt, fromId: Number(apply.from), toId: Number(to) };
    this.im.push(this.self.id, { ...sent, ope: "system", type, body: apply.reason });
  }

  /** The vendor's own app is quicker. */
  private decideElsewhere(): void {
    const waiting = this.im.world.joins.filter(({ status }) => status === "wait");
    const oldest = waiting[0];
    if (!oldest || waiting.length < 3) return;
    oldest.status = this.dice.next() < 0.7 ? "pass" : "deny";
    if (oldest.status === "pass") this.im.world.groups.get(oldest.to)?.members.add(oldest.from);
  }

  private person(): Person {
    this.people += 1;
    const at = { id: String(firstPerson + this.people), place: this.place() };
    return this.im.world.addPerson(this.dice.pick(nicknames), at);
  }

  /** Somewhere around Shanghai. */
  private place(): Place {
    return { latitude: 30.7 + this.dice.next(), longitude: 120.9 + this.dice.next() };
  }
}
