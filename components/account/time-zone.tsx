"use client";

import { NativeSelect } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { rememberChosenZone } from "../cookie";
import { useSessionInfo } from "../shell/access";
import { useTRPC } from "../trpc";

/** The zone of every time on the screen: the browser's unless the operator chose one, which goes with them everywhere. */
export function TimeZone() {
  const t = useTranslations("account.timeZone");
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const chosen = useSessionInfo()?.operator.timeZone ?? "";
  // The server's list of zones may be another version's; drawn by the browser alone.
  const isMounted = useMounted();
  const zones = useMemo(() => (isMounted ? Intl.supportedValuesOf("timeZone") : []), [isMounted]);
  const own = isMounted ? Intl.DateTimeFormat().resolvedOptions().timeZone : "…";
  const save = useMutation(
    trpc.account.setTimeZone.mutationOptions({
      onSuccess: async ({ timeZone }) => {
        rememberChosenZone(timeZone);
        await queryClient.invalidateQueries(trpc.session.get.queryFilter());
        router.refresh();
      },
    }),
  );
  const names = chosen === "" || zones.includes(chosen) ? zones : [chosen, ...zones];
  return (
    <NativeSelect
      size="sm"
      label={t("label")}
      description={t("hint")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      // Not disabled, which would take the focus from it.
      aria-disabled={save.isPending || undefined}
      value={save.isPending ? (save.variables.timeZone ?? "") : chosen}
      data={[
        { value: "", label: t("browser", { zone: own }) },
        ...names.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
      ]}
      onChange={({ currentTarget: { value } }) => {
        if (!save.isPending) save.mutate({ timeZone: value || null });
      }}
    />
  );
}
