import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { ImCatalogue } from "./catalogue";
import { categoryCapabilities } from "./category";
import { friendCapabilities } from "./friend";
import { groupCapabilities } from "./group";
import { memberCapabilities } from "./member";
import { messageCapabilities } from "./message";
import { answerRequest, checkRequest, listRequests } from "./request";

/**
 * IM's capabilities over `call`, which parses by the row, checks and records. Whether the account is online is not among
 * them: the server keeps its own answer to that wrong.
 */
export function createAdapter(rawCall: (name: string, input: unknown) => Promise<unknown>): Adapter {
  // The caller parses by the rows of our catalogue; the types of a row follow its name.
  const call = rawCall as Call<ImCatalogue>;
  return {
    ...friendCapabilities(call),
    ...categoryCapabilities(call),
    "requests.list": () => listRequests(call),
    "requests.answer": (request) => answerRequest(call, request),
    "requests.check": (request) => checkRequest(call, request),
    ...groupCapabilities(call),
    ...memberCapabilities(call),
    ...messageCapabilities(call),
  };
}
