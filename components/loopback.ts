import { dehydrate, type QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import superjson from "superjson";
import { maximumBatch } from "@/lib/batch";
import { href } from "@/lib/href";
import type { AppRouter } from "@/server/api/router";
import { toFailure } from "./failure-shape";
import { createQueryClient } from "./query-client";

/**
 * The API as seen while a page is drawn: over loopback, with the caller's own cookie, so a page can show nothing its
 * reader may not read. One client and one cache for a request.
 */
export const loopback = cache(async () => {
  const incoming = await headers();
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { retry: false, staleTime: 60_000 } });
  const client = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${process.env.GATEHOUSE_LOOPBACK ?? `http://127.0.0.1:${process.env.PORT ?? "3000"}`}/api/trpc`,
        transformer: superjson,
        maxItems: maximumBatch,
        headers: () => ({
          cookie: incoming.get("cookie") ?? "",
          "user-agent": incoming.get("user-agent") ?? "",
          // Whom this is drawn for, so that what is refused here is not recorded as coming from this very machine.
          "x-gatehouse-address": incoming.get("x-gatehouse-address") ?? "",
          "x-gatehouse-loopback": process.env.GATEHOUSE_LOOPBACK_KEY ?? "",
        }),
      }),
    ],
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
});

/**
 * Where the live feed stands; undefined when it could not be asked. Asked before anything a page shows is read, so that
 * the browser can be told what changed since.
 */
export const readLivePosition = cache(async () => {
  const { client } = await loopback();
  return await client.livePosition.query().catch(() => undefined);
});

/** Who is looking, `null` when signed out, `undefined` when the API could not be asked (the browser will try itself). */
export const readSession = cache(async () => {
  const { queryClient, trpc } = await loopback();
  try {
    // In one call, and before everything else: each page begins with this.
    const [session] = await Promise.all([queryClient.fetchQuery(trpc.session.get.queryOptions()), readLivePosition()]);
    return session;
  } catch {
    return undefined;
  }
});

/** What was read so far, to be handed to the browser. Failures are left out: the browser asks again and shows them. */
export function hydratable(queryClient: QueryClient) {
  return dehydrate(queryClient, { shouldDehydrateQuery: (query) => query.state.status === "success" });
}

/**
 * The start of every signed-in page. Somebody without a session is sent to the door and comes back to `next` afterwards;
 * the API would refuse them anyway.
 */
export async function enter(next: string) {
  const { queryClient, trpc } = await loopback();
  const session = await readSession();
  if (session === null) {
    const status = await queryClient.fetchQuery(trpc.setup.status.queryOptions()).catch(() => null);
    redirect(status?.isSetUp === false ? href.setup() : href.signIn({ next }));
  }
  return { queryClient, trpc, session };
}

/** Refusals that mean "an address where nothing is" to the reader: not theirs to see, not there, or no id at all. */
const nowhere: ReadonlySet<string> = new Set(["forbidden", "not_found", "invalid_input"]);

/** Reads what a page is about, or answers that nothing is here. Other failures are left to the browser, which asks again. */
export async function orNowhere(asking: Promise<unknown>): Promise<void> {
  const failure = await asking.then(() => null).catch((error: unknown) => toFailure(error));
  if (failure && nowhere.has(failure.code)) notFound();
}
