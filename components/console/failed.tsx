"use client";

import { useTranslations } from "next-intl";
import { href } from "@/lib/href";
import type { CallTrace } from "../api";
import { OutcomeTone } from "../audit/outcome-tone";
import Link from "../link";
import { Section } from "../page";
import { useCan } from "../shell/access";
import classes from "./console.module.css";
import { Sent } from "./sent";

/** Of a call that went wrong: how it ended, what had gone out, and where it stands in the record. */
export function Failed({ trace }: { trace: CallTrace }) {
  const t = useTranslations("console.answer");
  const canSeeRecord = useCan("audit.view");
  return (
    <Section
      title={t("failed")}
      actions={canSeeRecord && <Link href={href.audit({ open: trace.eventId })}>{t("event")}</Link>}
    >
      <div className={classes.stack}>
        <div className={classes.row}>
          <OutcomeTone outcome={trace.outcome} />
          {trace.text && <q>{trace.text}</q>}
        </div>
        <Sent request={trace.request} />
      </div>
    </Section>
  );
}
