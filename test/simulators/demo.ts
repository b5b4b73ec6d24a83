import { randomBytes, randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { seatBots, simulate } from "./demo-bots";
import { DeskProcess } from "./desk-process";
import { Visitor } from "./visitor";

interface Account {
  role: "owner" | "moderator" | "auditor";
  name: string;
  email: string;
  password: string;
}

/** The desk with simulated bots of every platform and living traffic, on a data directory that is thrown away at the end. */
class Demo {
  private readonly owned: (() => Promise<unknown>)[] = [];
  private ending: Promise<void> | null = null;

  async run(): Promise<void> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "gatehouse-demo-"));
    this.owned.push(() => rm(dataDir, { recursive: true, force: true }));

    const seed = randomInt(2 ** 31);
    const bots = await simulate(seed, (end) => this.owned.push(end), process.argv.includes("--big"));
    for (const { life } of bots) life.populate();

    const desk = new DeskProcess(dataDir, await freePort(Number(process.env.PORT) || 3000), console.log);
    this.owned.push(() => desk.stop());
    const { url, setupToken } = await desk.ready();
    // A desk that ends by itself ends the demo.
    void desk.ended.then((code) => this.end(code ?? 1));

    const accounts = [
      account("owner", "林乔 Lin Qiao"),
      account("moderator", "Mara Wells"),
      account("auditor", "闻笛"),
    ];
    const owner = await this.seat(url, setupToken, accounts);
    await seatBots(owner, bots);
    for (const { life } of bots) {
      life.greet();
      life.start();
    }

    console.log(`\nThe demo is at ${url}\n`);
    for (const { role, email, password } of accounts)
      console.log(`  ${role.padEnd(10)} ${email.padEnd(34)} ${password}`);
    console.log(
      `\n${bots.length} simulated accounts on four platforms are alive (seed ${seed}). Ctrl+C stops everything and removes ${dataDir}.`,
    );
  }

  get isEnding(): boolean {
    return this.ending !== null;
  }

  /** Ends everything, last begun first, once. */
  end(code: number): Promise<void> {
    this.ending ??= (async () => {
      for (const end of this.owned.toReversed()) await end();
      process.exitCode = code;
    })();
    return this.ending;
  }

  /** Makes the three operators by the ways real ones come: set-up for the owner, an invite for the others. */
  private async seat(url: string, token: string, accounts: Account[]): Promise<Visitor> {
    const [first, ...others] = accounts;
    if (!first) throw new Error("Nobody to seat.");
    const owner = new Visitor(url);
    await owner.api.setup.create.mutate({ token, name: first.name, email: first.email, password: first.password });
    await owner.signIn(first.email, first.password);
    for (const { role, name, email, password } of others) {
      const invite = await owner.api.invites.create.mutate({ role, botId: null, label: name, hours: 1 });
      const secret = new URL(invite.url).pathname.split("/").at(-1) ?? "";
      await new Visitor(url).api.invite.accept.mutate({ token: secret, name, email, password });
    }
    return owner;
  }
}

function account(role: Account["role"], name: string): Account {
  return { role, name, email: `${role}@demo.gatehouse.example`, password: randomBytes(12).toString("base64url") };
}

/** `wanted` if nobody listens there, else any free one. */
async function freePort(wanted: number): Promise<number> {
  const probe = createServer();
  const isFree = await new Promise<boolean>((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen(wanted, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
  return isFree ? wanted : 0;
}

const demo = new Demo();
// Ctrl+C may arrive twice, from the terminal and from the runner above: the second must not cut the end short.
process.on("SIGINT", () => void demo.end(0));
process.on("SIGTERM", () => void demo.end(0));
demo.run().catch(async (error: unknown) => {
  // Stopped while it was starting: what breaks then is no fault to report.
  if (!demo.isEnding) console.error(error instanceof Error ? error.message : error);
  await demo.end(1);
});
