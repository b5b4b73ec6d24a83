import { type Action, define, Refusal, sizeOf } from "./define";

const done = { result: 0, errMsg: "" };
const statuses = new Set([10, 30, 40, 50, 60, 70]);

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
  // The names of the document's table are not known here.
  set_online_status: define({ status: "number", ext_status: "number", battery_status: "number" }, (params, world) => {
    if (!statuses.has(Number(params.status))) throw new Refusal("设置在线状态失败");
    world.presence = { status: Number(params.status), ext: Number(params.ext_status) };
    return null;
  }),
};
