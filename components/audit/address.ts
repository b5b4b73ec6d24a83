"use client";

import { useSearchParams } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useMemo } from "react";
import { type AuditQuery, href } from "@/lib/href";
import { readAuditFilter, readAuditQuery } from "./query";

/** The record's filters and the open event, kept in the address. */
export function useAuditQuery() {
  const parameters = useSearchParams();
  const zone = useTimeZone() ?? "UTC";
  const query = useMemo(() => readAuditQuery(parameters), [parameters]);
  const filter = useMemo(() => readAuditFilter(query, zone), [query, zone]);
  return {
    query,
    filter,
    narrow: (patch: AuditQuery) => window.history.replaceState(null, "", href.audit({ ...query, ...patch })),
    open: (id: string | null) => {
      const address = href.audit({ ...query, open: id });
      if (query.open && id) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    },
  };
}
