import { type Actions, type Call, Refusal, toAccount } from "./call";
import type { Person } from "./world";

/** What every picture shows: abcd. */
const picture =
  "iVBORw0KGgoAAAANSUhEUgAAAEgAAAAYAQAAAABxGIYdAAAAP0lEQVR42mP4DwMMxLP+gOjzKKwDWFj/bQ7/4f+AyjpgY/P5/3l+FJa9zR8g6zwG6zMa64ANM9AUfhQWqa4HAD2Su9vOPvtLAAAAAElFTkSuQmCC";

function signIn(call: Call, person: Person | undefined): unknown {
  if (!person) throw new Refusal("账号或密码错误");
  return { token: call.mint(person), needUpdatePassword: person.password === "" };
}

/** A picture is good for one try. */
function isPictureRead({ world, text }: Call): boolean {
  const isRight = world.captchas.get(text("captchaKey")) === text("captcha");
  world.captchas.delete(text("captchaKey"));
  return isRight;
}

function takeCode({ world, text }: Call, address: string): void {
  if (world.codes.get(address) !== text("captcha")) throw new Refusal("验证码错误");
  world.codes.delete(address);
}

function byCode(call: Call, name: "email" | "mobile"): unknown {
  const address = call.text(name);
  takeCode(call, address);
  const known = [...call.world.people.values()].find((person) => person[name] === address);
  // An address nobody knows becomes an account.
  return signIn(call, known ?? call.world.addPerson("", { [name]: address }));
}

function reset(call: Call, name: "email" | "mobile"): null {
  takeCode(call, call.text(name));
  const known = [...call.world.people.values()].find((person) => person[name] === call.text(name));
  if (!known) throw new Refusal("用户不存在");
  known.password = call.text("password");
  return null;
}

const profileNames = ["avatar", "intro", "gender", "country", "province", "city"] as const;

/** Signing in, the account's own profile, and what stands beside it. */
export const accountActions: Actions = {
  "GET /captcha/image": {
    needs: ["type"],
    isAnonymous: true,
    run: ({ world }) => {
      const key = `key${world.captchas.size + 1}`;
      world.captchas.set(key, "abcd");
      return { key, captcha: picture };
    },
  },
  "GET /captcha/email": {
    needs: ["email"],
    isAnonymous: true,
    run: ({ world, text }) => void world.codes.set(text("email"), "1234"),
  },
  "GET /captcha/mobile": {
    needs: ["mobile"],
    isAnonymous: true,
    run: ({ world, text }) => void world.codes.set(text("mobile"), "1234"),
  },
  "POST /login/basic": {
    needs: ["account", "password", "captchaKey", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => {
      const { world, text } = call;
      if (!isPictureRead(call)) throw new Refusal("验证码错误");
      const names = (person: Person) => [person.username, person.email, person.mobile];
      const found = [...world.people.values()].find((person) => names(person).includes(text("account")));
      return signIn(call, found?.password === text("password") ? found : undefined);
    },
  },
  "POST /register/basic": {
    needs: ["account", "password", "captchaKey", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => {
      const { world, text } = call;
      if (!isPictureRead(call)) throw new Refusal("验证码错误");
      if ([...world.people.values()].some(({ username }) => username === text("account")))
        throw new Refusal("用户名已存在");
      return signIn(call, world.addPerson("", { username: text("account"), password: text("password") }));
    },
  },
  "POST /login/email": {
    needs: ["email", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => byCode(call, "email"),
  },
  "POST /login/mobile": {
    needs: ["mobile", "captcha", "platform"],
    isAnonymous: true,
    run: (call) => byCode(call, "mobile"),
  },
  "POST /reset/password/email": {
    needs: ["email", "captcha", "password"],
    isAnonymous: true,
    run: (call) => reset(call, "email"),
  },
  "POST /reset/password/mobile": {
    needs: ["mobile", "captcha", "password"],
    isAnonymous: true,
    run: (call) => reset(call, "mobile"),
  },
  "GET /me/info": { needs: [], run: (_call, me) => ({ account: toAccount(me) }) },
  "PUT /me/update/password": {
    needs: ["password"],
    // The old one is not asked for.
    run: ({ text }, me) => {
      me.password = text("password");
      return null;
    },
  },
  "PUT /me/update/info": {
    needs: [],
    // What is empty or left out stays: nothing can be cleared.
    run: ({ text }, me) => {
      me.nickname = text("nickname") || me.nickname;
      const said = profileNames.filter((name) => text(name) !== "").map((name) => [name, text(name)] as const);
      // 0 is "missing", as everywhere.
      if (Number(text("latitude")) && Number(text("longitude")))
        me.place = { latitude: Number(text("latitude")), longitude: Number(text("longitude")) };
      me.about = { ...me.about, ...Object.fromEntries(said) };
      return null;
    },
  },
  "GET /upload/qiniu/params": {
    needs: [],
    run: () => ({ accessDomain: "https://files.im.example", uploadToken: "upload-token" }),
  },
  "GET /discovers": {
    needs: [],
    run: () => ({ items: [{ id: 1, name: "News", logo: "", url: "https://news.im.example", password: "" }], total: 1 }),
  },
  "GET /configs": {
    needs: [],
    // Every value is text, switches too.
    run: () => ({ configs: { add_freind: "true", register: "0" }, qiniu: null }),
  },
};
