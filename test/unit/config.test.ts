import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig, withPort } from "@/server/config";
import { createLogger } from "@/server/log";
import { StartError } from "@/server/start-error";

const directory = mkdtempSync(path.join(tmpdir(), "gatehouse-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** An environment with nothing else in it. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  return { NODE_ENV: "test", DATA_DIR: directory, ...settings };
}

function linesOf(settings: Record<string, string>): readonly string[] {
  try {
    readConfig(environment(settings));
    return [];
  } catch (error) {
    if (error instanceof StartError) return error.lines;
    throw error;
  }
}

describe("the configuration", () => {
  it("has a default for everything, and an empty value is one that is not set", () => {
    const config = readConfig(environment({ PORT: "", PUBLIC_URL: "", DATABASE_URL: "" }));
    expect(config).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      databaseUrl: null,
      trustProxy: 0,
      logLevel: "info",
      metricsToken: null,
    });
    expect(config.publicUrl.origin).toBe("http://127.0.0.1:3000");
  });

  it("makes the secret once, readable by its owner only, and keeps it", () => {
    const { secret } = readConfig(environment({}));
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(readConfig(environment({})).secret).toBe(secret);
    expect(statSync(path.join(directory, "secret.key")).mode & 0o777).toBe(0o600);
    expect(readConfig(environment({ GATEHOUSE_SECRET: "s".repeat(32) })).secret).toBe("s".repeat(32));
  });

  const faults = [
    ["PORT", "80x"],
    ["PORT", "70000"],
    ["PORT", "-1"],
    ["HOST", "not a host"],
    ["PUBLIC_URL", "desk.example.org"],
    ["PUBLIC_URL", "ftp://desk.example.org"],
    ["PUBLIC_URL", "https://desk.example.org/sub/path"],
    ["DATABASE_URL", "mysql://desk@db/desk"],
    ["GATEHOUSE_SECRET", "too short"],
    ["TRUST_PROXY", "true"],
    ["TRUST_PROXY", "99"],
    ["LOG_LEVEL", "loud"],
    ["METRICS_TOKEN", "short"],
  ] as const;
  it.each(faults)("refuses %s=%s with one line that names it and gives an example", (name, value) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}: .* is not .*\\. Example: ${name}=\\S`));
  });

  it("never repeats a secret in the line", () => {
    expect(linesOf({ DATABASE_URL: "mysql://desk:hunter2@db/desk" }).join()).not.toContain("hunter2");
    expect(linesOf({ GATEHOUSE_SECRET: "hunter2" }).join()).not.toContain("hunter2");
  });

  it("follows the port the system chose, unless the public address was given", () => {
    expect(withPort(readConfig(environment({ PORT: "0" })), 4321).publicUrl.origin).toBe("http://127.0.0.1:4321");
    const given = readConfig(environment({ PORT: "0", PUBLIC_URL: "https://desk.example.org" }));
    expect(withPort(given, 4321)).toMatchObject({ port: 4321, publicUrl: given.publicUrl });
    expect(readConfig(environment({ HOST: "0.0.0.0" })).publicUrl.origin).toBe("http://localhost:3000");
    expect(readConfig(environment({ HOST: "::1" })).publicUrl.origin).toBe("http://[::1]:3000");
  });
});

describe("the log", () => {
  it("hides secrets by the name of their field, at the depths in use", () => {
    const lines: string[] = [];
    const log = createLogger("info", { write: (line) => void lines.push(line) });
    log.info(
      {
        token: "s3cret",
        bot: { credentials: { token: "s3cret" } },
        headers: { authorization: "s3cret", cookie: "s3cret", "set-cookie": "s3cret" },
      },
      "m",
    );
    log.info(
      {
        request: { headers: { "x-signature": "s3cret" }, body: { password: "s3cret" } },
        a: { b: { access_token: "s3cret" } },
      },
      "m",
    );
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toContain("s3cret");
    expect(lines.join()).toContain("[redacted]");
  });

  it("hides secrets in what an exception says, carries and was caused by", () => {
    const lines: string[] = [];
    const log = createLogger("info", { write: (line) => void lines.push(line) });
    const cause = Object.assign(new Error("GET /invite/s3cret-s3cret-s3cret-s3cret failed"), { password: "s3cret" });
    const carried = { token: "s3cret", headers: { authorization: "s3cret" }, to: ["ws://h/?access_token=s3cret"] };
    const error = Object.assign(new Error("cannot reach ws://me:s3cret@10.0.0.1/?token=s3cret", { cause }), carried);
    log.error({ err: error }, "m");
    expect(lines.join()).toContain("cannot reach ws://[redacted]@10.0.0.1/?token=[redacted]");
    expect(lines.join()).not.toContain("s3cret");
  });
});
