import { hash, parseOptions, verify } from "@node-rs/argon2";
import { DeskError } from "@/lib/errors";
import { commonPasswords } from "./common-passwords";
import { isRepetition, markRuns } from "./password-pattern";

export const minimumLength = 12;
/** Long enough for any passphrase, short enough that hashing it is no lever against the server. */
export const maximumLength = 256;

/** OWASP's argon2id profile with 19 MiB and two passes. Written out, so that the library's defaults cannot move it. */
const parameters = {
  algorithm: 2,
  version: 1,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
  outputLen: 32,
} as const;

/**
 * A hash of a random value nobody kept, under the parameters above. Verified against when the account does not exist,
 * so that an unknown address costs exactly the work of a known one.
 */
export const dummyHash =
  "$argon2id$v=19$m=19456,t=2,p=1$bJPZuxsIIxt77IMU6pb/KQ$obFsfmILRU0B0wI8BOclIwTdFEtKBDebk8P2M8dd4Jw";

/** Why a password was refused; the form has a text for each. */
export const passwordFaults = [
  "too_short",
  "too_long",
  "repeated",
  "sequence",
  "personal",
  "common",
  "unchanged",
] as const;
export type PasswordFault = (typeof passwordFaults)[number];

/** What an attacker would try first beside the common ones: the operator's name and address, and ours. */
const productWords = ["gatehouse", "napcat", "onebot", "chatbot"];
/** A password whose rest, once words and runs are taken away, is shorter than this was never guessed late. */
const minimumRest = 6;

/** The form in which a password is judged, hashed and verified: two keyboards may spell one character differently. */
function normalise(password: string): string {
  return password.normalize("NFKC");
}

/**
 * The first fault of a new password, or null.
 * @param about name, e-mail address and the like of its owner; parts of three characters and more must not carry it.
 */
export function findPasswordFault(password: string, about: readonly string[] = []): PasswordFault | null {
  const characters = [...normalise(password)];
  if (characters.length < minimumLength) return "too_short";
  if (characters.length > maximumLength) return "too_long";
  const lower = characters.map((character) => character.toLowerCase());
  if (isRepetition(lower)) return "repeated";

  const isCovered: boolean[] = lower.map((character) => character.trim() === "");
  const isSpent = () => isCovered.filter((covered) => !covered).length < minimumRest;
  markRuns(lower, isCovered);
  if (isSpent()) return "sequence";
  markYears(lower, isCovered);
  markWords(lower, personalWords(about), isCovered);
  if (isSpent()) return "personal";
  markWords(lower, commonPasswords, isCovered);
  return isSpent() ? "common" : null;
}

/** Throws DeskError `weak_password` whose detail names the fault and the limits. */
export function checkPassword(password: string, about: readonly string[] = []): void {
  const fault = findPasswordFault(password, about);
  if (fault !== null) throw weakPassword(fault);
}

export function weakPassword(fault: PasswordFault): DeskError {
  return new DeskError("weak_password", { fault, minimum: minimumLength, maximum: maximumLength });
}

/** argon2id in PHC form, with a random salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), parameters);
}

/** Verifies against a PHC hash; false for a wrong password, an overlong one and a hash that is none. */
export type Verify = (passwordHash: string, password: string) => Promise<boolean>;

export const verifyPassword: Verify = async (passwordHash, password) => {
  const text = normalise(password);
  // Cut, not returned early: an overlong guess costs the same as any other.
  const isTooLong = text.length > maximumLength * 4;
  try {
    return (await verify(passwordHash, isTooLong ? text.slice(0, maximumLength) : text)) && !isTooLong;
  } catch {
    return false;
  }
};

/** Was this hash made with other parameters than today's? Then a successful sign-in makes it anew. */
export function isOutdated(passwordHash: string): boolean {
  const made = parseOptions(passwordHash);
  return (
    made.memoryCost !== parameters.memoryCost ||
    made.timeCost !== parameters.timeCost ||
    made.parallelism !== parameters.parallelism ||
    made.outputLen !== parameters.outputLen
  );
}

function personalWords(about: readonly string[]): string[] {
  const parts = about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return [...productWords, ...parts].filter((part) => [...part].length >= 3);
}

const leet: Record<string, string> = { "0": "o", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", $: "s" };

/** Two readings of p@ssw0rd and its like, because 1 and ! stand for i as well as for l. Same length as the input. */
function readings(lower: readonly string[]): string[][] {
  const one = (as: string) => (character: string) =>
    character === "1" || character === "!" ? as : (leet[character] ?? character);
  return [[...lower], lower.map(one("i")), lower.map(one("l"))];
}

function markWords(lower: readonly string[], words: readonly string[], isCovered: boolean[]): void {
  const spelled = words.map((word) => [...word]);
  for (const reading of readings(lower)) {
    for (let start = 0; start < reading.length; start += 1) {
      for (const letters of spelled) {
        if (letters.every((letter, index) => reading[start + index] === letter)) {
          isCovered.fill(true, start, start + letters.length);
        }
      }
    }
  }
}

/** 19xx and 20xx: the commonest tail of all. */
function markYears(lower: readonly string[], isCovered: boolean[]): void {
  for (let start = 0; start + 4 <= lower.length; start += 1) {
    if (/^(19|20)\d\d$/.test(lower.slice(start, start + 4).join(""))) isCovered.fill(true, start, start + 4);
  }
}
