import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createTRPCClient, httpLink } from "@trpc/client";
import { encode } from "next-auth/jwt";
import superjson from "superjson";
import type { BuiltInRole } from "@/lib/permissions";
import type { AppRouter } from "@/server/api/router";
import { sessionCookieName } from "@/server/auth/session";
import type { Database } from "@/server/db/client";
import { openDatabase } from "@/server/db/client";
import { testConfig } from "../desk";
import { addOperator, addSession } from "../people";
import type { Stage } from "./stage";

/** What the program says: where it listens, once; its memory, when it is asked. */
export type Message = { port: number } | { rss: number };

const program = fileURLToPath(new URL("./desk-program.ts", import.meta.url));

/** A desk in a process of its own, reached as browsers reach it: over HTTP, with the cookie of a session. */
export class DeskServer {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly database: Database,
    private readonly databaseUrl: string,
  ) {}

  static async start(stage: Stage): Promise<DeskServer> {
    const databaseUrl = await stage.database();
    const database = openDatabase(databaseUrl, { poolSize: 2 });
    stage.own(() => database.$disconnect());
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = fork(program, [], { execArgv: ["--import", "tsx"], env });
    const ended = once(child, "exit");
    stage.own(async () => {
      if (child.connected) child.disconnect();
      await ended;
    });
    const started = await Promise.race([next(child), ended.then(() => null)]);
    if (started === null || !("port" in started)) throw new Error("the desk did not start");
    return new DeskServer(`http://127.0.0.1:${started.port}`, child, database, databaseUrl);
  }

  /** The cookie of a new operator who has just signed in. */
  async seat(role: BuiltInRole): Promise<string> {
    const config = testConfig(this.databaseUrl);
    const { id } = await addOperator(this.database, role);
    const token = { sid: await addSession(this.database, id), sub: id };
    return `${sessionCookieName(config)}=${await encode({ token, secret: config.secret })}`;
  }

  /** The API as this operator's browser calls it. */
  api(cookie: string) {
    const headers = { cookie, origin: this.url };
    return createTRPCClient<AppRouter>({
      links: [httpLink({ url: `${this.url}/api/trpc`, transformer: superjson, headers })],
    });
  }

  /** What the process holds in memory, in MB. */
  async memory(): Promise<number> {
    const answer = next(this.child);
    this.child.send({});
    const message = await answer;
    return "rss" in message ? message.rss / 2 ** 20 : Number.NaN;
  }
}

async function next(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, "message");
  // Sent by test/bench/desk-program.ts, which alone holds the other end.
  return message as Message;
}
