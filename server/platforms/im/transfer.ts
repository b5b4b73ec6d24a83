import { parseOutput } from "../client";
import { PlatformError } from "../error";
import type { Send } from "../transport";
import { catalogue } from "./catalogue";

const info = catalogue["get.chatGroups.info"];
const transfer = catalogue["post.chatGroups.transfer"];

/**
 * A `send` that hands a group over only to somebody who is in it. The server does not look: it takes the old owner out
 * and leaves a group that belongs to nobody. Throws `invalid_input` naming `toId`, and whatever reading the group throws;
 * nothing has been changed then.
 */
export function guardTransfer(send: Send): Send {
  return async (row, input, options) => {
    if (row.operation !== transfer.operation) return await send(row, input, options);
    const { groupId, toId } = transfer.input.parse(input);
    const members = await readMembers(send, groupId, { signal: options.signal });
    if (!members.includes(toId)) {
      const detail = { operation: row.operation, field: "toId", fault: "not a member of this group" };
      throw new PlatformError("invalid_input", { isSent: false, detail });
    }
    return await send(row, input, options);
  };
}

async function readMembers(send: Send, groupId: string, options: { signal: AbortSignal }): Promise<string[]> {
  try {
    const { value } = parseOutput(info, await send(info, { groupId }, options));
    return info.output.parse(value).membersList.map(({ account }) => account.id);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    // Only a look failed: the transfer itself was certainly not sent.
    throw new PlatformError(error.code, { isSent: false, text: error.text, detail: error.detail, cause: error });
  }
}
