import { spawnSync } from "node:child_process";

/**
 * Runs a command line in a POSIX shell in which `curl` only tells what it was called with: its arguments as the shell
 * made them of the line, and the bytes it was given to read. Throws when the shell finds a fault in it.
 */
export function runCurl(command: string): { args: string[]; stdin: Buffer } {
  const script = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; printf '\\0'; cat; }\n${command}\n`;
  const { status, stdout, stderr } = spawnSync("sh", ["-c", script], {
    input: "",
    env: { ...process.env, URL: "http://bot.example/base", TOKEN: "the-token" },
  });
  if (status !== 0 || stderr.length > 0) throw new Error(stderr.toString() || `the shell ended with ${status}`);
  const end = stdout.indexOf("\0\0");
  return { args: stdout.subarray(0, end).toString("utf8").split("\0"), stdin: stdout.subarray(end + 2) };
}

/** The values that follow an option, in order. */
export function valuesOf(args: readonly string[], option: string): string[] {
  return args.flatMap((arg, at) => (args[at - 1] === option ? [arg] : []));
}
