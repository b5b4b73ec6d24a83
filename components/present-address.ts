"use client";

import { useSearchParams } from "next/navigation";
import { useEffect, useMemo, useState } from "react";
import { followAddress, presentParameters } from "./search-params";

/**
 * The parameters of the address, at once when `changeAddress` changed them. Next tells of a change only when nothing more
 * urgent is to be drawn, and begins anew with every key: who goes through a list quickly would see where they are later
 * than they are there.
 */
export function usePresentAddress(): URLSearchParams {
  const told = useSearchParams();
  // What was changed and is not told yet.
  const [ahead, setAhead] = useState<string | null>(null);
  useEffect(() => followAddress(() => setAhead(String(presentParameters()))), []);
  // Next puts what it tells into the address, so they agree when it has caught up, or has gone elsewhere since.
  useEffect(() => {
    if (String(told) === String(presentParameters())) setAhead(null);
  }, [told]);
  return useMemo(() => (ahead === null ? told : new URLSearchParams(ahead)), [ahead, told]);
}
