import type { Adapter } from "../adapter";
import type { RequestRef, Verb } from "../arrival";
import type { Call } from "../client";
import { PlatformError } from "../error";
import { accountAdapter } from "./account";
import type { NapcatCatalogue } from "./catalogue";
import { checkRequest, handleOf } from "./fate";
import { fileAdapter } from "./files";
import { friendAdapter } from "./friends";
import { groupAdapter } from "./groups";
import { houseAdapter } from "./house";
import { listRequests } from "./list";
import { memberAdapter } from "./members";
import { messageAdapter } from "./messages";
import { noticeAdapter } from "./notices";

type C = Call<NapcatCatalogue>;

async function answerRequest(call: C, request: RequestRef & { verb: Verb; reason: string }): Promise<void> {
  const { flag } = handleOf(request);
  // Always a real boolean: everything else NapCat takes for yes.
  const approve = request.verb === "approve";
  switch (request.kind) {
    case "friend":
      await call("set_friend_add_request", { flag, approve });
      return;
    case "filtered_friend":
      if (!approve) throw new PlatformError("not_offered", { isSent: false, detail: { why: "filtered_friend" } });
      await call("set_doubt_friends_add_request", { flag, approve: true });
      return;
    case "group_join":
    case "group_invite":
      await call("set_group_add_request", { flag, approve, reason: approve ? "" : request.reason });
      return;
  }
}

/** NapCat's capabilities over `call`, which parses by the row, checks and records. */
export function createAdapter(rawCall: (name: string, input: unknown) => Promise<unknown>): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as C;
  return {
    ...accountAdapter(call),
    ...friendAdapter(call),
    "requests.list": () => listRequests(call),
    "requests.answer": (request) => answerRequest(call, request),
    "requests.check": (request) => checkRequest(call, request),
    ...groupAdapter(call),
    ...houseAdapter(call),
    ...memberAdapter(call),
    ...messageAdapter(call),
    ...noticeAdapter(call),
    ...fileAdapter(call),
  };
}
