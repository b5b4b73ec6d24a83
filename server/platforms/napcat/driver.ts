import { systemClock } from "../clock";
import type { Resolve } from "../destination";
import type { Driver, Link, OpenOptions } from "../driver";
import { createAdapter } from "./adapter";
import { catalogue } from "./catalogue";
import { openForward } from "./forward";
import { openHttp } from "./http-link";
import { probe } from "./probe";
import { openReverse } from "./reverse";
import { Connection, Credentials } from "./settings";

/** Opens a link by its settings. `resolve` is for tests that need a name to have a certain address. */
export function open(options: OpenOptions & { resolve?: Resolve }): Link {
  const connection = Connection.parse(options.connection);
  const { token } = Credentials.parse(options.credentials);
  const { accountId, hooks, resolve, clock = systemClock, random = Math.random } = options;
  const common = { token, accountId, hooks, clock, random, resolve };
  switch (connection.transport) {
    case "forward":
      return openForward({ ...common, wsUrl: connection.wsUrl });
    case "reverse":
      return openReverse(common);
    case "http":
      return openHttp({ ...common, httpUrl: connection.httpUrl });
  }
}

/** QQ accounts run by NapCat, over OneBot 11. */
export const napcatDriver: Driver = {
  platform: "napcat",
  catalogue,
  connectionSchema: Connection,
  credentialsSchema: Credentials,
  createAdapter,
  open,
  probe,
};
