"use client";

import { useSearchParams } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useMemo } from "react";
import { type AuditQuery, href } from "@/lib/href";
import { changeAddress, changeAddressSoon, presentParameters } from "../search-params";
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
    narrow: (patch: AuditQuery) => changeAddress(href.audit({ ...readAuditQuery(presentParameters()), ...patch })),
    open,
  };
}

/** The same from one drawing to the next: each row of the record is given it. */
function open(id: string | null): void {
  const now = readAuditQuery(presentParameters());
  changeAddressSoon(href.audit({ ...now, open: id }), !now.open || id === null);
}
