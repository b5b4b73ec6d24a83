"use client";

import classes from "./faces.module.css";
import { Initials } from "./initials";
import { Tip } from "./tip";

interface FacesProps {
  people: readonly { operatorId: string; name: string }[];
  /** What these people do, with their names: the hover and the screen reader's text. */
  label: string;
  size?: number;
  most?: number;
}

/** A few people as overlapping faces, and how many more there are. */
export function Faces({ people, label, size = 18, most = 3 }: FacesProps) {
  if (people.length === 0) return null;
  const more = people.length - most;
  return (
    <Tip label={label}>
      <span className={classes.faces} role="img" aria-label={label}>
        {people.slice(0, more === 1 ? most + 1 : most).map(({ operatorId, name }) => (
          <span key={operatorId} className={classes.face}>
            <Initials id={operatorId} name={name} size={size} />
          </span>
        ))}
        {more > 1 && <span className={classes.more}>+{more}</span>}
      </span>
    </Tip>
  );
}
