import type { RequestFate, RequestKind } from "@/server/platforms/arrival";
import type { Platform } from "@/server/platforms/row";

/** What is true of one kind of request on one platform, with everything switched on. */
interface Truth {
  /** What reading back says after an approval. */
  approve: RequestFate;
  /** The same after a denial; null: nobody can be denied. */
  deny: RequestFate | null;
  /** Does a denial tell its reason to the applicant? */
  isReasonTold: boolean;
}

/** Written down once, by the platforms' documents, and held against every adapter. */
export const truths: Readonly<Record<Platform, Partial<Record<RequestKind, Truth>>>> = {
  napcat: {
    friend: { approve: "approved", deny: "unknown", isReasonTold: false },
    filtered_friend: { approve: "approved", deny: null, isReasonTold: false },
    group_join: { approve: "approved", deny: "decided", isReasonTold: true },
    group_invite: { approve: "approved", deny: "decided", isReasonTold: true },
  },
  chat68: {
    friend: { approve: "approved", deny: null, isReasonTold: false },
  },
  im: {
    friend: { approve: "approved", deny: "decided", isReasonTold: true },
    group_join: { approve: "approved", deny: "denied", isReasonTold: true },
  },
  yunhu: {
    friend: { approve: "approved", deny: "denied", isReasonTold: false },
    group_join: { approve: "approved", deny: "denied", isReasonTold: false },
    group_invite: { approve: "approved", deny: "denied", isReasonTold: false },
  },
};
