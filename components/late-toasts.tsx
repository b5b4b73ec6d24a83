"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { atFirstHand } from "./hand";
import { onFirstToast } from "./toast";

const Toasts = dynamic(() => import("./toasts"), { ssr: false });

/**
 * Brings the place of toasts once somebody is there, so that it does not weigh on the first paint and is there when the
 * desk is not: what tells that the desk does not answer cannot be fetched from it then.
 */
export function LateToasts() {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const show = () => setTime(true);
    atFirstHand(show);
    return onFirstToast(show);
  }, []);
  return isTime ? <Toasts /> : null;
}
