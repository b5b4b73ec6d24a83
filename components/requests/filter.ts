"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { href, type RequestsQuery } from "@/lib/href";
import { type RequestFilterInput, readRequestFilter, readRequestsQuery } from "@/lib/request-query";
import { usePresentAddress } from "../present-address";
import { changeAddress, changeAddressSoon, presentParameters } from "../search-params";

/** The filters of an address, as it names them and as the API takes them. */
interface Narrowing {
  text: string;
  /** Without the open request. */
  query: RequestsQuery;
  filter: RequestFilterInput;
}

let last: Narrowing | null = null;

/** The same object for the same filters, so that what hangs on them is not drawn again when another request is opened. */
function readNarrowing(parameters: URLSearchParams): Narrowing {
  const rest = new URLSearchParams(parameters);
  rest.delete("open");
  const text = String(rest);
  if (last?.text === text) return last;
  const query = readRequestsQuery(rest);
  last = { text, query, filter: readRequestFilter(query) };
  return last;
}

/**
 * The queue's filters, kept in the address: a link shows the same queue to somebody else. Changes go through the History
 * API, which Next follows without asking the server for the page again.
 */
export function useNarrowing(): Narrowing {
  const parameters = useSearchParams();
  return useMemo(() => readNarrowing(parameters), [parameters]);
}

/** Changes filters in place; the open request stays. */
export function narrowQueue(patch: RequestsQuery): void {
  changeAddress(href.requests({ ...readRequestsQuery(presentParameters()), ...patch }));
}

/** Opens a request (a step in the history, so that "back" closes it), or closes with null. */
export function openRequest(id: string | null): void {
  const now = readRequestsQuery(presentParameters());
  changeAddressSoon(href.requests({ ...now, open: id }), !now.open || id === null);
}

/** The open request as the page is told of it. */
export function useOpenRequest(): string | null {
  const parameters = useSearchParams();
  return useMemo(() => readRequestsQuery(parameters).open ?? null, [parameters]);
}

/** The same by the address as it stands: the row is marked at once, what is beside it is drawn when it can be. */
export function usePresentRequest(): string | null {
  const parameters = usePresentAddress();
  return useMemo(() => readRequestsQuery(parameters).open ?? null, [parameters]);
}

/** The request that is open by the address as it stands: keys mean this one. In the browser only. */
export function presentRequest(): string | null {
  return readRequestsQuery(presentParameters()).open ?? null;
}

/**
 * What a key does to the request that is drawn: nothing once another one is open, though not drawn yet. Who goes on and
 * decides at once would decide about the person they have left.
 */
export function whileOpen(id: string, act: () => void): () => void {
  return () => {
    if (presentRequest() === id) act();
  };
}
