import type { z } from "zod";
import type { Permission } from "@/lib/permissions";
import type { Capability } from "./adapter";
import type { Risk, Row, Words } from "./row";

/** What an operation of any platform says of itself. The rest of its row (route, transports, origin) its platform adds. */
export interface Facts<I extends z.ZodType, O extends z.ZodType> extends Words {
  capabilities?: readonly Capability[];
  permission: Permission;
  risk: Risk;
  target?: readonly string[];
  input: I;
  output: O;
  secretInput?: readonly string[];
  secretOutput?: readonly string[];
  traps?: readonly Words[];
}

type Shared = "title" | "capabilities" | "permission" | "risk" | "target" | "input" | "output" | "secrets" | "traps";

/** The part of a row that stands in its facts; what is left out of them is empty. */
export function fromFacts<I extends z.ZodType, O extends z.ZodType>(said: Facts<I, O>): Pick<Row<I, O>, Shared> {
  const { zh, en, permission, risk, input, output } = said;
  return {
    ...{ title: { zh, en }, capabilities: said.capabilities ?? [], permission, risk, input, output },
    ...(said.target ? { target: said.target } : {}),
    secrets: { input: said.secretInput ?? [], output: said.secretOutput ?? [] },
    traps: said.traps ?? [],
  };
}
