import { QueryClient } from "@tanstack/react-query";

/** Codes that asking again cannot change. */
const final = new Set(["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND", "BAD_REQUEST"]);

/**
 * One cache a browser tab, one a server request. What was read stays fresh until the live feed says otherwise, so
 * moving about the desk asks the server nothing twice.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && !final.has(trpcCode(error)),
      },
      mutations: { retry: false },
    },
  });
}

/** tRPC's own name of a failure, or "" when it was not the API that failed. */
function trpcCode(error: unknown): string {
  if (!(error instanceof Error) || !("data" in error)) return "";
  const { data } = error;
  return typeof data === "object" && data !== null && "code" in data ? String(data.code) : "";
}
