import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { imDriver } from "@/server/platforms/im/driver";
import { Credentials } from "@/server/platforms/im/settings";
import { createSignIn } from "@/server/platforms/im/sign-in";
import type { Challenge } from "@/server/platforms/sign-in";
import { openLink } from "@/test/im-link";
import { type Im, start } from "@/test/simulators/im";
import type { Person } from "@/test/simulators/im/world";

let im: Im;
let ann: Person;

beforeEach(async () => {
  im = await start();
  ann = im.world.addPerson("Ann", { username: "ann", email: "ann@desk.example", password: "correct horse" });
});

afterEach(() => im.close());

const signIn = createSignIn();
const here = () => ({ connection: { baseUrl: im.baseUrl }, signal: new AbortController().signal });

async function picture(): Promise<Extract<Challenge, { type: "picture" }>> {
  const challenge = await signIn.start({ ...here(), start: { method: "password" } });
  if (challenge.type !== "picture") throw new Error("no picture");
  return challenge;
}

describe("signing in", () => {
  test("with a password and the picture: the credentials open a connection", async () => {
    const { key, mime, base64 } = await picture();
    expect([mime, Buffer.from(base64, "base64").toString("latin1").slice(1, 4)]).toEqual(["image/png", "PNG"]);
    const answer = { method: "password", account: "ann", password: "correct horse", key, code: "abcd" } as const;
    const { credentials, ...account } = await signIn.finish({ ...here(), answer });
    expect(account).toEqual({ accountId: ann.id, nickname: "Ann", needsPassword: false });
    // The newest: what the look at the account brought, not what signing in handed out.
    const { token } = Credentials.parse(credentials);
    expect(token).not.toBe(im.of("GET /me/info")[0]?.authorization);
    const line = openLink(im, ann, { token, accountId: ann.id });
    await line.hooks.connected();
    await line.end();
  });

  test("sends no token to who has not signed in yet, and no secret in an address", async () => {
    const { key } = await picture();
    const answer = { method: "password", account: "ann", password: "correct horse", key, code: "abcd" } as const;
    await signIn.finish({ ...here(), answer });
    const [image, login] = im.calls;
    expect(image).toMatchObject({
      operation: "GET /captcha/image",
      fields: [["type", "login"]],
      authorization: undefined,
    });
    expect(login).toMatchObject({ operation: "POST /login/basic", authorization: undefined });
    expect(login?.contentType).toMatch(/^multipart/);
  });

  test.each([
    ["a wrong password", { password: "wrong horse", code: "abcd" }, "账号或密码错误"],
    ["a wrong code", { password: "correct horse", code: "zzzz" }, "验证码错误"],
  ])("%s is refused in the server's words, which do not hold what was typed", async (_what, typed, text) => {
    const { key } = await picture();
    const error = await signIn
      .finish({ ...here(), answer: { method: "password", account: "ann", key, ...typed } })
      .then(
        () => null,
        (cause: unknown) => cause,
      );
    expect(error).toMatchObject({ code: "platform_refused", text });
    expect(JSON.stringify(error)).not.toContain(typed.password);
  });

  test("by a code: it is sent once, and who has no password is told", async () => {
    await expect(signIn.start({ ...here(), start: { method: "email", email: ann.email } })).resolves.toEqual({
      type: "sent",
    });
    expect(im.of("GET /captcha/email")).toHaveLength(1);
    const answer = { method: "email", email: ann.email, code: "1234" } as const;
    await expect(signIn.finish({ ...here(), answer })).resolves.toMatchObject({ accountId: ann.id });
    await signIn.start({ ...here(), start: { method: "mobile", mobile: "13800000000" } });
    const people = im.world.people.size;
    const mobile = { method: "mobile", mobile: "13800000000", code: "1234" } as const;
    await expect(signIn.finish({ ...here(), answer: mobile })).resolves.toMatchObject({ needsPassword: true });
    // As the methods say: an address nobody knew is an account now.
    expect(im.world.people.size).toBe(people + 1);
    expect(signIn.methods.find(({ method }) => method === "mobile")?.registers).toBe(true);
  });

  test.each([
    ["a page", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>").toString("base64")],
    ["a page that calls itself a picture", `data:image/png;base64,${Buffer.from("<html>").toString("base64")}`],
    ["nothing but a name", "data:image/png,"],
    ["a picture of a poster", Buffer.concat([Buffer.from("GIF89a"), Buffer.alloc(300_000)]).toString("base64")],
  ])("%s is no picture for a browser to draw", async (_what, captcha) => {
    im.interrupt("GET /captcha/image", (response) =>
      response.end(JSON.stringify({ code: 0, message: "", result: { key: "key", captcha } })),
    );
    await expect(picture()).rejects.toMatchObject({ code: "bad_answer", detail: { field: "captcha" } });
  });

  test("an answer without end is cut", async () => {
    im.interrupt("GET /captcha/image", (response) => response.end(`{"code":0,"x":"${"x".repeat(2_000_000)}"}`));
    await expect(picture()).rejects.toMatchObject({ code: "answer_too_large" });
  });

  test("what the server's rules forbid is the fault of the field it was typed into, and is not sent", async () => {
    const { key } = await picture();
    const typed = { method: "password", account: "ann", password: "short", key, code: "abcd" } as const;
    const refused = (field: string) => ({ code: "invalid_input", isSent: false, detail: { field } });
    await expect(signIn.finish({ ...here(), answer: typed })).rejects.toMatchObject(refused("answer.password"));
    const long = { ...typed, password: "correct horse", code: "x".repeat(21) };
    await expect(signIn.finish({ ...here(), answer: long })).rejects.toMatchObject(refused("answer.code"));
    const email = `${"a".repeat(60)}@${"b".repeat(50)}.example`;
    const start = { method: "email", email } as const;
    await expect(signIn.start({ ...here(), start })).rejects.toMatchObject(refused("start.email"));
    expect(im.calls.map(({ operation }) => operation)).toEqual(["GET /captcha/image"]);
  });

  test("never goes to an address no bot lives in", async () => {
    const connection = { baseUrl: "http://169.254.169.254/api/v1" };
    await expect(signIn.start({ ...here(), connection, start: { method: "password" } })).rejects.toMatchObject({
      code: "destination_refused",
    });
  });
});

describe("trying a connection", () => {
  const probe = (baseUrl: string, token: string, accountId: string | null = null) =>
    imDriver.probe({ ...here(), connection: { baseUrl }, credentials: { token }, accountId });

  test("says who it is, and opens no socket that would end the pushes to another", async () => {
    const line = openLink(im, ann);
    await line.hooks.connected();
    await expect(probe(im.baseUrl, im.mint(ann))).resolves.toMatchObject({ ok: true, accountId: ann.id });
    im.push(ann.id, { ope: "system", type: "addFriend", fromId: 1 });
    await line.hooks.heard("requests_changed");
    await line.end();
  });

  test("says exactly what failed", async () => {
    const token = im.mint(ann);
    await expect(probe(im.baseUrl, "stale")).resolves.toMatchObject({ ok: false, code: "signed_out_there" });
    await expect(probe(im.baseUrl, "two words")).resolves.toMatchObject({
      code: "invalid_input",
      detail: { field: "token" },
    });
    await expect(probe(`${im.baseUrl}?t=1`, token)).resolves.toMatchObject({ code: "invalid_input" });
    await expect(probe(im.baseUrl.replace("/api/v1", ""), token)).resolves.toMatchObject({ code: "unknown_operation" });
    await expect(probe(im.baseUrl, token, "1")).resolves.toMatchObject({ code: "wrong_account" });
    im.interrupt("GET /me/info", (response) => response.end("<html>"));
    await expect(probe(im.baseUrl, token)).resolves.toMatchObject({ code: "bad_answer" });
  });
});
