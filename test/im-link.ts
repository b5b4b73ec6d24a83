import type { Link } from "@/server/platforms/driver";
import { open } from "@/server/platforms/im/driver";
import { Credentials } from "@/server/platforms/im/settings";
import { HandClock } from "./hand-clock";
import { HeardHooks } from "./link-hooks";
import type { Im } from "./simulators/im";
import type { Person } from "./simulators/im/world";

/** A link to the simulator with all that a test looks at; `end` closes everything. */
export interface TestLink {
  link: Link;
  hooks: HeardHooks;
  clock: HandClock;
  /** Every token that was to be kept, in order. */
  saved: string[];
  token: string;
  end(): Promise<void>;
}

/** Opens a link whose first attempt starts now and whose clock stands still. */
export function openLink(
  im: Im,
  person: Person,
  rest: { accountId?: string | null; token?: string; isStoreAway?: boolean } = {},
): TestLink {
  const [hooks, clock] = [new HeardHooks(), new HandClock()];
  const saved: string[] = [];
  const token = rest.token ?? im.mint(person);
  const link = open({
    ...{ hooks, clock, connection: { baseUrl: im.baseUrl }, credentials: { token } },
    accountId: rest.accountId ?? null,
    random: () => 0,
    saveCredentials: async (next) => {
      if (rest.isStoreAway) throw new Error("the database is away");
      saved.push(Credentials.parse(next).token);
    },
  });
  clock.advance(0);
  return {
    ...{ link, hooks, clock, saved, token },
    end: async () => {
      await link.close();
      hooks.close();
    },
  };
}
