/** One value of the wire. */
export type Wire = string | number | boolean | null | undefined | Wire[] | { [key: string]: Wire };
export type Fields = { [key: string]: Wire };

/** What the helper says no with; the transports wrap it differently. */
export class Refused extends Error {
  constructor(
    readonly errorCode: number,
    readonly errorDesc: string,
  ) {
    super(errorDesc);
  }
}

export const busy = "很抱歉，服务繁忙，请联系客服 #A0030";

export interface Person {
  uid: number;
  nickName: string;
}
export function asFields(value: Wire): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Refused(300, busy);
}

/** A switch is a JSON boolean. */
export function flagOf(value: Wire): boolean {
  if (typeof value !== "boolean") throw new Refused(300, busy);
  return value;
}

/** The helper encodes protobuf from what it gets: an id that is text is not a number, and fails. */
export function numberOf(value: Wire): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new Refused(300, busy);
  return value;
}

export function toUser({ uid, nickName }: Person, isFriend = false): Fields {
  return {
    uid: String(uid),
    nickName,
    identify: "--",
    createTime: "1746529904000",
    ...(isFriend ? { friendRelation: { bfFriend: true } } : {}),
  };
}
