"use client";

import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { Decision, RequestDetail } from "../api";
import { useFailureText } from "../failure";
import { FailurePanel } from "../failure-panel";
import { isErrorCode } from "../failure-shape";
import { RelativeTime } from "../relative-time";
import { useTRPC } from "../trpc";
import classes from "./decisions.module.css";
import detail from "./detail.module.css";
import { StateTone } from "./state-tone";

/** What was decided, newest first: who, what, how it went, in the platform's own words where it gave any. */
export function Decisions({ request }: { request: RequestDetail }) {
  const t = useTranslations("requests");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const check = useMutation(
    trpc.requests.check.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.requests.get.queryFilter({ id: request.id })),
    }),
  );
  if (request.decisions.length === 0) return null;
  const isOpen = request.state === "sent" || request.state === "unknown";
  return (
    <section className={detail.section} aria-label={t("decisions")}>
      <h3 className={detail.sectionTitle}>{t("decisions")}</h3>
      <ol className={classes.list}>
        {request.decisions.map((decision) => (
          <li key={decision.id} className={classes.decision}>
            <One decision={decision} isTold={decision.verb === "deny" && request.answers.takesReason} />
          </li>
        ))}
      </ol>
      {isOpen && (
        <div className={classes.check}>
          <Button
            leftSection={<IconRefresh size={15} />}
            loading={check.isPending}
            onClick={() => check.mutate({ id: request.id })}
          >
            {t("check")}
          </Button>
          <span className={classes.hint}>{t("checkHint")}</span>
        </div>
      )}
      {check.isError && <FailurePanel error={check.error} />}
    </section>
  );
}

/** @param isTold does the applicant read the reason? */
function One({ decision, isTold }: { decision: Decision; isTold: boolean }) {
  const t = useTranslations("requests");
  const label = useTranslations("vocabulary");
  const textOf = useFailureText();
  const text = isErrorCode(decision.error) ? textOf({ code: decision.error, detail: {} }) : null;
  return (
    <>
      <div className={classes.head}>
        <span>
          {t.rich("decisionBy", {
            by: decision.by,
            verb: label(`verbDone.${decision.verb}`),
            strong: (chunks) => <strong>{chunks}</strong>,
          })}
        </span>
        <span className={classes.when}>
          <RelativeTime at={decision.at} />
        </span>
        <StateTone state={decision.state} verb={decision.verb} />
      </div>
      {decision.reason && (
        <p className={classes.reason}>
          {t("reasonSaid", { reason: decision.reason })}
          {!isTold && <span className={classes.kept}>{t("reasonKept")}</span>}
        </p>
      )}
      {text && <p className={classes.error}>{text.what}</p>}
      {decision.platformText && (
        <p className={classes.words}>
          {t("platformWords")} <q>{decision.platformText}</q>
        </p>
      )}
    </>
  );
}
