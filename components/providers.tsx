"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { replayEarlyInput } from "./early-input";
import { LateToasts } from "./late-toasts";
import { markAwake } from "./later";
import { createQueryClient } from "./query-client";
import { resolveVariables, theme } from "./theme/theme";
import { TipLayer } from "./tip-layer";
import { createBrowserClient, TRPCProvider } from "./trpc";

/** Everything a screen stands on. `nonce` is the request's: without it the browser refuses Mantine's style tags. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [client] = useState(createBrowserClient);
  // A page that is drawn again comes with the nonce of another request; the browser goes by the first one's policy.
  const [first] = useState(nonce);
  useEffect(replayEarlyInput, []);
  useEffect(markAwake, []);
  // Dialogues lock scrolling with a style tag made by a library that finds its nonce under this name only.
  if (typeof window !== "undefined") Object.assign(window, { __webpack_nonce__: first });
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => first}
    >
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
      <LateToasts />
      <TipLayer />
    </MantineProvider>
  );
}
