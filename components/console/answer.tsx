"use client";

import { Button, CopyButton, NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { href } from "@/lib/href";
import type { ConsoleAnswer } from "../api";
import { FailurePanel } from "../failure-panel";
import { Json } from "../json";
import { toJsonText } from "../json-text";
import Link from "../link";
import { Section } from "../page";
import { useCan } from "../shell/access";
import { useTRPC } from "../trpc";
import classes from "./console.module.css";
import { Sent } from "./sent";
import { Tree } from "./tree";

/** What came back, what went out, and where it stands in the record. */
export function Answer({ done, botId, operation }: { done: ConsoleAnswer; botId: string; operation: string }) {
  const t = useTranslations("console.answer");
  const canSeeRecord = useCan("audit.view");
  return (
    <Section
      title={t("title")}
      description={t("after", { duration: done.durationMs })}
      actions={canSeeRecord && <Link href={href.audit({ open: done.eventId })}>{t("event")}</Link>}
    >
      <div className={classes.stack}>
        {done.isMasked && <p className={classes.note}>{t("masked")}</p>}
        {done.sealed ? (
          <Sealed sealed={done.sealed} botId={botId} operation={operation} />
        ) : (
          <Value value={done.answer} />
        )}
        <Sent request={done.request} />
      </div>
    </Section>
  );
}

/** An answer that is not here yet: the server hands it out once, and only to who called. */
function Sealed({
  sealed,
  botId,
  operation,
}: {
  sealed: NonNullable<ConsoleAnswer["sealed"]>;
  botId: string;
  operation: string;
}) {
  const t = useTranslations("console.answer");
  const trpc = useTRPC();
  // A secret must not wait in a cache for somebody to look.
  const reveal = useMutation(trpc.console.reveal.mutationOptions({ gcTime: 0 }));
  const [isForgotten, forget] = useState(false);
  if (reveal.isSuccess) {
    return (
      <>
        <div className={classes.row}>
          <p className={classes.note}>{t("shown")}</p>
          <Button
            onClick={() => {
              forget(true);
              reveal.reset();
            }}
          >
            {t("forget")}
          </Button>
        </div>
        <Value value={reveal.data.answer} />
      </>
    );
  }
  return (
    <div className={classes.row}>
      <p className={classes.note}>{t("sensitive", { seconds: sealed.seconds })}</p>
      <Button
        disabled={isForgotten}
        loading={reveal.isPending}
        onClick={() => reveal.mutate({ botId, operation, token: sealed.token })}
      >
        {t("reveal")}
      </Button>
      {reveal.isError && <FailurePanel error={reveal.error} />}
    </div>
  );
}

function Value({ value }: { value: unknown }) {
  const t = useTranslations("console.answer");
  const [view, setView] = useState<"tree" | "raw">("tree");
  return (
    <>
      <div className={classes.row}>
        <NativeSelect
          size="xs"
          label={t("view")}
          value={view}
          data={[
            { value: "tree", label: t("tree") },
            { value: "raw", label: t("raw") },
          ]}
          onChange={(event) => setView(event.currentTarget.value === "raw" ? "raw" : "tree")}
        />
        <CopyButton value={toJsonText(value, 2)}>
          {({ copied, copy }) => <CopyAnswer isCopied={copied} copy={copy} />}
        </CopyButton>
      </div>
      {view === "tree" ? <Tree name="data" value={value} isOpen /> : <Json label={t("title")} value={value} />}
    </>
  );
}

function CopyAnswer({ isCopied, copy }: { isCopied: boolean; copy: () => void }) {
  const t = useTranslations("console.answer");
  const common = useTranslations("common");
  return <Button onClick={copy}>{isCopied ? common("copied") : t("copyAnswer")}</Button>;
}
