"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { PastCall } from "../api";
import { OutcomeTone } from "../audit/outcome-tone";
import { outcomes } from "../audit/query";
import { FailurePanel } from "../failure-panel";
import Link from "../link";
import { Section } from "../page";
import { RelativeTime } from "../relative-time";
import { useCan } from "../shell/access";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";

/** The operator's own latest calls on a bot, from the record. */
export function History({ botId, onAgain }: { botId: string; onAgain: (call: PastCall) => void }) {
  const t = useTranslations("console");
  const trpc = useTRPC();
  const history = useQuery(trpc.console.history.queryOptions({ botId }));
  const canSeeRecord = useCan("audit.view");
  return (
    <Section title={t("history.title")}>
      {history.isError && <FailurePanel error={history.error} />}
      {history.data?.length === 0 && <p className={classes.note}>{t("history.empty")}</p>}
      <ul className={classes.history}>
        {history.data?.map((call) => {
          const outcome = outcomes.find((name) => name === call.outcome) ?? "STARTED";
          return (
            <li key={call.id} className={classes.row}>
              <code className={classes.grow}>{call.operation}</code>
              <OutcomeTone outcome={outcome} bare />
              {canSeeRecord ? (
                <Link href={href.audit({ open: call.id })}>
                  <RelativeTime at={call.at} />
                </Link>
              ) : (
                <RelativeTime at={call.at} />
              )}
              <Button onClick={() => onAgain(call)}>{t("history.again")}</Button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
