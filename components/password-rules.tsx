"use client";

import { IconCheck, IconCircle, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import classes from "./password-rules.module.css";

const minimumPassword = 12;
const maximumPassword = 256;

type RuleName = "length" | "personal" | "varied";

/** The rules a browser can judge while somebody types. The server judges again, with its list of the commonest. */
function judge(password: string, about: readonly string[]): Record<RuleName, boolean> {
  const characters = [...password.normalize("NFKC")];
  const lower = password.toLowerCase();
  const names = about.flatMap((text) => text.toLowerCase().split(/[\s@._-]+/)).filter((part) => part.length >= 4);
  return {
    length: characters.length >= minimumPassword && characters.length <= maximumPassword,
    personal: !names.some((name) => lower.includes(name)),
    varied: new Set(characters).size >= 5,
  };
}

const rules = ["length", "varied", "personal"] as const;

/** The rules below a new password, each ticked as it is met. */
export function PasswordRules({ password, about }: { password: string; about: readonly string[] }) {
  const t = useTranslations("password");
  const id = useId();
  const met = judge(password, about);
  return (
    <ul className={classes.rules} id={id} aria-label={t("rules")}>
      {rules.map((rule) => {
        const state = password === "" ? "open" : met[rule] ? "met" : "missed";
        const Icon = state === "open" ? IconCircle : state === "met" ? IconCheck : IconX;
        return (
          <li key={rule} className={classes.rule} data-state={state}>
            <Icon size={14} stroke={2} aria-hidden="true" />
            <span>{t(`rule.${rule}`, { minimum: minimumPassword })}</span>
            <span className={classes.hidden}>{t(`state.${state}`)}</span>
          </li>
        );
      })}
      <li className={classes.rule} data-state="open">
        <IconCircle size={14} stroke={2} aria-hidden="true" />
        <span>{t("rule.common")}</span>
      </li>
    </ul>
  );
}
