"use client";

import { useSearchParams } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { type AuditQuery, href } from "@/lib/href";
import { readAuditFilter, readAuditQuery } from "./query";

/** The record's filters and the open event, kept in the address. */
export function useAuditQuery() {
  const parameters = useSearchParams();
  const zone = useTimeZone() ?? "UTC";
  const query = useMemo(() => readAuditQuery(parameters), [parameters]);
  const filter = useMemo(() => readAuditFilter(query, zone), [query, zone]);
  const current = useRef(query);
  useEffect(() => {
    current.current = query;
  });
  // The same from one drawing to the next: each row of the record is given it.
  const open = useCallback((id: string | null) => {
    const address = href.audit({ ...current.current, open: id });
    if (current.current.open && id) window.history.replaceState(null, "", address);
    else window.history.pushState(null, "", address);
  }, []);
  return {
    query,
    filter,
    narrow: (patch: AuditQuery) => window.history.replaceState(null, "", href.audit({ ...query, ...patch })),
    open,
  };
}
