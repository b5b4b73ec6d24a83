import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What a child needs from this environment; the desk's own settings are not among it. */
const passedOn = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "SystemRoot"];

/**
 * Empty counts as unset, and what is set is not read from `.env`: a real desk in the same folder, its database least of
 * all, must not be touched.
 */
const unset = { DATABASE_URL: "", PUBLIC_URL: "", GATEHOUSE_SECRET: "", TRUST_PROXY: "", METRICS_TOKEN: "" };

/** A desk running as a process of its own, as `npm start` would run it, on a data directory that is given. */
export class DeskProcess {
  private readonly child: ChildProcess;
  /** Resolves with the exit code when it has ended, however it ended. */
  readonly ended: Promise<number | null>;

  constructor(
    dataDir: string,
    port: number,
    private readonly print: (line: string) => void,
  ) {
    const kept = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
    const main = ["--import", "tsx", "server/main.ts", ...(process.argv.includes("--dev") ? ["--dev"] : [])];
    this.child = spawn(process.execPath, main, {
      env: {
        ...kept,
        ...unset,
        NODE_ENV: process.env.NODE_ENV,
        DATA_DIR: dataDir,
        HOST: "127.0.0.1",
        PORT: String(port),
        LOG_LEVEL: "warn",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.ended = once(this.child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  }

  /** Undefined when it could not be started at all. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Waits until it has said where it listens and with which token it is set up. Throws when it ends before. */
  async ready(): Promise<{ url: string; setupToken: string }> {
    if (!this.child.stdout) throw new Error("The desk has no output.");
    const lines = createInterface({ input: this.child.stdout });
    const said = new Promise<{ url: string; setupToken: string }>((resolve) => {
      let url: string | undefined;
      let setupToken: string | undefined;
      lines.on("line", (line) => {
        url ??= /https?:\/\/[^\s/]+/.exec(line)?.[0];
        setupToken ??= /set-up token: ([\w-]{16,})/i.exec(line)?.[1];
        if (url !== undefined && setupToken !== undefined) resolve({ url, setupToken });
        // What comes with the address is for somebody who has to set it up: the demo does.
        else if (url === undefined && line !== "") this.print(line);
      });
    });
    const ended = this.ended.then((code) => {
      throw new Error(`The desk ended with ${code} before it was ready.`);
    });
    return await Promise.race([said, ended]);
  }

  /** Asks it to stop and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill("SIGTERM");
    await this.ended;
  }
}
