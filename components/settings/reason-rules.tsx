"use client";

import { Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type RequestKind, requestKinds, type Verb } from "@/lib/request";
import type { Preferences } from "../api";
import { Section } from "../page";
import { SaveBar, useSavePreferences } from "./save";
import classes from "./settings.module.css";

type Rules = Preferences["reasonFor"];

/** In the order in which a reason is usual. */
const columns = ["deny", "ignore", "approve"] as const satisfies readonly Verb[];

/** For which decisions on which kinds somebody has to write down why. */
export function ReasonRules({ stored }: { stored: Rules }) {
  const t = useTranslations("settings.reasons");
  const label = useTranslations("vocabulary");
  const save = useSavePreferences();
  const [draft, setDraft] = useState<Rules | null>(null);
  const rules = draft ?? stored;
  const isChanged = draft !== null && requestKinds.some((kind) => !isSame(draft[kind], stored[kind]));
  const toggle = (kind: RequestKind, verb: Verb) => {
    const verbs = rules[kind];
    const next = verbs.includes(verb) ? verbs.filter((name) => name !== verb) : [...verbs, verb];
    setDraft({ ...rules, [kind]: next });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ patch: { reasonFor: rules } }, { onSuccess: () => setDraft(null) });
  };
  return (
    <Section title={t("title")} description={t("text")}>
      <form className={classes.form} onSubmit={submit}>
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col">
                <span className={classes.hidden}>{t("kind")}</span>
              </th>
              {columns.map((verb) => (
                <th key={verb} scope="col">
                  {label(`verb.${verb}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {requestKinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{label(`kind.${kind}`)}</th>
                {columns.map((verb) => (
                  <td key={verb}>
                    {kind === "filtered_friend" && verb === "deny" ? (
                      <span className={classes.never} title={t("never")}>
                        <span aria-hidden="true">—</span>
                        <span className={classes.hidden}>{t("never")}</span>
                      </span>
                    ) : (
                      <Checkbox
                        size="sm"
                        aria-label={t("cell", { verb: label(`verb.${verb}`), kind: label(`kind.${kind}`) })}
                        checked={rules[kind].includes(verb)}
                        onChange={() => toggle(kind, verb)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className={classes.hint}>{t("hint")}</p>
        <SaveBar save={save} isChanged={isChanged} onDrop={() => setDraft(null)} />
      </form>
    </Section>
  );
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}
