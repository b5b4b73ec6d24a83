"use client";

import { TextInput } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { KeyboardEvent, Ref } from "react";
import { fillPlaceholders } from "@/lib/placeholder";
import type { Verb } from "@/lib/request";
import type { RequestDetail } from "../api";
import { TextBox } from "../text-box";
import { CannedTexts } from "./canned-texts";
import type { Draft } from "./draft";
import classes from "./reason.module.css";
import type { Reasoning } from "./reasoning";

interface ReasonProps {
  request: RequestDetail;
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
  reasoning: Reasoning;
  /** The decision that was tried without the reason it needs. */
  missing: Verb | null;
  fieldRef: Ref<HTMLTextAreaElement>;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/** Why it was decided so: typed, or picked from the desk's texts with its blanks filled. Says who will read it. */
export function Reason({ request, draft, onChange, reasoning, missing, fieldRef, onKeyDown }: ReasonProps) {
  const t = useTranslations("requests.reason");
  const label = useTranslations("vocabulary");
  const format = useFormatter();
  const { needed, names, empty, values, text } = reasoning;
  const isSent = request.answers.deny && request.answers.takesReason;
  const need =
    needed.length === 0
      ? t("optional")
      : t("needed", {
          verbs: format.list(
            needed.map((verb) => label(`verb.${verb}`)),
            { type: "disjunction" },
          ),
        });
  return (
    <div className={classes.reason}>
      <div className={classes.texts}>
        <CannedTexts request={request} onPick={(picked) => onChange({ reason: picked, blanks: {} })} />
      </div>
      <TextBox
        ref={fieldRef}
        label={t("label")}
        description={t("for", { need, whom: isSent ? t("sent") : t("kept") })}
        error={missing ? t("missing", { verb: label(`verb.${missing}`) }) : undefined}
        minRows={1}
        maxRows={6}
        maxLength={500}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
        onKeyDown={onKeyDown}
      />
      {names.length > 0 && (
        <fieldset className={classes.blanks}>
          <legend className={classes.legend}>{t("blanks")}</legend>
          {names.map((name) => (
            <TextInput
              key={name}
              size="xs"
              label={name}
              data-blank={empty.includes(name) || undefined}
              value={draft.blanks[name] ?? ""}
              maxLength={200}
              onChange={(event) => onChange({ blanks: { ...draft.blanks, [name]: event.currentTarget.value } })}
            />
          ))}
        </fieldset>
      )}
      {reasoning.hasPlaceholders && (
        <p className={classes.preview}>
          <span>{isSent ? t("preview.sent") : t("preview.kept")}</span> <q>{fillPlaceholders(text, values)}</q>
        </p>
      )}
    </div>
  );
}
