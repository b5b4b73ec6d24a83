import type { Figure } from "./figure";
import type { Stage } from "./stage";

/** One thing worth measuring, by the name that --only takes. What it begins it hands to the stage to be ended. */
export interface Piece {
  name: string;
  /** How long it may take on a slow machine, ms; after that it is given up. */
  limitMs: number;
  /** It measures the whole desk, whose pages are built before if they are stale. */
  needsPages?: true;
  measure(stage: Stage): Promise<Figure[]>;
}
