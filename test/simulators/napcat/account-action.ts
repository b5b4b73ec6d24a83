import { type Action, define, Refusal, sizeOf } from "./define";
import type { WireObject } from "./wire";
import type { World } from "./world";

const done = { result: 0, errMsg: "" };
const statuses = new Set([10, 30, 40, 50, 60, 70]);

interface Liker {
  userId: string;
  count: number;
  time: number;
}

function toLiker(world: World, { userId, count, time }: Liker): WireObject {
  const person = world.people.get(userId);
  return {
    ...{ uid: `u_sim${userId}`, uin: BigInt(userId), nick: person?.nickname ?? "", count, latestTime: time },
    ...{ src: 0, gender: 0, age: person?.age ?? 0, isFriend: world.friends.has(userId), isvip: false, isSvip: false },
    ...{ giftCount: 0, customId: 0, lastCharged: 0, bAvailableCnt: 0, bTodayVotedCnt: 0 },
  };
}

/** The account itself. */
export const accountActions: Readonly<Record<string, Action>> = {
  set_qq_profile: define({ nickname: "string", "personal_note?": "string", "sex?": "string" }, (params, world) => {
    world.account.nickname = String(params.nickname);
    if (params.personal_note !== undefined) world.account.signature = String(params.personal_note);
    world.addPerson(world.account);
    return done;
  }),
  set_self_longnick: define({ longNick: "string" }, (params, world) => {
    world.account.signature = String(params.longNick);
    world.addPerson(world.account);
    return done;
  }),
  set_qq_avatar: define({ file: "string" }, (params, world) => {
    sizeOf(params.file);
    world.avatar = String(params.file);
    return null;
  }),
  set_diy_online_status: define({ face_id: "id", "face_type?": "id", "wording?": "string" }, (params, world) => {
    const [face, words] = [String(params.face_id), String(params.wording ?? "")];
    world.presence = { status: 10, ext: 2000, face, words };
    return "";
  }),
  get_profile_like: define({ "user_id?": "id", "start?": "number", "count?": "number" }, (params, world) => {
    const from = Number(params.start ?? 0);
    const page = world.likers.slice(from, from + Number(params.count ?? 10));
    const total_count = world.likers.reduce((sum, { count }) => sum + count, 0);
    return {
      ...{ uid: "u_sim", time: world.now() },
      favoriteInfo: { total_count: 0, last_time: 0, today_count: 0, userInfos: [] },
      voteInfo: {
        ...{ total_count, new_count: 0, new_nearby_count: 0, last_visit_time: 0 },
        userInfos: page.map((liker) => toLiker(world, liker)),
      },
    };
  }),
  send_like: define({ user_id: "id", "times?": "number" }, (params, world) => {
    const userId = String(params.user_id);
    if (!world.people.has(userId)) throw new Refusal("点赞失败 用户不存在");
    world.liked.push({ userId, times: Number(params.times ?? 1) });
    return null;
  }),
  // The process is gone before it can answer.
  bot_exit: define({}, (_params, world) => {
    world.isStopped = true;
    world.onStop();
    return null;
  }),
  // The names of the document's table are not known here.
  set_online_status: define({ status: "number", ext_status: "number", battery_status: "number" }, (params, world) => {
    if (!statuses.has(Number(params.status))) throw new Refusal("设置在线状态失败");
    world.presence = { status: Number(params.status), ext: Number(params.ext_status) };
    return null;
  }),
};
