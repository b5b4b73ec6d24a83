import type { RequestRow } from "@/server/desk/row";
import type { Dice } from "../simulators/dice";
import type { Visitor } from "../simulators/visitor";
import type { Ledger } from "./ledger";
import type { Tab } from "./tab";

/** What an operator sees and has at hand in one turn. */
export interface Turn {
  name: string;
  api: Visitor["api"];
  tab: Tab;
  /** The first page of what waits, or of all that is open. */
  rows: readonly RequestRow[];
  dice: Dice;
  ledger: Ledger;
  /** Tokens of the requests this operator has claimed, by request: some long lost. */
  claims: Map<string, string>;
  /** The end is near: what is open gets decided, nothing is begun that others would have to finish. */
  isLast: boolean;
}
