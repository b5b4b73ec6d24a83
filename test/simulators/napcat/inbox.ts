import type { FilteredRequest, FriendRequest, GroupRequest } from "./request";
import type { Person, World } from "./world";

export interface FriendArrival extends Person {
  comment?: string;
  /** The unix second that becomes the flag. Two arrivals with one second share a flag, as in NapCat. */
  second?: number;
  /** false: the request exists and was never pushed (it came while nobody listened). */
  isPushed?: boolean;
}

export interface FilteredArrival extends Person {
  message?: string;
  source?: string;
  groupId?: string;
  second?: number;
}

export interface GroupArrival extends Person {
  groupId: string;
  /** Needed for an invitation: the account does not know that group yet. */
  groupName?: string;
  comment?: string;
  second?: number;
  isFiltered?: boolean;
  isPushed?: boolean;
}

/** Who is waiting to be let in, and what QQ does when somebody decides. */
export class Inbox {
  /** Decided requests stay, as QQ keeps them: a flag goes on matching them. */
  readonly friends: FriendRequest[] = [];
  readonly filtered: FilteredRequest[] = [];
  readonly groups: GroupRequest[] = [];
  private arrivals = 0;

  constructor(private readonly world: World) {}

  /** A friend request arrives and is pushed once. */
  arriveFriend(arrival: FriendArrival): FriendRequest {
    const { userId, nickname } = this.world.addPerson(arrival);
    const flag = String(arrival.second ?? this.world.now());
    const request: FriendRequest = { flag, userId, nickname, comment: arrival.comment ?? "", state: "pending" };
    this.friends.push(request);
    if (arrival.isPushed ?? true) this.world.emit(this.world.make.friendRequest(request));
    return request;
  }

  /** A friend request that QQ holds back: no event, only the list shows it. */
  arriveFiltered(arrival: FilteredArrival): FilteredRequest {
    const { userId, nickname } = this.world.addPerson(arrival);
    const request: FilteredRequest = {
      flag: `u_sim${userId.padStart(12, "0")}`,
      userId,
      nickname,
      message: arrival.message ?? "",
      source: arrival.source ?? "QQ号查找",
      reason: "该账号存在风险",
      groupId: arrival.groupId ?? "0",
      second: arrival.second ?? this.world.now(),
    };
    this.filtered.push(request);
    return request;
  }

  /** Somebody asks to join a group. */
  arriveJoin(arrival: GroupArrival): GroupRequest {
    return this.arriveGroup("join", arrival);
  }

  /** Somebody invites the account into a group; the person of `arrival` is the inviter. */
  arriveInvite(arrival: GroupArrival): GroupRequest {
    return this.arriveGroup("invite", arrival);
  }

  /** A member invited somebody and an admin must agree: pushed as "add", listed nowhere. */
  arriveMemberInvite(arrival: GroupArrival): GroupRequest {
    return this.arriveGroup("member_invite", arrival);
  }

  /** Answers a friend request. An answered one stays as it is: QQ drops the second answer without a word. */
  decideFriend(request: FriendRequest, isApproved: boolean, remark = ""): void {
    if (request.state !== "pending") return;
    request.state = isApproved ? "approved" : "denied";
    if (isApproved) this.world.becomeFriends(request, remark);
  }

  /** Accepts a filtered request; there is no other way to answer one. It leaves the list. */
  acceptFiltered(request: FilteredRequest): void {
    const at = this.filtered.indexOf(request);
    if (at < 0) return;
    this.filtered.splice(at, 1);
    this.world.becomeFriends(request);
  }

  /** Answers a group request as `actorId` (the account itself unless an admin does it in the QQ client). */
  decideGroup(request: GroupRequest, isApproved: boolean, actorId = this.world.account.userId): void {
    if (request.state !== "pending") return;
    request.state = isApproved ? "approved" : "denied";
    request.actorId = actorId;
    if (!isApproved) return;
    if (request.kind !== "invite") {
      this.world.join(request.groupId, request, "approve", actorId);
      return;
    }
    if (!this.world.groups.has(request.groupId)) {
      const group = this.world.addGroup(request, [
        { userId: request.userId, nickname: request.nickname, role: "owner" },
      ]);
      group.members.delete(this.world.account.userId);
    }
    this.world.join(request.groupId, this.world.account, "invite", request.userId);
  }

  private arriveGroup(kind: GroupRequest["kind"], arrival: GroupArrival): GroupRequest {
    const { userId, nickname } = this.world.addPerson(arrival);
    const group = this.world.groups.get(arrival.groupId);
    if (!group && kind !== "invite") throw new Error(`The account is in no group ${arrival.groupId}.`);
    this.arrivals += 1;
    const second = BigInt(arrival.second ?? this.world.now());
    const request: GroupRequest = {
      kind,
      flag: String(second * 1_000_000n + BigInt(this.arrivals)),
      groupId: arrival.groupId,
      groupName: group?.groupName ?? arrival.groupName ?? "",
      userId,
      nickname,
      comment: arrival.comment ?? "",
      isFiltered: arrival.isFiltered ?? false,
      state: "pending",
      actorId: null,
    };
    this.groups.push(request);
    // Filtered ones are never pushed.
    if ((arrival.isPushed ?? true) && !request.isFiltered) this.world.emit(this.world.make.groupRequest(request));
    return request;
  }
}
