"use client";

import { useState } from "react";
import classes from "./avatar.module.css";
import { Initials } from "./initials";

interface AvatarProps {
  /** Fixes the colour of the initials. */
  id: string;
  name: string;
  /** An address of this desk's own (the media proxy); what lies elsewhere would tell the platform who looks. */
  src?: string | null | undefined;
  size?: number;
}

/** A face: the picture where there is one that loads, initials otherwise. Says nothing itself; the name stands beside it. */
export function Avatar({ id, name, src, size = 32 }: AvatarProps) {
  const [failed, setFailed] = useState<string | null>(null);
  const picture = src?.startsWith("/") && src !== failed ? src : null;
  return (
    <span className={classes.face} style={{ width: size, height: size }} aria-hidden="true">
      <Initials id={id} name={name} size={size} />
      {picture !== null && (
        // biome-ignore lint/performance/noImgElement: it comes through the desk's own proxy, already small; Next's would fetch it a second time.
        <img
          className={classes.picture}
          src={picture}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          onError={() => setFailed(picture)}
        />
      )}
    </span>
  );
}
