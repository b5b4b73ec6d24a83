"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, type MouseEvent, useEffect, useTransition } from "react";
import { followLink, settleAddress } from "./search-params";

interface LinkProps extends ComponentProps<"a"> {
  /** An address of the desk (lib/href.ts), or one elsewhere, to which the browser goes by itself. */
  href: string;
}

/**
 * A link to another page of the desk, gone to without loading the frame anew. Next's own fetches pages ahead, which helps
 * nobody where each is drawn per request and a list would ask the server for every one of its rows; it weighs more than
 * all this does, and a list has hundreds.
 */
export default function Link({ href, onClick, ...rest }: LinkProps) {
  const router = useRouter();
  const [isGoing, startGoing] = useTransition();
  useEffect(() => (isGoing ? followLink() : undefined), [isGoing]);
  const { target, download } = rest;
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    // Into another tab or window, or onto the disk: as the browser does it.
    const isElsewhere = button !== 0 || metaKey || ctrlKey || shiftKey || altKey || target || download !== undefined;
    if (event.defaultPrevented || isElsewhere || !/^\/(?!\/)/.test(href)) return;
    event.preventDefault();
    settleAddress();
    startGoing(() => router.push(href));
  };
  return <a {...rest} href={href} onClick={follow} />;
}
