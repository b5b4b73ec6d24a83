import type { IncomingMessage } from "node:http";

/**
 * Is the caller's token the right one? As NapCat reads it: a query `access_token` that is not empty beats the header,
 * and the header is split at "Bearer ", so "Bearer x" and a bare "x" pass while "Token x" does not.
 */
export function isAuthorized(token: string, request: IncomingMessage): boolean {
  if (token === "") return true;
  const query = new URL(request.url ?? "/", "http://simulator").searchParams.get("access_token");
  const header = request.headers.authorization?.split("Bearer ").pop() ?? "";
  return (query !== null && query !== "" ? query : header) === token;
}
