import { createHash } from "node:crypto";

export interface Chat {
  id: string;
  name: string;
  remark?: string;
  /** Address of its picture. */
  avatar?: string;
  /** In a group: 0 member, 2 admin, 100 owner. */
  level?: number;
}

/** A request that the account received. */
export interface Asked {
  id: number;
  /** "" where somebody asks for themselves. */
  inviterId: string;
  /** What the field that repeats the inviter has; the inviter unless said. */
  againInviterId?: string;
  name: string;
  note: string;
  groupName?: string;
  /** 1 a person, 2 a group, 3 a bot. */
  sourceType?: number;
  targetType?: number;
  targetId?: string;
  receiverId?: string;
  result?: number;
  processorName?: string;
  inviteAt: bigint;
}

/** Something somebody said where the account hears it. */
export interface Said {
  id: string;
  chat: { id: string; isGroup: boolean };
  from: string;
  name: string;
  content: string;
  /** Milliseconds. */
  at: bigint;
  takenBackAt?: bigint;
}

/** A request that the account made. */
export interface Made {
  chatId: string;
  chatType: number;
  remark: string;
}

/** Whoever and whatever the service knows. Ids of people, groups and bots are counted apart. */
export class World {
  readonly friends: Chat[] = [];
  readonly groups: Chat[] = [];
  readonly bots: Chat[] = [];
  readonly requests: Asked[] = [];
  /** Requests somebody said no to without saying it. */
  readonly ignored = new Set<number>();
  /** Who and what can be asked for, by kind and id, as `2:123`. */
  readonly others = new Set<string>();
  readonly made: Made[] = [];
  readonly said: Said[] = [];
  /** Chats whose notifications are off. There is no kind: whatever has that id. */
  readonly quiet = new Set<string>();

  /** The chats of one kind. */
  of(chatType: number): Chat[] {
    return { 1: this.friends, 2: this.groups, 3: this.bots }[chatType] ?? [];
  }

  get md5(): string {
    return createHash("md5")
      .update(JSON.stringify([this.friends, this.groups, this.bots, [...this.quiet]]))
      .digest("hex");
  }
}
