import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { WebSocket } from "ws";
import type { z } from "zod";
import type { BotEventCode } from "@/lib/bot-events";
import type { ErrorCode, ErrorDetail } from "@/lib/errors";
import type { Adapter } from "./adapter";
import type { Answers, Inbound, RequestKind } from "./arrival";
import type { Clock } from "./clock";
import type { PlatformError } from "./error";
import type { Catalogue, Platform } from "./row";
import type { SignIn } from "./sign-in";
import type { Send } from "./transport";

/** What a link tells its owner. None of these may throw. */
export interface LinkHooks {
  /** The first of three truths: is there a working connection? Called on change and with every failed attempt. */
  state(state: { isConnected: boolean; error?: PlatformError }): void;
  /** One event; `raw` is the platform's own object. */
  event(inbound: Inbound, raw: unknown): void;
  log(level: "info" | "warn" | "error", code: BotEventCode, detail: ErrorDetail): void;
  /** The account on the other side, once known. */
  account(accountId: string): void;
}

/** A living connection to one account. It reconnects by itself until it is closed. */
export interface Link {
  send: Send;
  isConnected(): boolean;
  /** Ends every socket, timer and waiting call. Nothing is told to the hooks afterwards. */
  close(): Promise<void>;
  /**
   * Present where the platform dials in. Asked before the upgrade: the HTTP status to refuse with, or null.
   * A socket that `acceptSocket` gets is checked again.
   */
  refuseSocket?(headers: IncomingHttpHeaders): number | null;
  /** Takes over a socket whose upgrade is done; make the server's `maxPayload` that of `maxFrameBytes`. */
  acceptSocket?(socket: WebSocket, request: IncomingMessage): void;
  /** Present where the platform posts events: checks the signature over the raw body and takes the event. */
  acceptPost?(headers: IncomingHttpHeaders, rawBody: Buffer): { status: number; body?: string };
}

/** The largest frame taken from a platform (NapCat's own default). */
export const maxFrameBytes = 50 * 1024 * 1024;

export type ProbeResult =
  | { ok: true; accountId: string; nickname: string; version: string; latencyMs: number }
  | { ok: false; code: ErrorCode; detail: ErrorDetail };

export interface OpenOptions {
  connection: unknown;
  credentials: unknown;
  /** The account this bot is known to be; another one on the wire is `wrong_account`. Null: not known yet. */
  accountId: string | null;
  hooks: LinkHooks;
  /**
   * Keeps what the platform has put in the place of `credentials`, for the next start. Called one at a time, in order;
   * the connection itself goes on with the new ones, so keeping them is no reason to open it anew.
   */
  saveCredentials?: (next: unknown) => Promise<void>;
  random?: () => number;
  clock?: Clock;
  /** Takes an id of ours for good, false when it was ever taken: for platforms whose messages carry an id of the sender's. */
  reserve?: (value: string) => Promise<boolean>;
}

export interface ProbeOptions {
  connection: unknown;
  credentials: unknown;
  accountId: string | null;
  signal: AbortSignal;
}

/** All the gateway needs of a platform. */
export interface Driver {
  platform: Platform;
  catalogue: Catalogue;
  /** Where it is reached; holds no secret. */
  connectionSchema: z.ZodType;
  credentialsSchema: z.ZodType;
  /**
   * `call` parses, checks and records: the gateway's. `isOn` tells which operations beyond the vendor's document are
   * switched on for the bot; none when it is left out. `connection` is how the bot is reached, of `connectionSchema`:
   * what that way does not carry is left out; without it nothing is.
   */
  createAdapter(
    call: (name: string, input: unknown) => Promise<unknown>,
    isOn?: (operation: string) => boolean,
    connection?: unknown,
  ): Adapter;
  /** Starts connecting and returns at once. Throws a ZodError when the settings are not of its schemas. */
  open(options: OpenOptions): Link;
  /** "Try connection": says exactly what failed. Never throws, changes nothing over there. */
  probe(options: ProbeOptions): Promise<ProbeResult>;
  /**
   * What can be done with a request of this kind, present where that depends on what is switched on: requests that are
   * stored already follow a change of it.
   */
  answersTo?(kind: RequestKind, isOn: (operation: string) => boolean): Answers;
  /**
   * The account bears one connection: a second one takes something from the first. Of several instances of the desk only
   * one opens it then.
   */
  isSingle?: true;
  /** Present where an account signs in through the desk instead of bringing a token. */
  signIn?: SignIn;
}
