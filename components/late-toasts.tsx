"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { onFirstToast } from "./toast";

const Toasts = dynamic(() => import("./toasts"), { ssr: false });

/** Longest wait for the page to come to rest, ms. */
const patience = 5_000;

/**
 * Brings the place of toasts once the page is at rest, so that it does not weigh on the first paint and is there when
 * the desk is not: what tells that the desk does not answer cannot be fetched from it then.
 */
export function LateToasts() {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const show = () => setTime(true);
    const stop = onFirstToast(show);
    // Safari has no such callback.
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(show, patience);
      return () => {
        stop();
        clearTimeout(timer);
      };
    }
    const idle = requestIdleCallback(show, { timeout: patience });
    return () => {
      stop();
      cancelIdleCallback(idle);
    };
  }, []);
  return isTime ? <Toasts /> : null;
}
