import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Watch } from "../simulators/napcat/watch";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The real server, `server/main.ts`, in a process of its own: killed as a power cut would, and started again. */
export class Server {
  url = "";
  /** Where somebody without an account sets the desk up; printed by the first start only. */
  setupToken = "";
  /** How often it was started. */
  starts = 0;
  /** Lines of its log at `error` and above: the desk itself says that something should not have happened. */
  readonly errors: string[] = [];
  private child: ChildProcess | null = null;
  private readonly watch = new Watch();
  private isUp = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly dataDir: string,
  ) {}

  /** Starts it and waits until it says that it is ready; false when it was killed before. */
  async start(): Promise<boolean> {
    const { PATH, HOME, TZ } = process.env;
    const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts"], {
      cwd: root,
      // Nothing else of this environment: a real desk's settings must not be met.
      env: {
        ...{ PATH, HOME, TZ, NODE_ENV: "production", LOG_LEVEL: "warn", HOST: "127.0.0.1" },
        ...{ DATABASE_URL: this.databaseUrl, DATA_DIR: this.dataDir },
        // The first start finds a free port; the others take the same, for browsers know it.
        PORT: this.url === "" ? "0" : new URL(this.url).port,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    this.starts += 1;
    const ended = once(child, "exit");
    const ready = new Promise<true>((resolve) => {
      let output = "";
      let rest = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (/"level":"(error|fatal)"/.test(line)) this.errors.push(line);
        output = (output + text).slice(-4_000);
        this.url ||= /Gatehouse is ready: (\S+)\n/.exec(output)?.[1] ?? "";
        this.setupToken ||= /Set-up token: (\S+)\n/.exec(output)?.[1] ?? "";
        const isFirst = this.starts === 1;
        if (output.includes("Gatehouse is ready") && (!isFirst || this.setupToken !== "")) resolve(true);
      });
    });
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaints += text;
    });
    // One that was killed in the very moment in which it became ready is not ready.
    const isReady = (await Promise.race([ready, ended.then(() => false)])) && this.child === child;
    if (isReady) {
      this.isUp = true;
      this.watch.touch();
    } else if (this.child === child) throw new Error(`The desk did not start: ${complaints}`);
    return isReady;
  }

  /** Waits until it is up: at once if it is. Rejects when there will be none any more. */
  async up(): Promise<void> {
    await this.watch.until("the desk", () => (this.isUp ? true : undefined));
  }

  /** Waits until it is down, however that came. */
  async down(): Promise<void> {
    await this.watch.until("its end", () => (this.isUp ? undefined : true));
  }

  /** SIGKILL, and waits until it is gone. */
  async kill(): Promise<void> {
    this.setDown();
    await this.end("SIGKILL");
  }

  /** Asks it to stop, waits until it has, and lets go of everybody who waits for it. */
  async close(): Promise<void> {
    this.setDown();
    await this.end("SIGTERM");
    this.watch.close();
  }

  private setDown(): void {
    this.isUp = false;
    this.watch.touch();
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}
