"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type Verb, verbs } from "@/lib/request";
import type { Failure } from "./failure-shape";

export interface FailureText {
  what: string;
  not: string;
  next: string;
}

/** What any text may name. A text is drawn with all of them, so a detail the server left out leaves a gap, not an error. */
const blanks = {
  by: "",
  verb: "",
  at: "",
  until: "",
  state: "",
  host: "none",
  port: "",
  field: "none",
  seconds: 0,
  minimum: 0,
  maximum: 0,
  fault: "other",
  name: "",
  names: "",
  id: "",
  expected: "",
  found: "none",
  minutes: 0,
  status: "",
  text: "",
  operation: "",
  why: "other",
  left: "",
  outcome: "",
  megabytes: "",
};

/** Turns a failure into what happened, what was not done and what to do next, in the reader's language. */
export function useFailureText(): (failure: Pick<Failure, "code" | "detail">) => FailureText {
  const t = useTranslations("errors");
  const label = useTranslations("vocabulary");
  const format = useFormatter();
  return ({ code, detail }) => {
    const values: Record<string, string | number> = { ...blanks };
    for (const [name, value] of Object.entries(detail)) {
      if (typeof value === "string" || typeof value === "number") values[name] = value;
    }
    if (typeof detail.seconds === "number") values.minutes = Math.ceil(detail.seconds / 60);
    if (typeof detail.limit === "number") values.megabytes = format.number(Math.floor(detail.limit / 1_000_000));
    const verb = verbs.find((known: Verb) => known === detail.verb);
    if (verb) values.verb = label(`verbDone.${verb}`);
    for (const name of ["at", "until"] as const) {
      const time = detail[name];
      if (typeof time === "string" && !Number.isNaN(Date.parse(time))) {
        values[name] = format.dateTime(new Date(time), { hour: "2-digit", minute: "2-digit" });
      }
    }
    return { what: t(`${code}.what`, values), not: t(`${code}.not`, values), next: t(`${code}.next`, values) };
  };
}
