import { readFileSync } from "node:fs";
import protobuf from "protobufjs";
import { PlatformError } from "../error";

const { root } = protobuf.parse(readFileSync(new URL("./wire.proto", import.meta.url), "utf8"), { keepCase: true });

export type MessageName = "AddressBookRequest" | "AddressBook" | "RequestList" | "Push" | "PushedMessage" | "Status";

/** The bytes of a message; fields that are not its own are left out. */
export function encode(name: MessageName, value: Record<string, unknown>): Uint8Array {
  const type = root.lookupType(`gatehouse.yunhu.${name}`);
  return type.encode(type.fromObject(value)).finish();
}

/**
 * The object that bytes of a message hold: int64 as text, what is 0 or empty left out as it is on the wire. Throws
 * PlatformError `bad_answer` for bytes that are no such message.
 */
export function decode(name: MessageName, bytes: Uint8Array): Record<string, unknown> {
  const type = root.lookupType(`gatehouse.yunhu.${name}`);
  try {
    return type.toObject(type.decode(bytes), { longs: String });
  } catch (error) {
    throw new PlatformError("bad_answer", { isSent: true, detail: { field: "" }, cause: error });
  }
}
