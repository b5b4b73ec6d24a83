"use client";

import { useTranslations } from "next-intl";
import classes from "./connection-fields.module.css";

const methods = ["kept", "password", "email", "mobile"] as const;
export type Method = (typeof methods)[number];

interface SignInMethodsProps {
  value: Method;
  onChange: (method: Method) => void;
  hasKept: boolean;
}

/** The ways of signing in, each with what it does over there. */
export function SignInMethods({ value, onChange, hasKept }: SignInMethodsProps) {
  const t = useTranslations("bots.signIn");
  return (
    <fieldset className={classes.ways}>
      <legend className={classes.legend}>{t("title")}</legend>
      {methods
        .filter((method) => hasKept || method !== "kept")
        .map((method) => (
          <label key={method} className={classes.way} data-chosen={method === value || undefined}>
            <input
              type="radio"
              name="method"
              value={method}
              checked={method === value}
              onChange={() => onChange(method)}
            />
            <span>
              <span className={classes.wayName}>{t(`method.${method}.name`)}</span>
              <span className={classes.wayText}>{t(`method.${method}.text`)}</span>
            </span>
          </label>
        ))}
    </fieldset>
  );
}
