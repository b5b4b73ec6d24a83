"use client";

import { Button, Loader } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ChatPage } from "../api";
import { useFailureText } from "../failure";
import { toFailure } from "../failure-shape";
import classes from "./message-list.module.css";
import type { Older } from "./use-messages";

/** What stands above the oldest message: that more are coming, that there are none, or why they cannot be had. */
export function Top({ page, older, hasHistory }: { page: ChatPage; older: Older; hasHistory: boolean }) {
  const t = useTranslations("chats");
  const common = useTranslations("common");
  const textOf = useFailureText();
  const { isReaching, reachError, reach } = older;
  const code = page.error ?? (reachError ? toFailure(reachError).code : null);
  if (isReaching)
    return (
      <div className={classes.top}>
        <Loader size={16} aria-label={common("loading")} />
      </div>
    );
  if (code !== null) {
    return (
      <div className={classes.top}>
        <span>{t("olderFailed", { why: textOf({ code, detail: {} }).what })}</span>
        {page.next !== null && <Button onClick={() => void reach()}>{common("again")}</Button>}
      </div>
    );
  }
  if (page.next !== null) return <div className={classes.top} />;
  if (page.items.length === 0) return <div className={classes.top}>{page.isCut ? t("noneKept") : t("noneYet")}</div>;
  return <div className={classes.top}>{page.isCut || !hasHistory ? t("cut") : t("beginning")}</div>;
}
