/** How a group is entered and found, in QQ's codes. */
export interface Rules {
  addType: number;
  question: string;
  answer: string;
  noFingerOpen: number;
  noCodeFingerOpen: number;
  robotMemberSwitch: number;
  robotMemberExamine: number;
}

export const honorKinds = ["talkative", "performer", "legend", "strong_newbie", "emotion"] as const;
export type HonorKind = (typeof honorKinds)[number];

/** As QQ makes a new group: who runs it lets people in, and everybody can find it. */
export function usualRules(): Rules {
  return {
    ...{ addType: 2, question: "", answer: "", noFingerOpen: 0, noCodeFingerOpen: 0 },
    ...{ robotMemberSwitch: 0, robotMemberExamine: 0 },
  };
}
