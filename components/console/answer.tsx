"use client";

import { Button, NativeSelect } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { ConsoleAnswer } from "../api";
import { CopyField } from "../copy-field";
import { Json } from "../json";
import { Section } from "../page";
import { useCan } from "../shell/access";
import classes from "./console.module.css";
import { toCurl } from "./curl";
import { Tree } from "./tree";

/** What came back, what went out, and where it stands in the record. A sensitive answer is shown once, when asked for. */
export function Answer({ done, onForget }: { done: ConsoleAnswer; onForget: () => void }) {
  const t = useTranslations("console");
  const [isShown, show] = useState(!done.isSensitive);
  const [view, setView] = useState<"tree" | "raw">("tree");
  const canSeeRecord = useCan("audit.view");
  const title = t("answer.title");
  return (
    <Section
      title={title}
      description={t("answer.after", { duration: done.durationMs })}
      actions={canSeeRecord && <Link href={href.audit({ open: done.eventId })}>{t("answer.event")}</Link>}
    >
      <div className={classes.stack}>
        {done.isMasked && <p className={classes.note}>{t("answer.masked")}</p>}
        {done.isSensitive && (
          <div className={classes.row}>
            <p className={classes.note}>{t("answer.sensitive")}</p>
            {isShown ? (
              <Button onClick={onForget}>{t("answer.forget")}</Button>
            ) : (
              <Button onClick={() => show(true)}>{t("answer.reveal")}</Button>
            )}
          </div>
        )}
        {isShown && (
          <>
            <NativeSelect
              size="xs"
              label={t("answer.view")}
              value={view}
              data={[
                { value: "tree", label: t("answer.tree") },
                { value: "raw", label: t("answer.raw") },
              ]}
              onChange={(event) => setView(event.currentTarget.value === "raw" ? "raw" : "tree")}
            />
            {view === "tree" ? (
              <Tree name="data" value={done.answer} isOpen />
            ) : (
              <Json label={title} value={done.answer} />
            )}
          </>
        )}
        <h3 className={classes.subtitle}>{t("answer.request")}</h3>
        <code>
          {done.request.method} {done.request.path}
        </code>
        <Json label={t("answer.request")} value={done.request.body} />
        <CopyField label={t("curl")} value={toCurl(done.request)} />
        <p className={classes.note}>{t("curlNote")}</p>
      </div>
    </Section>
  );
}
