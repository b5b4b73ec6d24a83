import { systemClock } from "../clock";
import type { Resolve } from "../destination";
import type { Driver, Link, OpenOptions } from "../driver";
import { createAdapter } from "./adapter";
import { catalogue } from "./catalogue";
import { openLink } from "./link";
import { probe } from "./probe";
import { Connection, Credentials } from "./settings";
import { createSignIn } from "./sign-in";

/** Opens a link by its settings. `resolve` is for tests that need a name to have a certain address. */
export function open(options: OpenOptions & { resolve?: Resolve }): Link {
  const { baseUrl } = Connection.parse(options.connection);
  const { token } = Credentials.parse(options.credentials);
  const { accountId, hooks, resolve, clock = systemClock, random = Math.random } = options;
  const saveCredentials = options.saveCredentials ?? (async () => undefined);
  return openLink({ baseUrl, token, accountId, hooks, saveCredentials, clock, random, resolve });
}

/** Accounts of an IM (freeIM) server, over its REST service and its socket. */
export const imDriver: Driver = {
  platform: "im",
  catalogue,
  connectionSchema: Connection,
  credentialsSchema: Credentials,
  createAdapter,
  open,
  probe,
  // Its end would take the pushes from every other socket of the account.
  isSingle: true,
  signIn: createSignIn(),
};
