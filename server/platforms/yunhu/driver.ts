import { systemClock } from "../clock";
import type { Resolve } from "../destination";
import type { Driver, Link, OpenOptions } from "../driver";
import { createAdapter } from "./adapter";
import { catalogue } from "./catalogue";
import { openLink } from "./link";
import { probe } from "./probe";
import { answersTo } from "./request";
import { Connection, Credentials } from "./settings";

/** Opens a link by its settings. `resolve` is for tests that need a name to have a certain address. */
export function open(options: OpenOptions & { resolve?: Resolve }): Link {
  const connection = Connection.parse(options.connection);
  const { token } = Credentials.parse(options.credentials);
  const { accountId, hooks, resolve, clock = systemClock, random = Math.random } = options;
  return openLink({ connection, token, accountId, hooks, clock, random, resolve });
}

/** Yunhu accounts, by the token of a signed-in one. */
export const yunhuDriver: Driver = {
  platform: "yunhu",
  catalogue,
  connectionSchema: Connection,
  credentialsSchema: Credentials,
  createAdapter,
  answersTo,
  open,
  probe,
  // One device, one socket: what a second login of the same device does to the first is not documented.
  isSingle: true,
};
