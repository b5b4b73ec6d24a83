import { afterEach, beforeEach } from "vitest";
import type { Adapter } from "@/server/platforms/adapter";
import { createCall } from "@/server/platforms/client";
import { createAdapter } from "@/server/platforms/napcat/adapter";
import { catalogue } from "@/server/platforms/napcat/catalogue";
import { createHttpTransport, type HttpTransport } from "@/server/platforms/napcat/http";
import { type Napcat, start } from "@/test/simulators/napcat";
import type { Group } from "@/test/simulators/napcat/world";
import { watchedAdapter } from "@/test/watched-adapter";

export const ann = { userId: "30001", nickname: "Ann" };
export const bob = { userId: "30002", nickname: "Bob" };
/** As little of a picture as is taken for one. */
export const picture = "base64://aGVsbG8=";
/** The simulator's clock, seconds. */
export const now = 1_760_000_000;

/** New for each test, once `setUp` was called. */
export let napcat: Napcat;
/** With everything that is tested: a key it lacks fails the test that uses it. */
export let adapter: Required<Adapter>;
/** One with Bob in it. */
export let group: Group;
let transport: HttpTransport;

/** Gives each test of the file a NapCat of its own, with an adapter before it: Ann is a friend there. */
export function setUp(): void {
  beforeEach(async () => {
    napcat = await start({ token: "t", now: () => now });
    transport = createHttpTransport({ url: napcat.httpUrl, token: "t" });
    const call = createCall(catalogue, transport.send, new AbortController().signal);
    // A name that is no row's is refused by the call itself.
    adapter = watchedAdapter(catalogue, call as Parameters<typeof createAdapter>[0], createAdapter);
    napcat.world.addFriend(ann, "from chess");
    group = napcat.world.addGroup({ groupId: "40001", groupName: "Chess" }, [bob]);
  });
  afterEach(async () => {
    await transport.close();
    await napcat.close();
  });
}
