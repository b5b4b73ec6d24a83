"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { DeadEnd } from "./dead-end";

/** What is shown when drawing a page threw. The digest finds the fault in the server's log; its words stay there. */
export function PageError({ digest, onRetry }: { digest: string | undefined; onRetry: () => void }) {
  const t = useTranslations("deadEnd");
  return (
    <DeadEnd title={t("broken.title")} text={digest ? t("broken.textDigest", { digest }) : t("broken.text")}>
      <Button size="sm" onClick={onRetry}>
        {t("broken.retry")}
      </Button>
    </DeadEnd>
  );
}
