import type { FriendRequest, GroupRequest } from "./request";
import type { Wire, WireObject } from "./wire";

/** An event as it is posted. Shapes: OneBot 11, event/*.md, and NapCat's own additions. */
export type Event = WireObject & { readonly post_type: string };

/** Builds events of one account; `now` answers the unix second. */
export class EventMaker {
  constructor(
    private readonly selfId: () => string,
    private readonly now: () => number,
  ) {}

  lifecycle(subType: "connect" | "enable" | "disable"): Event {
    return this.make("meta_event", { meta_event_type: "lifecycle", sub_type: subType });
  }

  heartbeat(isOnline: boolean, intervalMs: number): Event {
    // `good` is the constant true in NapCat, whatever the account does.
    const status = { online: isOnline, good: true };
    return this.make("meta_event", { meta_event_type: "heartbeat", status, interval: intervalMs });
  }

  friendRequest(request: FriendRequest): Event {
    const { userId, comment, flag } = request;
    return this.make("request", { request_type: "friend", user_id: BigInt(userId), comment, flag });
  }

  groupRequest(request: GroupRequest): Event {
    return this.make("request", {
      request_type: "group",
      // A member who invited somebody (type 5) comes as "add", too.
      sub_type: request.kind === "invite" ? "invite" : "add",
      group_id: BigInt(request.groupId),
      user_id: BigInt(request.userId),
      comment: request.comment,
      flag: request.flag,
    });
  }

  notice(noticeType: string, fields: WireObject): Event {
    return this.make("notice", { notice_type: noticeType, ...fields });
  }

  message(fields: WireObject): Event {
    return this.make("message", fields);
  }

  /** What the account itself said, from wherever. */
  ownMessage(fields: WireObject): Event {
    return this.make("message_sent", { ...fields, message_sent_type: "self" });
  }

  private make(postType: string, fields: { readonly [key: string]: Wire }): Event {
    return { time: this.now(), self_id: BigInt(this.selfId()), post_type: postType, ...fields };
  }
}
