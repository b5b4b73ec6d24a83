import { systemClock } from "../clock";
import type { Resolve } from "../destination";
import type { Driver, Link, OpenOptions } from "../driver";
import { createAdapter } from "./adapter";
import { catalogue } from "./catalogue";
import { openLink } from "./link";
import type { Draw } from "./message-id";
import { probe } from "./probe";
import { answersTo } from "./request";
import { Connection, Credentials } from "./settings";

/**
 * Opens a link by its settings. Needs `reserve`: without a memory of the ids that were used, a message could be sent
 * under an old one. `resolve` and `draw` are for tests.
 */
export function open(options: OpenOptions & { resolve?: Resolve; draw?: Draw }): Link {
  const connection = Connection.parse(options.connection);
  Credentials.parse(options.credentials);
  const { accountId, hooks, resolve, draw, reserve, clock = systemClock, random = Math.random } = options;
  if (reserve === undefined) throw new Error("68chat needs `reserve` for the ids of its messages");
  return openLink({ connection, accountId, hooks, clock, random, reserve, draw, resolve });
}

/** 68chat accounts, through the helper on the account's own Windows machine. */
export const chat68Driver: Driver = {
  platform: "chat68",
  catalogue,
  connectionSchema: Connection,
  credentialsSchema: Credentials,
  createAdapter,
  answersTo,
  open,
  probe,
};
