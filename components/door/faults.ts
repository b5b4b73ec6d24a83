"use client";

import { useTranslations } from "next-intl";
import { useFailureText } from "../failure";
import { type Failure, toFailure } from "../failure-shape";
import { useSentenceGap } from "../sentence-gap";

/** Codes that are the fault of one field, and that field. */
const fieldOf: Partial<Record<Failure["code"], string>> = {
  weak_password: "password",
  email_taken: "email",
  setup_token: "token",
};

interface Faults {
  fields: Partial<Record<string, string>>;
  /** What belongs to no field and has to be shown above the button; null when the fields say it all. */
  rest: unknown;
}

/** Puts a failure where it belongs: at its field when it is about one, else in a panel. `known`: the form's fields. */
export function useFaults(known: readonly string[]): (error: unknown) => Faults {
  const t = useTranslations("common");
  const textOf = useFailureText();
  const gap = useSentenceGap();
  return (error) => {
    if (!error) return { fields: {}, rest: null };
    const failure = toFailure(error);
    const field = fieldOf[failure.code];
    if (field && known.includes(field)) {
      const { what, next } = textOf(failure);
      return { fields: { [field]: `${what}${gap}${next}`.trim() }, rest: null };
    }
    const names = Object.keys(failure.fields).filter((name) => known.includes(name));
    if (failure.code === "invalid_input" && names.length > 0) {
      return { fields: Object.fromEntries(names.map((name) => [name, t("fieldFault")])), rest: null };
    }
    return { fields: {}, rest: error };
  };
}
