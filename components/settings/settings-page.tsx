"use client";

import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { FailurePanel } from "../failure-panel";
import { Page } from "../page";
import { useTRPC } from "../trpc";
import { CannedTexts } from "./canned-texts";
import { ReasonRules } from "./reason-rules";
import { WorkRules } from "./work-rules";

/** How this desk works, for everybody at it: time to undo, claims, reasons that must be given, texts to answer with. */
export function SettingsPage() {
  const t = useTranslations("settings");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const preferences = useQuery(trpc.preferences.get.queryOptions());
  return (
    <Page title={t("title")} description={t("description")}>
      {preferences.isPending && (
        <div role="status" aria-label={common("loading")}>
          <Skeleton height={170} radius={10} />
          <Skeleton height={230} radius={10} mt="md" />
        </div>
      )}
      {preferences.isError && (
        <FailurePanel error={preferences.error}>
          <Button onClick={() => preferences.refetch()}>{common("again")}</Button>
        </FailurePanel>
      )}
      {preferences.data && (
        <>
          <WorkRules stored={preferences.data} />
          <ReasonRules stored={preferences.data.reasonFor} />
        </>
      )}
      <CannedTexts />
    </Page>
  );
}
