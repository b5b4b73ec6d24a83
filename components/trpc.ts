"use client";

import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import superjson from "superjson";
import { maximumBatch } from "@/lib/batch";
import type { AppRouter } from "@/server/api/router";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** The browser's client: calls batched over HTTP, the live feed over server-sent events, both on this origin. */
export function createBrowserClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: "/api/trpc", transformer: superjson }),
        // By POST throughout: what is asked for (the token of an invite, a name searched for) stays out of addresses.
        false: httpBatchLink({
          url: "/api/trpc",
          transformer: superjson,
          maxURLLength: 4000,
          maxItems: maximumBatch,
          methodOverride: "POST",
        }),
      }),
    ],
  });
}
