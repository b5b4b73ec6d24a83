import { cards, chatter, faces, fileNames, whispers } from "./cast";
import type { Dice } from "./dice";
import type { Napcat } from "./napcat";
import type { Stored } from "./napcat/chat";
import { changeCard, mute, poke, promote, react, recall } from "./napcat/deed";
import type { Group, Member, World } from "./napcat/world";

/** What goes on in the groups of an account, and between it and its friends: all of it is pushed. */
export class Bustle {
  readonly happenings: readonly (readonly [() => void, number])[] = [
    [() => this.speak(), 60],
    [() => this.whisper(), 6],
    [() => this.takeBack(), 4],
    [() => this.react(), 6],
    [() => this.poke(), 2],
    [() => this.hush(), 2],
    [() => this.rename(), 2],
    [() => this.share(), 2],
    [() => this.answerByPhone(), 2],
    [() => this.rise(), 1],
  ];
  private readonly world: World;

  constructor(
    { world }: Napcat,
    private readonly dice: Dice,
  ) {
    this.world = world;
  }

  private speak(): void {
    const { dice, world } = this;
    const [group, member] = this.somebody();
    if (group.isMuted || (member.mutedUntil ?? 0) > world.now()) return;
    const text = { type: "text", data: { text: dice.pick(chatter) } };
    const before = this.recent(group)[0];
    const way = dice.next();
    const [, other] = this.somebody(group);
    const message =
      way < 0.1 && before
        ? [{ type: "reply", data: { id: String(before.messageId) } }, text]
        : way < 0.17
          ? [
              { type: "at", data: { qq: other.userId } },
              { type: "text", data: { text: ` ${text.data.text}` } },
            ]
          : way < 0.25
            ? [text, { type: "face", data: { id: dice.pick(faces) } }]
            : [text];
    world.utter({ to: "group", id: group.groupId }, member.userId, message);
  }

  private whisper(): void {
    const friend = this.dice.pick([...this.world.friends.values()]);
    this.world.say(friend.userId, this.dice.pick(whispers));
  }

  /** By whom it is from, or by who runs the group. */
  private takeBack(): void {
    const [group] = this.somebody();
    const stored = this.recent(group)[this.dice.below(6)];
    if (stored) recall(this.world, stored, this.dice.next() < 0.6 ? stored.senderId : this.boss(group).userId);
  }

  private react(): void {
    const [group, { userId }] = this.somebody();
    const stored = this.recent(group)[this.dice.below(4)];
    if (stored) react(this.world, stored, userId, this.dice.pick(faces), this.dice.next() < 0.85);
  }

  private poke(): void {
    const [group, { userId }] = this.somebody();
    const [, other] = this.somebody(group);
    poke(this.world, userId, other.userId, group.groupId);
  }

  private hush(): void {
    const { dice, world } = this;
    const [group] = this.somebody();
    const muted = [...group.members.values()].find((each) => (each.mutedUntil ?? 0) > world.now());
    const boss = this.boss(group).userId;
    const [, member] = this.somebody(group);
    if (muted && dice.next() < 0.4) mute(world, group, muted, 0, boss);
    else if (member.role === "member") mute(world, group, member, dice.pick([60, 600, 3_600, 86_400]), boss);
  }

  private rename(): void {
    const [group, member] = this.somebody();
    changeCard(this.world, group, member, this.dice.next() < 0.8 ? this.dice.pick(cards) : "");
  }

  private share(): void {
    const { dice, world } = this;
    const [group, { userId: uploaderId }] = this.somebody();
    const [id, name, size] = [group.shelf.next("/f"), dice.pick(fileNames), 2_000 + dice.below(9_000_000)];
    const time = world.now();
    group.shelf.files.push({ id, name, size, folder: "/", uploaderId, time, deadTime: time + 7 * 86_400 });
    const message = [{ type: "file", data: { file: name, file_id: id, file_size: String(size) } }];
    world.utter({ to: "group", id: group.groupId }, uploaderId, message);
    const who = { group_id: BigInt(group.groupId), user_id: BigInt(uploaderId) };
    world.emit(world.make.notice("group_upload", { ...who, file: { id, name, size, busid: 102 } }));
  }

  /** The account's owner answers from a phone: pushed only where NapCat is told to. */
  private answerByPhone(): void {
    const { dice, world } = this;
    const [group] = this.somebody();
    const peer = { to: "group" as const, id: group.groupId };
    world.utter(peer, world.account.userId, [{ type: "text", data: { text: dice.pick(chatter) } }]);
  }

  private rise(): void {
    const [group, member] = this.somebody();
    if (member.role !== "owner" && group.members.size > 6) promote(this.world, group, member, member.role === "member");
  }

  /** Who runs a group, and is not the account. */
  private boss(group: Group): Member {
    const others = this.others(group);
    return others.find((each) => each.role !== "member") ?? this.dice.pick(others);
  }

  private somebody(group = this.dice.pick([...this.world.groups.values()])): [Group, Member] {
    return [group, this.dice.pick(this.others(group))];
  }

  private others({ members }: Group): Member[] {
    return [...members.values()].filter(({ userId }) => userId !== this.world.account.userId);
  }

  /** The latest of a group, newest first. */
  private recent({ groupId }: Group): Stored[] {
    return this.world.chat.of({ to: "group", id: groupId }).slice(-8).toReversed();
  }
}
