import type { Adapter } from "../adapter";
import type { Call } from "../client";
import type { ProfileChange } from "../entity";
import { toRaw } from "../json";
import { fromSeconds } from "../moment";
import { notOffered } from "../not-offered";
import { inSteps, type Step } from "../steps";
import type { NapcatCatalogue } from "./catalogue";
import { presenceNames, presences } from "./presence";

type C = Call<NapcatCatalogue>;

/** As many likers as are asked for. */
const mostLikers = 100;

/** Name and signature travel together when both change; a signature alone has an operation that leaves the name alone. */
async function updateProfile(call: C, { name, signature, avatar }: ProfileChange): Promise<void> {
  const steps: Step[] = [];
  if (name !== undefined) {
    const note = signature === undefined ? {} : { personal_note: signature };
    const both = signature === undefined ? "name" : "name, signature";
    steps.push({ name: both, run: () => call("set_qq_profile", { nickname: name, ...note }) });
  } else if (signature !== undefined) {
    steps.push({ name: "signature", run: () => call("set_self_longnick", { longNick: signature }) });
  }
  if (avatar !== undefined) steps.push({ name: "avatar", run: () => call("set_qq_avatar", { file: avatar }) });
  await inSteps(steps);
}

/** The account itself. */
export function accountAdapter(call: C) {
  return {
    "profile.get": async () => {
      const info = await call("get_login_info", {});
      return {
        id: info.user_id,
        name: info.nickname,
        avatar: null,
        signature: null,
        sex: null,
        raw: toRaw(info),
      };
    },
    "profile.likes": async () => {
      const { voteInfo } = await call("get_profile_like", { start: 0, count: mostLikers });
      const likers = (voteInfo?.userInfos ?? []).flatMap(({ uin, nick, count, latestTime }) =>
        // Of whom QQ tells no number nothing can be said.
        uin === null || uin === "0"
          ? []
          : [{ userId: uin, name: nick, times: count ?? 1, at: fromSeconds(latestTime) }],
      );
      return likers.toSorted((a, b) => (b.at?.getTime() ?? 0) - (a.at?.getTime() ?? 0));
    },
    "profile.update": (change) => updateProfile(call, change),
    "presence.get": async () => {
      const status = await call("get_status", {});
      return { isOnline: status.online, isGood: status.good, raw: toRaw(status) };
    },
    "presence.presets": async () => presenceNames.map((id) => ({ id, zh: presences[id].zh, en: presences[id].en })),
    "presence.set": async (preset) => {
      const known = presenceNames.find((name) => name === preset);
      if (known === undefined) throw notOffered("preset");
      await call("set_online_status", { preset: known });
    },
    "presence.word": async (words, faceId) => {
      if (!/^\d{1,6}$/.test(faceId)) throw notOffered("faceId");
      await call("set_diy_online_status", { face_id: faceId, face_type: "1", wording: words });
    },
    "clients.exit": async () => {
      await call("bot_exit", {});
    },
  } satisfies Adapter;
}
