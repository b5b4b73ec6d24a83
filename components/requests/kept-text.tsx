"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { RequestDetail } from "../api";
import { RelativeTime } from "../relative-time";
import { TextBox } from "../text-box";
import type { Draft } from "./draft";
import classes from "./kept-text.module.css";

interface KeptTextProps {
  request: RequestDetail;
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
  /** The failed act has already said who was faster. */
  isTold: boolean;
}

/** Somebody else was faster: says who and what, and keeps the reason that was being typed until it is used or dropped. */
export function KeptText({ request, draft, onChange, isTold }: KeptTextProps) {
  const t = useTranslations("requests");
  const label = useTranslations("vocabulary");
  if (draft.reason === "") return null;
  const { decision } = request;
  return (
    <section className={classes.kept} aria-label={t("kept.title")}>
      {!isTold && (
        <p>
          {decision
            ? t.rich("kept.decided", {
                by: decision.by,
                verb: label(`verbDone.${decision.verb}`),
                time: () => <RelativeTime at={decision.at} />,
              })
            : t("kept.closed")}
        </p>
      )}
      <TextBox
        label={t("kept.title")}
        minRows={1}
        maxRows={6}
        value={draft.reason}
        onChange={(event) => onChange({ reason: event.currentTarget.value })}
      />
      <div className={classes.buttons}>
        {request.canNote && (
          <Button onClick={() => onChange({ reason: "", note: [draft.note, draft.reason].filter(Boolean).join("\n") })}>
            {t("kept.toNote")}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={() => onChange({ reason: "" })}>
          {t("kept.drop")}
        </Button>
      </div>
    </section>
  );
}
